import { encode, openCursor, readCursor, type CursorInput } from './cursors.ts';
import { ensure } from './errors.ts';
import type { FoundBytes } from './collection.ts';
import { compileFilter, valuesAt } from './filter.ts';
import { compareKeys, encodeValue } from './keys.ts';
import { compilePipeline } from './pipeline.ts';
import { fieldsIn, namesOf, pick, topOf } from './pick.ts';
import { compileProjection, type Projection } from './project.ts';
import { findMatches, type Query } from './query.ts';
import { any, command, doc, flag, namespaceOf, readFields, whole, type Command, type Parsed } from './request.ts';
import type { Request } from './request.ts';
import { parseSort } from './sort.ts';
import { MAX_DOCUMENT } from './storage.ts';
import { consume, type Stream } from './turns.ts';
import { pathParts, type Doc } from './values.ts';

const QUERY = { sort: parseSort, skip: whole, limit: whole, hint: any };
/** What `find` can be asked with. */
export const FIND = { filter: doc, projection: doc, ...QUERY, batchSize: whole, singleBatch: flag };
const FIRST_BATCH = 101;

/** find, getMore, killCursors, count, distinct, aggregate */
export const readCommands: Record<string, Command> = {
  find: command(FIND, ({ filter, projection, batchSize = FIRST_BATCH, singleBatch, ...asked }, request) => {
    const { takesWhole, bytesOf } = replyOf(compileProjection(projection));
    const asks = queryOf(request, filter, asked);
    const sorting = asks.sort.map(([path]) => path);
    const query = takesWhole ? lookingAt(asks, sorting) : asks;
    return openQuery(request, query, { batchSize, singleBatch, docs: bytesFound(query, bytesOf) });
  }),
  getMore: command({ collection: any, batchSize: whole }, ({ collection, batchSize }, request) => {
    const namespace = namespaceOf({ ...request, argument: collection });
    return readCursor(request.cursors, cursorId(request.argument), { namespace, batchSize: batchSize || Infinity });
  }),
  killCursors: command({ cursors: any }, ({ cursors: ids }, { cursors }) => {
    ensure(Array.isArray(ids), 14, 'cursors must be an array');
    const cursorsKilled = ids.filter((id) => cursors.delete(cursorId(id)));
    const cursorsNotFound = ids.filter((id) => !cursorsKilled.includes(id));
    return { cursorsKilled, cursorsNotFound, cursorsAlive: [], cursorsUnknown: [] };
  }),
  count: command({ query: doc, skip: whole, limit: whole, hint: any }, async ({ query, ...asked }, request) => {
    return { n: await countMatches(lookingAt(queryOf(request, query, asked))) };
  }),
  distinct: command({ key: any, query: doc, hint: any }, async ({ key, query, hint }, request) => {
    ensure(typeof key === 'string', 14, "BSON field 'distinct.key' must be a string");
    const parts = pathParts(key);
    return { values: await distinctValues(lookingAt(queryOf(request, query, { hint }), [key]), parts) };
  }),
  aggregate: command({ pipeline: any, cursor: any, hint: any }, ({ pipeline, cursor, hint }, request) => {
    ensure(cursor !== undefined, 9, "The 'cursor' option is required");
    ensure(Array.isArray(pipeline), 14, "'pipeline' must be an array");
    const { filter, run, ...head } = compilePipeline(pipeline);
    const query = queryOf(request, filter, { hint, ...head });
    const { batchSize = FIRST_BATCH } = readFields(doc(cursor, 'cursor'), { batchSize: whole }, 'aggregate.cursor');
    return openQuery(request, query, { batchSize, docs: encoded(run(documents(query))) });
  }),
};

/** The query of a command. Throws 2 for a filter that is wrong, even where the collection does not exist. */
export function queryOf(request: Request, filter: Doc, asked: Partial<Parsed<typeof QUERY>> = {}): Query {
  const { storage, deadline } = request;
  const { sort = [], skip = 0, limit, hint } = asked;
  const found = { filter, matches: compileFilter(filter), sort, skip, limit: limit || Infinity, hint };
  return { storage, deadline, namespace: namespaceOf(request), ...found };
}

function* documents(query: Query): Stream<Doc> {
  for (const found of findMatches(query)) yield found?.doc;
}

/** The query, of whose documents no more is looked at than its filter needs, and these paths. */
function lookingAt(query: Query, paths: string[] = []): Query {
  return { ...query, fields: namesOf([...fieldsIn(query.filter), ...paths.map(topOf)]) };
}

/** What goes out of a match: all of it as it is stored, some of its fields likewise, or else what is made of it. */
function replyOf(projection: Projection | undefined): {
  /** Fields go out whole or not at all, so that nobody looks inside. */
  takesWhole: boolean;
  bytesOf: (found: FoundBytes) => Uint8Array;
} {
  if (!projection) return { takesWhole: true, bytesOf: ({ bytes }) => bytes };
  const { kept, shape } = projection;
  if (kept) return { takesWhole: true, bytesOf: ({ bytes }) => pick(bytes, kept) };
  return { takesWhole: false, bytesOf: ({ doc: found }) => encode(shape(found)) };
}

function* bytesFound(query: Query, bytesOf: (found: FoundBytes) => Uint8Array): Stream<Uint8Array> {
  for (const found of findMatches(query)) yield found && bytesOf(found);
}

function* encoded(docs: Stream<Doc>): Stream<Uint8Array> {
  for (const one of docs) yield one && encode(one);
}

async function openQuery({ cursors }: Request, query: Query, batches: Omit<CursorInput, 'namespace'>): Promise<Doc> {
  const reply = await openCursor(cursors, { namespace: query.namespace, ...batches });
  // The client's time is that of this command; how long it takes until it asks for the next batch is its own affair.
  query.deadline = Infinity;
  return reply;
}

function cursorId(id: unknown): bigint {
  ensure(/^-?\d+$/.test(String(id)), 14, 'a cursor id must be a number');
  return BigInt(String(id));
}

async function countMatches(query: Query): Promise<number> {
  const { storage, namespace, filter, skip, limit } = query;
  if (Object.keys(filter).length === 0) {
    const spec = storage.readSpec(namespace);
    return Math.min(Math.max((spec ? storage.readStats(spec.id).count : 0) - skip, 0), limit);
  }
  let n = 0;
  await consume(findMatches(query), () => void (n += 1));
  return n;
}

/** Different values in order. Throws 17217 where they are too long for one answer. */
async function distinctValues(query: Query, parts: string[]): Promise<unknown[]> {
  const values = new Map<string, unknown>();
  let bytes = 0;
  await consume(findMatches(query), (found) => {
    for (const value of valuesAt(found.doc, parts).flat()) {
      const key = encodeValue(value);
      if (value === undefined || values.has(key)) continue;
      values.set(key, value);
      // A name of up to ten letters goes with each.
      bytes += key.length + 12;
      ensure(bytes <= MAX_DOCUMENT, 17217, 'distinct too big, 16mb cap');
    }
  });
  return [...values].sort(([a], [b]) => compareKeys(a, b)).map(([, value]) => value);
}
