import { ensureCollection, insertRecord } from './collection.ts';
import { errorFields, StoreError } from './errors.ts';
import { compileFilter } from './match.ts';
import { changeMany, changeOne, changeOneNow, WRITE_PIECE, type Change, type Outcome, type Target } from './modify.ts';
import { compileProjection } from './project.ts';
import { assertInTime, parseSort, PIECE } from './query.ts';
import {
  assertFields,
  assertSimpleCollation,
  docOption,
  docsOption,
  namespaceOf,
  type Command,
  type Reply,
  type Request,
} from './request.ts';
import { write } from './storage.ts';
import { compileUpdate } from './update.ts';
import { assertSupported, type Doc } from './values.ts';

const MODIFY_FIELDS = [
  'query',
  'sort',
  'remove',
  'update',
  'new',
  'fields',
  'upsert',
  'arrayFilters',
  'hint',
  'collation',
];

/** insert, update, delete, findAndModify */
export const writeCommands: Record<string, Command> = {
  insert: { fields: ['documents', 'ordered', 'bypassDocumentValidation'], run: insert },
  update: { fields: ['updates', 'ordered', 'bypassDocumentValidation'], run: update },
  delete: { fields: ['deletes', 'ordered'], run: remove },
  findAndModify: { fields: [...MODIFY_FIELDS, 'bypassDocumentValidation'], run: findAndModify },
};

/** One statement of a bulk. */
interface Statement {
  /** Inside a shared write: undefined when it has to run by itself. */
  now: () => Outcome | undefined;
  alone: () => Promise<Outcome>;
}

interface BulkResult {
  outcomes: { index: number; outcome: Outcome }[];
  writeErrors: (Doc & { index: number })[];
}

function targetOf(request: Request): Target {
  return { storage: request.storage, namespace: namespaceOf(request), deadline: request.deadline };
}

/** Runs statements, as many in one write as a few milliseconds hold. */
async function runBulk(target: Target, statements: Statement[], { ordered }: Doc): Promise<BulkResult> {
  const total: BulkResult = { outcomes: [], writeErrors: [] };
  const isOrdered = ordered !== false;
  const count = () => total.outcomes.length + total.writeErrors.length;
  const isOver = () => count() === statements.length || (isOrdered && total.writeErrors.length > 0);
  while (!isOver()) {
    const piece = await write(target.storage, () => {
      assertInTime(target.deadline);
      return runPiece(statements, count(), isOrdered);
    });
    total.outcomes.push(...piece.outcomes);
    total.writeErrors.push(...piece.writeErrors);
    if (piece.isAlone) await runAlone(statements, count(), total);
  }
  return total;
}

function runPiece(statements: Statement[], from: number, isOrdered: boolean): BulkResult & { isAlone: boolean } {
  const piece: BulkResult = { outcomes: [], writeErrors: [] };
  const until = performance.now() + WRITE_PIECE;
  for (const [i, { now }] of statements.slice(from).entries()) {
    try {
      const outcome = now();
      if (!outcome) return { ...piece, isAlone: true };
      piece.outcomes.push({ index: from + i, outcome });
    } catch (error) {
      // Thrown on, it would take back the statements before it, which MongoDB keeps.
      if (!(error instanceof StoreError)) throw error;
      piece.writeErrors.push({ index: from + i, ...errorFields(error) });
      if (isOrdered) break;
    }
    if (performance.now() >= until) break;
  }
  return { ...piece, isAlone: false };
}

async function runAlone(statements: Statement[], index: number, total: BulkResult): Promise<void> {
  try {
    const outcome = await statements[index]?.alone();
    if (outcome) total.outcomes.push({ index, outcome });
  } catch (error) {
    if (!(error instanceof StoreError) || error.code === 50) throw error;
    total.writeErrors.push({ index, ...errorFields(error) });
  }
}

function errorsOf({ writeErrors }: BulkResult): Doc {
  return writeErrors.length > 0 ? { writeErrors } : {};
}

async function insert(request: Request): Promise<Reply> {
  const target = targetOf(request);
  const statements = docsOption(request.body['documents'], 'documents').map((doc): Statement => {
    const now = () => {
      assertSupported(doc, false);
      const dollar = Object.keys(doc).find((name) => name.startsWith('$'));
      if (dollar) throw new StoreError(52, `The dollar ($) prefixed field '${dollar}' is not supported in documents.`);
      insertRecord(ensureCollection(target.storage, target.namespace), doc);
      return { matched: 1, modified: 0 };
    };
    return { now, alone: async () => now() };
  });
  const result = await runBulk(target, statements, request.body);
  return { fields: { n: result.outcomes.length, ...errorsOf(result) } };
}

/** A statement that is read when its turn comes: a wrong one fails alone, not those before it. */
function changeStatement(target: Target, parse: () => { change: Change; isMany: boolean }): Statement {
  let parsed: ReturnType<typeof parse> | undefined;
  const get = () => (parsed ??= parse());
  return {
    now: () => (get().isMany ? undefined : changeOneNow(target, get().change, { searchTime: PIECE })),
    alone: () => (get().isMany ? changeMany : changeOne)(target, get().change),
  };
}

async function update(request: Request): Promise<Reply> {
  const target = targetOf(request);
  const statements = docsOption(request.body['updates'], 'updates').map((doc) =>
    changeStatement(target, () => parseUpdate(doc)),
  );
  const result = await runBulk(target, statements, request.body);
  const upserted = result.outcomes.flatMap(({ index, outcome }) =>
    outcome.upserted ? [{ index, _id: outcome.upserted['_id'] }] : [],
  );
  const n = result.outcomes.reduce((sum, { outcome }) => sum + outcome.matched, upserted.length);
  const nModified = result.outcomes.reduce((sum, { outcome }) => sum + outcome.modified, 0);
  return { fields: { n, nModified, ...(upserted.length > 0 ? { upserted } : {}), ...errorsOf(result) } };
}

async function remove(request: Request): Promise<Reply> {
  const target = targetOf(request);
  const statements = docsOption(request.body['deletes'], 'deletes').map((doc) =>
    changeStatement(target, () => parseDelete(doc)),
  );
  const result = await runBulk(target, statements, request.body);
  return { fields: { n: result.outcomes.reduce((sum, { outcome }) => sum + outcome.matched, 0), ...errorsOf(result) } };
}

const UPDATE_FIELDS = new Set(['q', 'u', 'upsert', 'multi', 'arrayFilters', 'hint', 'collation', 'sort']);
const DELETE_FIELDS = new Set(['q', 'limit', 'hint', 'collation']);

function parseUpdate(doc: Doc): { change: Change; isMany: boolean } {
  assertFields(doc, UPDATE_FIELDS, 'update.updates');
  assertSimpleCollation(doc['collation']);
  const filter = docOption(doc['q'], 'q');
  const isMany = doc['multi'] === true;
  const compiled = compileUpdate({ filter, change: doc['u'], arrayFilters: doc['arrayFilters'] });
  const [first] = Object.keys(docOption(doc['u'], 'u'));
  if (isMany && !first?.startsWith('$'))
    throw new StoreError(9, 'multi update is not supported for replacement-style update');
  const sort = parseSort(doc['sort']);
  if (isMany && sort.length > 0) throw new StoreError(9, 'Cannot specify sort with multi=true');
  const upsert = doc['upsert'] === true;
  return {
    isMany,
    change: { filter, matches: compileFilter(filter), sort, hint: doc['hint'], update: compiled, upsert },
  };
}

function parseDelete(doc: Doc): { change: Change; isMany: boolean } {
  assertFields(doc, DELETE_FIELDS, 'delete.deletes');
  assertSimpleCollation(doc['collation']);
  const { limit = 0 } = doc;
  if (limit !== 0 && limit !== 1) throw new StoreError(9, 'The limit field in delete objects must be 0 or 1');
  const filter = docOption(doc['q'], 'q');
  return {
    isMany: limit === 0,
    change: { filter, matches: compileFilter(filter), sort: [], hint: doc['hint'], upsert: false },
  };
}

async function findAndModify(request: Request): Promise<Reply> {
  const { body } = request;
  assertSimpleCollation(body['collation']);
  const filter = docOption(body['query'], 'query');
  const isRemoval = body['remove'] === true;
  const upsert = body['upsert'] === true;
  if (isRemoval === (body['update'] !== undefined))
    throw new StoreError(9, 'Either an update or remove=true must be specified');
  if (isRemoval && (upsert || body['new'] === true))
    throw new StoreError(9, 'Cannot specify upsert or new with remove=true');
  const compiled = isRemoval
    ? undefined
    : compileUpdate({ filter, change: body['update'], arrayFilters: body['arrayFilters'] });
  const change = {
    filter,
    matches: compileFilter(filter),
    sort: parseSort(body['sort']),
    hint: body['hint'],
    update: compiled,
    upsert,
  };
  const shape = compileProjection(docOption(body['fields'], 'fields'), filter);
  const { matched, upserted, before, after } = await changeOne(targetOf(request), change);
  const value = body['new'] === true ? after : before;
  const existing = isRemoval ? {} : { updatedExisting: matched > 0 };
  const lastErrorObject = {
    n: upserted ? 1 : matched,
    ...existing,
    ...(upserted ? { upserted: upserted['_id'] } : {}),
  };
  return { fields: { lastErrorObject, value: value ? shape([value])[0] : null } };
}
