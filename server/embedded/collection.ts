import { ObjectId } from 'bson';
import { StoreError } from './errors.ts';
import { documentKeys } from './index-keys.ts';
import { compileFilter, valuesAt, type Matcher } from './match.ts';
import {
  encodeDocument,
  idKey,
  keyPattern,
  nextId,
  readCollection,
  readRecord,
  readStats,
  recordIdOf,
  recordKey,
  saveCollection,
  saveStats,
  type CollectionSpec,
  type IndexSpec,
  type Storage,
} from './storage.ts';
import { rankOf, RANK, type Doc } from './values.ts';

/** A collection inside a write: every change goes through it. */
export interface WritableCollection {
  storage: Storage;
  namespace: string;
  spec: CollectionSpec;
}

/** One document with the record id that it is kept under. */
export interface Found {
  recordId: number;
  doc: Doc;
}

/** The collection for writing, created with its `_id` index if it does not exist. Call inside a write. */
export function ensureCollection(storage: Storage, namespace: string): WritableCollection {
  const known = readCollection(storage, namespace);
  if (known) return { storage, namespace, spec: known };
  const byId = {
    id: nextId(storage),
    name: '_id_',
    key: { _id: 1 as const },
    unique: true,
    multikey: [false],
    cut: false,
  };
  const spec = { id: nextId(storage), indexes: [byId] };
  saveCollection(storage, namespace, spec);
  return { storage, namespace, spec };
}

/** Inserts a document, with `_id` first and generated where it lacks one. Throws 11000, and then nothing is changed. Returns it as stored. */
export function insertRecord(collection: WritableCollection, input: Doc): Found {
  const { storage, spec } = collection;
  const { _id = new ObjectId(), ...fields } = input;
  if (rankOf(_id) === RANK.array) throw new StoreError(53, "The '_id' value cannot be of type array");
  const doc = { _id, ...fields };
  const bytes = encodeDocument(doc);
  const { count, next } = readStats(storage, spec.id);
  changeEntries(collection, next, { after: doc });
  void storage.records.put(recordKey(spec.id, next), bytes);
  saveStats(storage, spec.id, { count: count + 1, next: next + 1 });
  return { recordId: next, doc };
}

/** Replaces a document under its record id. Throws 11000, and then nothing is changed. Returns whether its bytes changed. */
export function replaceRecord(collection: WritableCollection, before: Found, after: Doc): boolean {
  const { storage, spec } = collection;
  const bytes = encodeDocument(after);
  if (Buffer.compare(encodeDocument(before.doc), bytes) === 0) return false;
  changeEntries(collection, before.recordId, { before: before.doc, after });
  void storage.records.put(recordKey(spec.id, before.recordId), bytes);
  return true;
}

/** Removes a document with its index entries. */
export function removeRecord(collection: WritableCollection, { recordId, doc }: Found): void {
  const { storage, spec } = collection;
  changeEntries(collection, recordId, { before: doc });
  void storage.records.remove(recordKey(spec.id, recordId));
  const { count, next } = readStats(storage, spec.id);
  saveStats(storage, spec.id, { count: count - 1, next });
}

interface DocumentChange {
  before?: Doc;
  after?: Doc;
}

interface Entries {
  keys: Map<string, Buffer>;
  multikey: boolean[];
  cut: boolean;
}

// Every check comes before the first put: an insertMany goes on after a refused document in the same transaction.
function changeEntries(collection: WritableCollection, recordId: number, { before, after }: DocumentChange): void {
  const { storage, spec } = collection;
  const changes = spec.indexes.map((index) => {
    if (before && after && isUntouched(index, before, after)) return { now: undefined, added: [], removed: [] };
    const old = before ? indexEntries(index, recordId, before) : undefined;
    const now = after ? indexEntries(index, recordId, after) : undefined;
    const added = missingFrom(old, now);
    if (index.unique && after) assertUnique(collection, { index, added, recordId, doc: after });
    return { now, added, removed: missingFrom(now, old) };
  });
  const value = recordKey(0, recordId).subarray(4);
  for (const { added, removed } of changes) {
    for (const key of removed) void storage.entries.remove(key);
    for (const key of added) void storage.entries.put(key, value);
  }
  const present = changes.map(({ now }) => now);
  keepFlags(collection, present);
}

function missingFrom(known: Entries | undefined, entries: Entries | undefined): Buffer[] {
  return [...(entries?.keys ?? [])].filter(([name]) => !known?.keys.has(name)).map(([, key]) => key);
}

// An update shares what it leaves alone with the document before it. Partial indexes can depend on any field.
function isUntouched({ key, partialFilterExpression }: IndexSpec, before: Doc, after: Doc): boolean {
  const fields = Object.keys(key).map((path) => path.split('.', 1)[0] ?? '');
  return !partialFilterExpression && fields.every((field) => before[field] === after[field]);
}

function assertUnique(
  { storage, namespace }: WritableCollection,
  { index, added, recordId, doc }: { index: IndexSpec; added: Buffer[]; recordId: number; doc: Doc },
): void {
  for (const key of added) {
    const holder = storage.entries.getBinary(key);
    if (!holder || recordIdOf(holder) === recordId) continue;
    const keyValue = Object.fromEntries(
      keyPattern(index).map(([path]) => [path, valuesAt(doc, path.split('.'))[0] ?? null]),
    );
    const text = JSON.stringify(keyValue);
    const message = `E11000 duplicate key error collection: ${namespace} index: ${index.name} dup key: ${text}`;
    throw new StoreError(11000, message, { keyPattern: index.key, keyValue });
  }
}

/** The full keys of a document's entries in one index, by their bytes as text. Empty where the index leaves the document out. */
export function indexEntries(index: IndexSpec, recordId: number, doc: Doc): Entries {
  if (index.partialFilterExpression && !partialFilter(index)(doc)) return { keys: new Map(), multikey: [], cut: false };
  const { keys, multikey, cut } = documentKeys(doc, keyPattern(index), index.sparse ?? false);
  const prefix = idKey(index.id);
  const suffix = recordKey(0, recordId).subarray(4);
  const full = keys.map((key) => Buffer.concat(index.unique ? [prefix, key] : [prefix, key, suffix]));
  return { keys: new Map(full.map((key) => [key.toString('latin1'), key])), multikey, cut };
}

const partialFilters = new WeakMap<IndexSpec, Matcher>();

function partialFilter(index: IndexSpec): Matcher {
  const filter = partialFilters.get(index) ?? compileFilter(index.partialFilterExpression ?? {});
  partialFilters.set(index, filter);
  return filter;
}

// Once set, the flags stay: what they forbid (sorting, two bounds) is only ever an optimisation.
function keepFlags(collection: WritableCollection, entries: (Entries | undefined)[]): void {
  const { storage, namespace, spec } = collection;
  const indexes = spec.indexes.map((index, i) => {
    const now = entries[i];
    const isNew = now && ((now.cut && !index.cut) || now.multikey.some((flag, at) => flag && !index.multikey[at]));
    if (!isNew) return index;
    return {
      ...index,
      cut: index.cut || now.cut,
      multikey: index.multikey.map((flag, at) => flag || (now.multikey[at] ?? false)),
    };
  });
  if (indexes.every((index, i) => index === spec.indexes[i])) return;
  collection.spec = { ...spec, indexes };
  saveCollection(storage, namespace, collection.spec);
}

/** Adds one stored document to an index that is being built. Throws 11000 where it breaks its uniqueness. */
export function indexRecord(collection: WritableCollection, id: number, { recordId, doc }: Found): void {
  const entries = collection.spec.indexes.map((index) => {
    if (index.id !== id) return undefined;
    const now = indexEntries(index, recordId, doc);
    const added = [...now.keys.values()];
    if (index.unique) assertUnique(collection, { index, added, recordId, doc });
    for (const key of added) void collection.storage.entries.put(key, recordKey(0, recordId).subarray(4));
    return now;
  });
  keepFlags(collection, entries);
}

/** The document under a record id as the present transaction sees it. */
export function findRecord({ storage, spec }: WritableCollection, recordId: number): Found | undefined {
  const doc = readRecord(storage, spec.id, recordId);
  return doc && { recordId, doc };
}
