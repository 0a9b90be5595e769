import { setImmediate } from 'node:timers/promises';
import { Collection } from './collection.ts';
import { StoreError } from './errors.ts';
import { compileFilter } from './filter.ts';
import { any, command, doc, docs, flag, ignored, namespaceOf, readFields, type Command } from './request.ts';
import { Scan } from './scan.ts';
import { keyPattern, listNamespaces, nextId, readSpec, removeAll, saveSpec, write } from './storage.ts';
import type { IndexSpec, Storage } from './storage.ts';
import { PIECE } from './turns.ts';
import { isDocs, isOperatorDoc, isPosition, pathParts, type Doc } from './values.ts';

const partial = (value: unknown, name: string) => (value === undefined ? undefined : doc(value, name));
const OPTIONS = { unique: flag, sparse: flag, partialFilterExpression: partial, background: ignored };
const PARTIAL_OPERATORS = new Set(['$eq', '$exists', '$gt', '$gte', '$lt', '$lte']);

type Wanted = Omit<IndexSpec, 'id'>;

let turn: Promise<unknown> = Promise.resolve();

/** createIndexes, dropIndexes */
export const indexCommands: Record<string, Command> = {
  // One build at a time: a second client that asks for the same index is answered when it is there.
  createIndexes: command({ indexes: docs }, ({ indexes }, request) => {
    const wanted = indexes.map(parseIndex);
    const mine = turn.then(() => createInTurn(request.storage, namespaceOf(request), wanted));
    turn = mine.catch(() => undefined);
    return mine;
  }),
  // By name, by key, a list of names, or `*` for all but `_id_`.
  dropIndexes: command({ index: any }, async ({ index }, request) => {
    const { storage } = request;
    const namespace = namespaceOf(request);
    const spec = readSpec(storage, namespace);
    if (!spec) throw new StoreError(26, `ns not found ${namespace}`);
    const unwanted = [index].flat().flatMap((wanted) => findIndexes(spec.indexes, wanted));
    await removeIndexes(storage, namespace, ({ id }) => unwanted.some((found) => found.id === id));
    return { nIndexesWas: spec.indexes.length };
  }),
};

function findIndexes(indexes: IndexSpec[], wanted: unknown): IndexSpec[] {
  if (wanted === '*') return indexes.filter(({ name }) => name !== '_id_');
  const text = JSON.stringify(wanted);
  const index = indexes.find(({ name, key }) => name === wanted || JSON.stringify(key) === text);
  if (!index) throw new StoreError(27, `index not found with name [${text}]`);
  if (index.name === '_id_') throw new StoreError(72, 'cannot drop _id index');
  return [index];
}

// First entered as being built, so that writers keep it from now on; then what is stored already is added; then readers may use it.
async function createInTurn(storage: Storage, namespace: string, wanted: Wanted[]): Promise<Doc> {
  const existing = readSpec(storage, namespace);
  const added = await write(storage, () => enterIndexes(Collection.ensure(storage, namespace), wanted));
  try {
    for (const id of added) await buildIndex(storage, namespace, id);
  } catch (error) {
    await removeIndexes(storage, namespace, ({ id }) => added.includes(id));
    throw error;
  }
  const numIndexesBefore = existing?.indexes.length ?? 1;
  const numIndexesAfter = numIndexesBefore + added.length;
  return { numIndexesBefore, numIndexesAfter, createdCollectionAutomatically: !existing };
}

function parseIndex(spec: Doc): Wanted {
  const { key, name, unique, sparse, partialFilterExpression } = readFields(
    spec,
    { key: doc, name: any, ...OPTIONS },
    'indexes',
  );
  if (typeof name !== 'string' || name === '') throw new StoreError(9, 'an index needs a name');
  const fields = Object.entries(key).map(([path, direction]): [string, 1 | -1] => {
    const isStrange = pathParts(path).some((part) => isPosition(part) || part.startsWith('$'));
    if (isStrange || (direction !== 1 && direction !== -1))
      throw new StoreError(67, `an index by '${path}: ${String(direction)}' is not supported`);
    return [path, direction];
  });
  if (fields.length === 0 || fields.length > 32) throw new StoreError(67, 'an index has 1 to 32 fields');
  if (sparse && partialFilterExpression)
    throw new StoreError(67, 'cannot mix "partialFilterExpression" and "sparse" options');
  if (partialFilterExpression) assertPartial(partialFilterExpression);
  const options = { ...(unique && { unique }), ...(sparse && { sparse }), partialFilterExpression };
  return { name, key: Object.fromEntries(fields), ...options, multikey: fields.map(() => false), cut: false };
}

function assertPartial(expression: Doc): void {
  compileFilter(expression);
  for (const [name, condition] of Object.entries(expression)) {
    if (name === '$and' && isDocs(condition)) condition.forEach(assertPartial);
    const operators = isOperatorDoc(condition) ? Object.entries(condition) : [];
    const isBad = operators.some(
      ([operator, operand]) => !PARTIAL_OPERATORS.has(operator) || (operator === '$exists' && operand !== true),
    );
    if (isBad || (name.startsWith('$') && name !== '$and'))
      throw new StoreError(67, `unsupported expression in partial index: ${JSON.stringify({ [name]: condition })}`);
  }
}

function enterIndexes({ storage, namespace, spec }: Collection, wanted: Wanted[]): number[] {
  const missing = wanted.filter((index) => !spec.indexes.some((known) => isSameIndex(known, index)));
  const added = missing.map((index): IndexSpec => ({ ...index, id: nextId(storage), building: true }));
  const indexes = [...spec.indexes, ...added];
  if (indexes.length > 64) throw new StoreError(67, 'a collection has at most 64 indexes');
  if (added.length > 0) saveSpec(storage, namespace, { ...spec, indexes });
  return added.map(({ id }) => id);
}

// The same index again is no error; the same name or the same key with something else changed is.
function isSameIndex(known: Wanted, wanted: Wanted): boolean {
  const isSame = (part: (index: Wanted) => unknown) => JSON.stringify(part(known)) === JSON.stringify(part(wanted));
  if (known.name === '_id_' && isSame(keyPattern)) return true;
  const isSameKey = isSame((index) => [keyPattern(index), index.partialFilterExpression]);
  const isEqual = isSameKey && isSame(({ unique, sparse }) => [unique, sparse]);
  const isSameName = known.name === wanted.name;
  if (isSameName && !isEqual)
    throw new StoreError(86, `An existing index has the same name with other fields or options: ${known.name}`);
  if (!isSameName && isSameKey) throw new StoreError(85, `Index already exists with a different name: ${known.name}`);
  return isEqual;
}

async function buildIndex(storage: Storage, namespace: string, id: number): Promise<void> {
  const { spec } = beingBuilt(storage, namespace, id).collection;
  const scan = new Scan({ storage, namespace, spec, plan: { stage: 'COLLSCAN' }, matches: () => true });
  while (!scan.isDone) {
    await write(storage, () => {
      const { collection, index } = beingBuilt(storage, namespace, id);
      // Read inside the write: a document changed meanwhile is indexed as it is now.
      for (const found of scan.pull(1000, performance.now() + PIECE)) collection.addToIndex(index, found);
    });
    await setImmediate();
  }
  await write(storage, () => {
    const { collection, index } = beingBuilt(storage, namespace, id);
    const indexes = collection.spec.indexes.map((known) =>
      known === index ? { ...index, building: undefined } : known,
    );
    saveSpec(storage, namespace, { ...collection.spec, indexes });
  });
}

function beingBuilt(storage: Storage, namespace: string, id: number): { collection: Collection; index: IndexSpec } {
  const spec = readSpec(storage, namespace);
  const index = spec?.indexes.find((known) => known.id === id);
  if (spec && index) return { collection: new Collection(storage, namespace, spec), index };
  throw new StoreError(175, `index build of ${namespace} stopped: it was dropped`);
}

async function removeIndexes(
  storage: Storage,
  namespace: string,
  isUnwanted: (index: IndexSpec) => boolean,
): Promise<void> {
  const removed = await write(storage, () => {
    const spec = readSpec(storage, namespace);
    const indexes = spec?.indexes.filter((index) => !isUnwanted(index)) ?? [];
    if (spec) saveSpec(storage, namespace, { ...spec, indexes });
    return spec?.indexes.filter(isUnwanted) ?? [];
  });
  for (const { id } of removed) await removeAll(storage, storage.entries, id);
}

/** At start: takes out indexes whose building was cut short by a crash. */
export async function dropUnfinishedIndexes(storage: Storage): Promise<void> {
  for (const namespace of listNamespaces(storage)) {
    const isUnfinished = readSpec(storage, namespace)?.indexes.some(({ building }) => building);
    if (isUnfinished) await removeIndexes(storage, namespace, ({ building }) => building === true);
  }
}
