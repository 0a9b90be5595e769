import { setImmediate } from 'node:timers/promises';
import type { Database } from 'lmdb';
import { ensureCollection, indexRecord, type WritableCollection } from './collection.ts';
import { StoreError } from './errors.ts';
import { compileFilter } from './match.ts';
import { PIECE } from './query.ts';
import { assertFields, assertSimpleCollation, docOption, namespaceOf, type Reply, type Request } from './request.ts';
import { Scan } from './scan.ts';
import {
  idKey,
  keyPattern,
  listNamespaces,
  nextId,
  readCollection,
  saveCollection,
  write,
  type IndexSpec,
  type Storage,
} from './storage.ts';
import { isOperatorDoc, isPosition, pathParts, type Doc } from './values.ts';

const INDEX_FIELDS = new Set([
  'key',
  'name',
  'unique',
  'sparse',
  'partialFilterExpression',
  'background',
  'v',
  'ns',
  'collation',
]);
const PARTIAL_OPERATORS = new Set(['$eq', '$exists', '$gt', '$gte', '$lt', '$lte', '$type']);

type Wanted = Omit<IndexSpec, 'id'>;

let turn: Promise<unknown> = Promise.resolve();

/** createIndexes. One build at a time: a second client that asks for the same index is answered when it is there. */
export function createIndexes(request: Request): Promise<Reply> {
  const { indexes } = request.body;
  if (!Array.isArray(indexes) || indexes.length === 0)
    throw new StoreError(2, 'Must specify at least one index to create');
  const wanted = indexes.map(parseIndex);
  const mine = turn.then(() => createInTurn(request.storage, namespaceOf(request), wanted));
  turn = mine.catch(() => undefined);
  return mine;
}

// First entered as being built, so that writers keep it from now on; then what is stored already is added; then readers may use it.
async function createInTurn(storage: Storage, namespace: string, wanted: Wanted[]): Promise<Reply> {
  const existing = readCollection(storage, namespace);
  const added = await write(storage, () => enterIndexes(ensureCollection(storage, namespace), wanted));
  try {
    for (const id of added) await buildIndex(storage, namespace, id);
  } catch (error) {
    await removeIndexes(storage, namespace, ({ id }) => added.includes(id));
    throw error;
  }
  const numIndexesBefore = existing?.indexes.length ?? 1;
  const numIndexesAfter = numIndexesBefore + added.length;
  return { fields: { numIndexesBefore, numIndexesAfter, createdCollectionAutomatically: !existing } };
}

function parseIndex(spec: unknown): Wanted {
  const doc = docOption(spec, 'indexes');
  assertFields(doc, INDEX_FIELDS, 'createIndexes.indexes');
  assertSimpleCollation(doc['collation']);
  const { name, unique, sparse, partialFilterExpression } = doc;
  if (typeof name !== 'string' || name === '') throw new StoreError(9, 'an index needs a name');
  const fields = Object.entries(docOption(doc['key'], 'key')).map(([path, direction]): [string, 1 | -1] => {
    if (direction !== 1 && direction !== -1)
      throw new StoreError(67, `index type of '${path}' is not supported: 1 or -1`);
    const isStrange = pathParts(path).some((part) => isPosition(part) || part.startsWith('$'));
    if (isStrange) throw new StoreError(67, `index path '${path}' is not supported`);
    return [path, direction];
  });
  if (fields.length === 0 || fields.length > 32) throw new StoreError(67, 'an index has 1 to 32 fields');
  if (sparse === true && partialFilterExpression)
    throw new StoreError(67, 'cannot mix "partialFilterExpression" and "sparse" options');
  const index: Wanted = { name, key: Object.fromEntries(fields), multikey: fields.map(() => false), cut: false };
  if (unique === true) index.unique = true;
  if (sparse === true) index.sparse = true;
  if (partialFilterExpression !== undefined) index.partialFilterExpression = parsePartial(partialFilterExpression);
  return index;
}

function parsePartial(value: unknown): Doc {
  const expression = docOption(value, 'partialFilterExpression');
  compileFilter(expression);
  for (const [name, condition] of Object.entries(expression)) {
    if (name === '$and' && Array.isArray(condition)) condition.forEach(parsePartial);
    else if (name.startsWith('$')) throw new StoreError(67, `unsupported expression in partial index: ${name}`);
    const operators = isOperatorDoc(condition) ? Object.entries(condition) : [];
    const isBad = operators.some(
      ([operator, operand]) => !PARTIAL_OPERATORS.has(operator) || (operator === '$exists' && operand !== true),
    );
    if (isBad) throw new StoreError(67, `unsupported expression in partial index: ${JSON.stringify(condition)}`);
  }
  return expression;
}

function enterIndexes({ storage, namespace, spec }: WritableCollection, wanted: Wanted[]): number[] {
  const indexes = [...spec.indexes];
  const added: number[] = [];
  for (const index of wanted) {
    if (indexes.some((known) => isSameIndex(known, index))) continue;
    const id = nextId(storage);
    indexes.push({ ...index, id, building: true });
    added.push(id);
  }
  if (indexes.length > 64) throw new StoreError(67, 'a collection has at most 64 indexes');
  if (added.length > 0) saveCollection(storage, namespace, { ...spec, indexes });
  return added;
}

// The same index again is no error; the same name or the same key with something else changed is.
function isSameIndex(known: Wanted, wanted: Wanted): boolean {
  const isSame = (part: (index: Wanted) => unknown) => JSON.stringify(part(known)) === JSON.stringify(part(wanted));
  const isSameKey = isSame((index) => [keyPattern(index), index.partialFilterExpression]);
  const isSameName = known.name === wanted.name;
  if (known.name === '_id_' && isSame(keyPattern)) return true;
  const isEqual = isSameKey && isSame(({ unique, sparse }) => [unique, sparse]);
  if (isSameName && !isEqual)
    throw new StoreError(86, `An existing index has the same name with other fields or options: ${known.name}`);
  if (!isSameName && isSameKey) throw new StoreError(85, `Index already exists with a different name: ${known.name}`);
  return isEqual;
}

async function buildIndex(storage: Storage, namespace: string, id: number): Promise<void> {
  const spec = readCollection(storage, namespace);
  if (!spec) throw new StoreError(26, `ns does not exist: ${namespace}`);
  const scan = new Scan({ storage, namespace, spec, plan: { stage: 'COLLSCAN' }, matches: () => true });
  while (!scan.isDone) {
    await write(storage, () => {
      // Read inside the write: a document changed meanwhile is indexed as it is now.
      for (const found of scan.pull(1000, performance.now() + PIECE))
        indexRecord(beingBuilt(storage, namespace, id), id, found);
    });
    await setImmediate();
  }
  await write(storage, () => {
    const now = beingBuilt(storage, namespace, id).spec;
    const indexes = now.indexes.map((index) => (index.id === id ? { ...index, building: undefined } : index));
    saveCollection(storage, namespace, { ...now, indexes });
  });
}

function beingBuilt(storage: Storage, namespace: string, id: number): WritableCollection {
  const spec = readCollection(storage, namespace);
  if (spec?.indexes.some((index) => index.id === id)) return { storage, namespace, spec };
  throw new StoreError(175, `index build of ${namespace} stopped: it was dropped`);
}

/** dropIndexes: by name, by key, a list of names, or `*` for all but `_id_`. Throws 27 for one that is not there. */
export async function dropIndexes(request: Request): Promise<Reply> {
  const { storage, body } = request;
  const namespace = namespaceOf(request);
  const spec = readCollection(storage, namespace);
  if (!spec) throw new StoreError(26, `ns not found ${namespace}`);
  const wanted: unknown[] = Array.isArray(body['index']) ? body['index'] : [body['index']];
  const unwanted = wanted.flatMap((item): IndexSpec[] => {
    if (item === '*') return spec.indexes.filter(({ name }) => name !== '_id_');
    const index = spec.indexes.find(({ name, key }) => name === item || JSON.stringify(key) === JSON.stringify(item));
    if (!index) throw new StoreError(27, `index not found with name [${JSON.stringify(item)}]`);
    if (index.name === '_id_') throw new StoreError(72, 'cannot drop _id index');
    return [index];
  });
  await removeIndexes(storage, namespace, ({ id }) => unwanted.some((index) => index.id === id));
  return { fields: { nIndexesWas: spec.indexes.length } };
}

async function removeIndexes(
  storage: Storage,
  namespace: string,
  isUnwanted: (index: IndexSpec) => boolean,
): Promise<void> {
  const removed = await write(storage, () => {
    const spec = readCollection(storage, namespace);
    if (spec)
      saveCollection(storage, namespace, { ...spec, indexes: spec.indexes.filter((index) => !isUnwanted(index)) });
    return spec?.indexes.filter(isUnwanted) ?? [];
  });
  for (const { id } of removed) await dropEntries(storage, storage.entries, id);
}

/** Removes all keys behind an id, in pieces. */
export async function dropEntries(storage: Storage, database: Database<Buffer, Buffer>, id: number): Promise<void> {
  const removePiece = () => {
    const keys = [...database.getKeys({ start: idKey(id), end: idKey(id + 1), limit: 2000 })].map((key) =>
      Buffer.from(key),
    );
    for (const key of keys) void database.remove(key);
    return keys.length > 0;
  };
  while (await write(storage, removePiece)) await setImmediate();
}

/** At start: takes out indexes whose building was cut short by a crash. */
export async function dropUnfinishedIndexes(storage: Storage): Promise<void> {
  for (const namespace of listNamespaces(storage)) {
    const isUnfinished = readCollection(storage, namespace)?.indexes.some(({ building }) => building);
    if (isUnfinished) await removeIndexes(storage, namespace, ({ building }) => building === true);
  }
}
