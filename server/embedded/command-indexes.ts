import { Collection } from './collection.ts';
import { queryOf } from './command-read.ts';
import { ensure } from './errors.ts';
import { compileFilter } from './filter.ts';
import { eachRecord } from './modify.ts';
import { any, command, doc, docs, flag, ignored, namespaceOf, readFields } from './request.ts';
import type { Command, Request } from './request.ts';
import { keyPattern } from './storage.ts';
import type { IndexSpec, Storage } from './storage.ts';
import { isDocs, isOperatorDoc, isPosition, pathParts, type Doc } from './values.ts';

const partial = (value: unknown, name: string) => (value === undefined ? undefined : doc(value, name));
const INDEX = {
  key: doc,
  name: any,
  unique: flag,
  sparse: flag,
  partialFilterExpression: partial,
  background: ignored,
};
const PARTIAL_OPERATORS = new Set(['$eq', '$exists', '$gt', '$gte', '$lt', '$lte']);

type Wanted = Omit<IndexSpec, 'id'>;

let turn: Promise<unknown> = Promise.resolve();

/** createIndexes, dropIndexes */
export const indexCommands: Record<string, Command> = {
  // One build at a time: a second client that asks for the same index is answered when it is there.
  createIndexes: command({ indexes: docs }, ({ indexes }, request) => {
    const wanted = indexes.map(parseIndex);
    const mine = turn.then(() => createInTurn(request, wanted));
    turn = mine.catch(() => undefined);
    return mine;
  }),
  // By name, by key, a list of names, or `*` for all but `_id_`.
  dropIndexes: command({ index: any }, async ({ index }, request) => {
    const namespace = namespaceOf(request);
    const spec = request.storage.readSpec(namespace);
    ensure(spec, 26, `ns not found ${namespace}`);
    const unwanted = [index].flat().flatMap((wanted) => findIndexes(spec.indexes, wanted));
    await removeIndexes(request.storage, namespace, ({ id }) => unwanted.some((found) => found.id === id));
    return { nIndexesWas: spec.indexes.length };
  }),
};

function findIndexes(indexes: IndexSpec[], wanted: unknown): IndexSpec[] {
  if (wanted === '*') return indexes.filter(({ name }) => name !== '_id_');
  const text = JSON.stringify(wanted);
  const index = indexes.find(({ name, key }) => name === wanted || JSON.stringify(key) === text);
  ensure(index, 27, `index not found with name [${text}]`);
  ensure(index.name !== '_id_', 72, 'cannot drop _id index');
  return [index];
}

// First entered as being built, so that writers keep it from now on; then what is stored already is added; then readers may use it.
async function createInTurn(request: Request, wanted: Wanted[]): Promise<Doc> {
  const { storage } = request;
  const namespace = namespaceOf(request);
  const existed = storage.readSpec(namespace);
  const added = await storage.write(() => enterIndexes(Collection.ensure(storage, namespace), wanted));
  const isAdded = ({ id }: IndexSpec) => added.includes(id);
  const state = (): IndexSpec[] => {
    const now = storage.readSpec(namespace)?.indexes.filter(isAdded) ?? [];
    ensure(now.length === added.length, 175, `index build of ${namespace} stopped: it was dropped`);
    return now;
  };
  try {
    if (added.length > 0)
      await eachRecord(queryOf(request, {}), (collection, found) => collection.addToIndexes(state(), found));
    await storage.write(() => {
      state();
      changeIndexes(storage, namespace, (index) => (isAdded(index) ? { ...index, building: undefined } : index));
    });
  } catch (error) {
    await removeIndexes(storage, namespace, isAdded);
    throw error;
  }
  const numIndexesBefore = existed?.indexes.length ?? 1;
  const numIndexesAfter = numIndexesBefore + added.length;
  return { numIndexesBefore, numIndexesAfter, createdCollectionAutomatically: !existed };
}

function parseIndex(asked: Doc): Wanted {
  const { key, name, unique, sparse, partialFilterExpression } = readFields(asked, INDEX, 'indexes');
  ensure(typeof name === 'string' && name !== '', 9, 'an index needs a name');
  const fields = Object.entries(key).map(([path, direction]): [string, 1 | -1] => {
    const isStrange = pathParts(path).some((part) => isPosition(part) || part.startsWith('$'));
    const isKnown = !isStrange && (direction === 1 || direction === -1);
    ensure(isKnown, 67, `an index by '${path}: ${String(direction)}' is not supported`);
    return [path, direction];
  });
  ensure(fields.length > 0 && fields.length <= 32, 67, 'an index has 1 to 32 fields');
  ensure(!sparse || !partialFilterExpression, 67, 'cannot mix "partialFilterExpression" and "sparse" options');
  if (partialFilterExpression) assertPartial(partialFilterExpression);
  const options = { ...(unique && { unique }), ...(sparse && { sparse }), partialFilterExpression };
  return { name, key: Object.fromEntries(fields), ...options, multikey: fields.map(() => false), cut: false };
}

function assertPartial(expression: Doc): void {
  compileFilter(expression);
  for (const [name, condition] of Object.entries(expression)) {
    if (name === '$and' && isDocs(condition)) condition.forEach(assertPartial);
    const operators = isOperatorDoc(condition) ? Object.entries(condition) : [];
    const isKnown = operators.every(
      ([operator, operand]) => PARTIAL_OPERATORS.has(operator) && (operator !== '$exists' || operand === true),
    );
    const text = JSON.stringify({ [name]: condition });
    ensure(isKnown && (name === '$and' || !name.startsWith('$')), 67, `unsupported in a partial index: ${text}`);
  }
}

function enterIndexes({ storage, namespace, spec }: Collection, wanted: Wanted[]): number[] {
  const missing = wanted.filter((index) => !spec.indexes.some((known) => isSameIndex(known, index)));
  const added = missing.map((index): IndexSpec => ({ ...index, id: storage.nextId(), building: true }));
  const indexes = [...spec.indexes, ...added];
  ensure(indexes.length <= 64, 67, 'a collection has at most 64 indexes');
  if (added.length > 0) storage.saveSpec(namespace, { ...spec, indexes });
  return added.map(({ id }) => id);
}

// The same index again is no error; the same name or the same key with something else changed is.
function isSameIndex(known: Wanted, wanted: Wanted): boolean {
  const isSame = (part: (index: Wanted) => unknown) => JSON.stringify(part(known)) === JSON.stringify(part(wanted));
  if (known.name === '_id_' && isSame(keyPattern)) return true;
  const isSameKey = isSame((index) => [keyPattern(index), index.partialFilterExpression]);
  const isEqual = isSameKey && isSame(({ unique, sparse }) => [unique, sparse]);
  const isSameName = known.name === wanted.name;
  ensure(!isSameName || isEqual, 86, `An existing index has the same name with other fields or options: ${known.name}`);
  ensure(isSameName || !isSameKey, 85, `Index already exists with a different name: ${known.name}`);
  return isEqual;
}

/** Inside a write: puts in the catalog what becomes of each index of a collection; undefined takes it out. */
function changeIndexes(storage: Storage, namespace: string, change: (index: IndexSpec) => IndexSpec | undefined): void {
  const spec = storage.readSpec(namespace);
  if (spec) storage.saveSpec(namespace, { ...spec, indexes: spec.indexes.flatMap((index) => change(index) ?? []) });
}

type Choice = (index: IndexSpec) => boolean;

async function removeIndexes(storage: Storage, namespace: string, isUnwanted: Choice): Promise<void> {
  const removed = storage.readSpec(namespace)?.indexes.filter(isUnwanted) ?? [];
  if (removed.length === 0) return;
  await storage.write(() => {
    changeIndexes(storage, namespace, (index) => (isUnwanted(index) ? undefined : index));
  });
  for (const { id } of removed) await storage.removeAll(storage.entries, id);
}

/** At start: takes out indexes whose building was cut short by a crash. */
export async function dropUnfinishedIndexes(storage: Storage): Promise<void> {
  for (const namespace of storage.listNamespaces())
    await removeIndexes(storage, namespace, ({ building }) => building === true);
}
