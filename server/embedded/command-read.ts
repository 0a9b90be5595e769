import { openCursor, readCursor, type CursorInput, type Cursors } from './cursors.ts';
import { StoreError } from './errors.ts';
import { compileFilter, valuesAt } from './filter.ts';
import { compareKeys, encodeValue } from './keys.ts';
import { compilePipeline, type Pieces } from './pipeline.ts';
import { compileProjection } from './project.ts';
import { findMatches, type Query } from './query.ts';
import { any, command, doc, flag, namespaceOf, readFields, whole, type Command, type Parsed } from './request.ts';
import type { Request } from './request.ts';
import { parseSort } from './sort.ts';
import { MAX_DOCUMENT, readSpec, readStats } from './storage.ts';
import { pathParts, type Doc } from './values.ts';

const QUERY = { sort: parseSort, skip: whole, limit: whole, hint: any };
/** What `find` can be asked with. */
export const FIND = { filter: doc, projection: doc, ...QUERY, batchSize: whole, singleBatch: flag };

/** find, getMore, killCursors, count, distinct, aggregate */
export const readCommands: Record<string, Command> = {
  find: command(FIND, (asked, request) => {
    const query = queryOf(request, asked.filter, asked);
    const shape = compileProjection(asked.projection);
    const { batchSize = FIRST_BATCH, singleBatch } = asked;
    return openQuery(request.cursors, query, { batchSize, singleBatch, pieces: documents(query, shape) });
  }),
  getMore: command(
    { collection: any, batchSize: whole },
    ({ collection, batchSize }, { cursors, database, argument }) => {
      const namespace = namespaceOf({ database, argument: collection });
      return readCursor(cursors, cursorId(argument), { namespace, batchSize: batchSize || Infinity });
    },
  ),
  killCursors: command({ cursors: any }, ({ cursors: ids }, { cursors }) => {
    if (!Array.isArray(ids)) throw new StoreError(14, 'cursors must be an array');
    const cursorsKilled = ids.filter((id) => cursors.delete(cursorId(id)));
    const cursorsNotFound = ids.filter((id) => !cursorsKilled.includes(id));
    return { cursorsKilled, cursorsNotFound, cursorsAlive: [], cursorsUnknown: [] };
  }),
  count: command({ query: doc, skip: whole, limit: whole, hint: any }, async (asked, request) => {
    return { n: await countMatches(queryOf(request, asked.query, asked)) };
  }),
  distinct: command({ key: any, query: doc, hint: any }, async (asked, request) => {
    if (typeof asked.key !== 'string') throw new StoreError(14, "BSON field 'distinct.key' must be a string");
    return { values: await distinctValues(queryOf(request, asked.query, asked), pathParts(asked.key)) };
  }),
  aggregate: command({ pipeline: any, cursor: any, hint: any }, ({ pipeline, cursor, hint }, request) => {
    if (cursor === undefined) throw new StoreError(9, "The 'cursor' option is required");
    if (!Array.isArray(pipeline)) throw new StoreError(14, "'pipeline' must be an array");
    const { filter, run, ...head } = compilePipeline(pipeline);
    const query = queryOf(request, filter, { hint, ...head });
    const { batchSize = FIRST_BATCH } = readFields(doc(cursor, 'cursor'), { batchSize: whole }, 'aggregate.cursor');
    return openQuery(request.cursors, query, { batchSize, pieces: run(documents(query)) });
  }),
};

const FIRST_BATCH = 101;

/** The query of a command. Throws 2 for a filter that is wrong, even where the collection does not exist. */
export function queryOf(request: Request, filter: Doc, asked: Partial<Parsed<typeof QUERY>>): Query {
  compileFilter(filter);
  const { storage, deadline } = request;
  const { sort = [], skip = 0, limit = 0, hint } = asked;
  return { storage, deadline, namespace: namespaceOf(request), filter, sort, skip, limit: limit || Infinity, hint };
}

async function* documents(query: Query, shape = (found: Doc) => found): Pieces {
  for await (const piece of findMatches(query)) yield piece.map((found) => shape(found.doc));
}

async function openQuery(cursors: Cursors, query: Query, input: Omit<CursorInput, 'namespace'>): Promise<Doc> {
  const reply = await openCursor(cursors, { namespace: query.namespace, ...input });
  // The client's time is that of this command; how long it takes until it asks for the next batch is its own affair.
  query.deadline = Infinity;
  return reply;
}

function cursorId(id: unknown): bigint {
  if (!/^-?\d+$/.test(String(id))) throw new StoreError(14, 'a cursor id must be a number');
  return BigInt(String(id));
}

async function countMatches(query: Query): Promise<number> {
  const { storage, namespace, filter, skip, limit } = query;
  const spec = readSpec(storage, namespace);
  if (Object.keys(filter).length === 0)
    return Math.min(Math.max((spec ? readStats(storage, spec.id).count : 0) - skip, 0), limit);
  let n = 0;
  for await (const piece of findMatches(query)) n += piece.length;
  return n;
}

/** Different values in order. Throws 17217 where they are too long for one answer. */
async function distinctValues(query: Query, parts: string[]): Promise<unknown[]> {
  const values = new Map<string, unknown>();
  let bytes = 0;
  for await (const docs of documents(query))
    for (const value of docs.flatMap((found) => valuesAt(found, parts)).flat()) {
      const key = encodeValue(value);
      if (value === undefined || values.has(key)) continue;
      values.set(key, value);
      // A name of up to ten letters goes with each.
      bytes += key.length + 12;
      if (bytes > MAX_DOCUMENT) throw new StoreError(17217, 'distinct too big, 16mb cap');
    }
  const sorted = [...values].sort(([a], [b]) => compareKeys(a, b));
  return sorted.map(([, value]) => value);
}
