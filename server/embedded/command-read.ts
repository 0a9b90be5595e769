import { openCursor, readCursor, type CursorInput, type Cursors } from './cursors.ts';
import { StoreError } from './errors.ts';
import { compareBytes, encodeValue } from './index-keys.ts';
import { compileFilter, valuesAt } from './match.ts';
import { compileStage, limitOf, type Stage } from './pipeline.ts';
import { compileProjection } from './project.ts';
import { findMatches, parseSort, type Query } from './query.ts';
import {
  assertFields,
  assertSimpleCollation,
  databaseOf,
  docOption,
  namespace,
  namespaceOf,
  type Command,
  type Reply,
  type Request,
} from './request.ts';
import { readCollection, readStats } from './storage.ts';
import { isDoc, pathParts, wholeNumber, type Doc } from './values.ts';

const QUERY_FIELDS = ['hint', 'collation', 'allowDiskUse'];
const CURSOR_FIELDS = ['batchSize', 'singleBatch', 'noCursorTimeout'];
/** What `find` can be asked with. */
export const FIND_FIELDS = ['filter', 'projection', 'sort', 'skip', 'limit', ...CURSOR_FIELDS, ...QUERY_FIELDS];

/** find, getMore, killCursors, count, distinct, aggregate */
export const readCommands: Record<string, Command> = {
  find: { fields: FIND_FIELDS, run: find },
  getMore: { fields: ['collection', 'batchSize'], run: getMore },
  killCursors: { fields: ['cursors'], run: killCursors },
  count: { fields: ['query', 'skip', 'limit', ...QUERY_FIELDS], run: count },
  distinct: { fields: ['key', 'query', ...QUERY_FIELDS], run: distinct },
  aggregate: { fields: ['pipeline', 'cursor', 'bypassDocumentValidation', ...QUERY_FIELDS], run: aggregate },
};

const FIRST_BATCH = 101;

/** The query of a command whose filter has this name. Throws 2 for a filter that is wrong, even where the collection does not exist. */
export function findQuery(request: Request, filterName: string): Query {
  const { body, storage, deadline } = request;
  assertSimpleCollation(body['collation']);
  const filter = docOption(body[filterName], filterName);
  compileFilter(filter);
  return {
    storage,
    deadline,
    namespace: namespaceOf(request),
    filter,
    sort: parseSort(body['sort']),
    skip: wholeNumber(body['skip'], 'skip', 0),
    limit: wholeNumber(body['limit'], 'limit', 0) || Infinity,
    hint: body['hint'],
    allowDiskUse: body['allowDiskUse'] === true,
  };
}

async function* documents(query: Query): AsyncGenerator<Doc[]> {
  for await (const piece of findMatches(query)) yield piece.map(({ doc }) => doc);
}

async function find(request: Request): Promise<Reply> {
  const { body, cursors } = request;
  const query = findQuery(request, 'filter');
  const shape = compileProjection(docOption(body['projection'], 'projection'), query.filter);
  const shaped = async function* (): AsyncGenerator<Doc[]> {
    for await (const docs of documents(query)) yield shape(docs);
  };
  const batchSize = wholeNumber(body['batchSize'], 'batchSize', FIRST_BATCH);
  return openQuery(cursors, query, { batchSize, singleBatch: body['singleBatch'] === true, pieces: shaped() });
}

async function openQuery(cursors: Cursors, query: Query, input: Omit<CursorInput, 'namespace'>): Promise<Reply> {
  const reply = await openCursor(cursors, { namespace: query.namespace, ...input });
  // The client's time is that of this command; how long it takes until it asks for the next batch is its own affair.
  query.deadline = Infinity;
  return reply;
}

function getMore(request: Request): Promise<Reply> {
  const { body, cursors } = request;
  const batchSize = wholeNumber(body['batchSize'], 'batchSize', 0);
  return readCursor(cursors, cursorId(body['getMore']), {
    namespace: namespace(databaseOf(request), body['collection']),
    batchSize,
  });
}

function cursorId(id: unknown): bigint {
  if (!/^-?\d+$/.test(String(id))) throw new StoreError(14, 'a cursor id must be a number');
  return BigInt(String(id));
}

function killCursors({ body: { cursors: ids }, cursors }: Request): Reply {
  if (!Array.isArray(ids)) throw new StoreError(14, 'cursors must be an array');
  const cursorsKilled = ids.filter((id) => cursors.delete(cursorId(id)));
  const cursorsNotFound = ids.filter((id) => !cursorsKilled.includes(id));
  return { fields: { cursorsKilled, cursorsNotFound, cursorsAlive: [], cursorsUnknown: [] } };
}

async function count(request: Request): Promise<Reply> {
  const query = findQuery(request, 'query');
  const spec = readCollection(request.storage, query.namespace);
  if (Object.keys(query.filter).length === 0) {
    const total = spec ? readStats(request.storage, spec.id).count : 0;
    return { fields: { n: Math.min(Math.max(total - query.skip, 0), query.limit) } };
  }
  let n = 0;
  for await (const docs of documents(query)) n += docs.length;
  return { fields: { n } };
}

async function distinct(request: Request): Promise<Reply> {
  const query = findQuery(request, 'query');
  const { key } = request.body;
  if (typeof key !== 'string') throw new StoreError(14, "BSON field 'distinct.key' must be a string");
  const parts = pathParts(key);
  const values = new Map<string, { encoded: Buffer; value: unknown }>();
  for await (const docs of documents(query)) {
    for (const value of docs.flatMap((doc) => valuesAt(doc, parts)).flat()) {
      const encoded = encodeValue(value);
      if (value !== undefined) values.set(encoded.toString('latin1'), { encoded, value });
    }
  }
  const sorted = [...values.values()].sort((a, b) => compareBytes(a.encoded, b.encoded));
  return { fields: { values: sorted.map(({ value }) => value) } };
}

async function aggregate(request: Request): Promise<Reply> {
  const { pipeline, cursor } = request.body;
  if (!isDoc(cursor)) throw new StoreError(9, "The 'cursor' option is required");
  if (!Array.isArray(pipeline)) throw new StoreError(14, "'pipeline' must be an array");
  assertFields(cursor, new Set(['batchSize']), 'aggregate.cursor');
  const { head, stages } = splitPipeline(pipeline);
  const query: Query = { ...findQuery(request, 'query'), ...head };
  compileFilter(query.filter);
  const pieces = runStages(query, stages.map(compileStage));
  const batchSize = wholeNumber(cursor['batchSize'], 'batchSize', FIRST_BATCH);
  return openQuery(request.cursors, query, { pieces, batchSize });
}

/** Leading `$match`, `$sort`, `$skip`, `$limit` become a query, which can use indexes and stops early. */
function splitPipeline(pipeline: unknown[]): {
  head: Pick<Query, 'filter' | 'sort' | 'skip' | 'limit'>;
  stages: unknown[];
} {
  const stages = [...pipeline];
  const take = (name: string): unknown => {
    const [first] = stages;
    if (!isDoc(first) || !Object.hasOwn(first, name) || Object.keys(first).length !== 1) return undefined;
    stages.shift();
    return first[name];
  };
  const filters: Doc[] = [];
  for (let filter = take('$match'); filter !== undefined; filter = take('$match'))
    filters.push(docOption(filter, '$match'));
  const sort = parseSort(take('$sort'));
  const skip = wholeNumber(take('$skip'), '$skip', 0);
  const limit = take('$limit');
  const filter = filters.length > 1 ? { $and: filters } : (filters[0] ?? {});
  return { head: { filter, sort, skip, limit: limit === undefined ? Infinity : limitOf(limit) }, stages };
}

async function* runStages(query: Query, stages: Stage[]): AsyncGenerator<Doc[]> {
  const pass = (docs: Doc[], from: number) => stages.slice(from).reduce((passed, stage) => stage.push(passed), docs);
  for await (const docs of documents(query)) {
    yield pass(docs, 0);
    if (stages.some(({ isFull }) => isFull?.())) break;
  }
  for (const [i, stage] of stages.entries()) if (stage.end) yield pass(stage.end(), i + 1);
}
