import { deserialize, ObjectId } from 'bson';
import { ensure, StoreError } from './errors.ts';
import { compileFilter, valuesAt, type Matcher } from './filter.ts';
import { documentKeys, type DocumentKeys } from './keys.ts';
import { encodeDocument, entryKey, keyPattern, recordIdBytes, recordIdOf, recordKey } from './storage.ts';
import type { CollectionSpec, IndexSpec, Storage } from './storage.ts';
import type { Doc } from './values.ts';

/** One document with the record id that it is kept under. */
export type Found = { recordId: number; doc: Doc };

/** The same with its bytes, as they are stored. */
export type FoundBytes = Found & { bytes: Buffer };

/** What one document has in one index. */
interface Entries extends DocumentKeys {
  index: IndexSpec;
}

/** A document with what can be said of it before the write: its bytes and its keys in the indexes of the collection as it was then. */
export type Ready = { doc: Doc; bytes: Buffer; spec: CollectionSpec | undefined; entries: Entries[] };

const partialFilters = new WeakMap<IndexSpec, Matcher>();

/** The keys of a document in one index. Empty where the index leaves the document out. */
export function entriesOf(index: IndexSpec, doc: Doc): Entries {
  const { partialFilterExpression, sparse } = index;
  if (partialFilterExpression) {
    const isIn = partialFilters.get(index) ?? compileFilter(partialFilterExpression);
    partialFilters.set(index, isIn);
    if (!isIn(doc)) return { index, keys: new Set(), multikey: [], cut: false };
  }
  return { index, ...documentKeys(doc, keyPattern(index), sparse) };
}

/** Makes a document ready to be inserted, with `_id` first and generated where it lacks one. Throws 10334, 171 and 53. */
export function makeReady(input: Doc, spec: CollectionSpec | undefined): Ready {
  const { _id = new ObjectId(), ...fields } = input;
  ensure(!Array.isArray(_id), 53, "The '_id' value cannot be of type array");
  const doc = { _id, ...fields };
  return { doc, bytes: encodeDocument(doc), spec, entries: spec?.indexes.map((index) => entriesOf(index, doc)) ?? [] };
}

/** A collection inside one write: every change of its documents goes through it. */
export class Collection {
  readonly storage: Storage;
  readonly namespace: string;
  spec: CollectionSpec;

  constructor(storage: Storage, namespace: string, spec: CollectionSpec) {
    this.storage = storage;
    this.namespace = namespace;
    this.spec = spec;
  }

  /** The collection of a namespace, created with its `_id` index if it does not exist. */
  static ensure(storage: Storage, namespace: string): Collection {
    const known = storage.readSpec(namespace);
    if (known) return new Collection(storage, namespace, known);
    const byId = { name: '_id_', key: { _id: 1 as const }, unique: true, multikey: [false], cut: false };
    const spec = { id: storage.nextId(), indexes: [{ id: storage.nextId(), ...byId }] };
    storage.saveSpec(namespace, spec);
    return new Collection(storage, namespace, spec);
  }

  /** The document under a record id. */
  find(recordId: number): Found | undefined {
    const bytes = this.storage.readBytes(this.spec.id, recordId);
    return bytes && { recordId, doc: deserialize(bytes) };
  }

  /** Inserts a document. Throws 11000, and then nothing is changed. */
  insert(ready: Ready): void {
    const { doc, bytes, entries } = ready.spec === this.spec ? ready : makeReady(ready.doc, this.spec);
    const { count, next } = this.storage.readStats(this.spec.id);
    this.#changeEntries({ recordId: next, doc }, [], entries);
    this.#putRecord(next, bytes);
    this.storage.counted.set(this.spec.id, { count: count + 1, next: next + 1 });
  }

  /** Replaces a document under its record id. Throws 11000, and then nothing is changed. Returns whether its bytes changed. */
  replace({ recordId, doc }: Found, after: Doc): boolean {
    const bytes = encodeDocument(after);
    if (Buffer.compare(encodeDocument(doc), bytes) === 0) return false;
    const indexes = this.spec.indexes.filter((index) => !isUntouched(index, doc, after));
    const [old, now] = [doc, after].map((version) => indexes.map((index) => entriesOf(index, version)));
    this.#changeEntries({ recordId, doc: after }, old ?? [], now ?? []);
    this.#putRecord(recordId, bytes);
    return true;
  }

  /** Removes a document with its index entries. */
  remove({ recordId, doc }: Found): void {
    const old = this.spec.indexes.map((index) => entriesOf(index, doc));
    this.#changeEntries({ recordId, doc }, old, []);
    void this.storage.records.remove(recordKey(this.spec.id, recordId));
    const { count, next } = this.storage.readStats(this.spec.id);
    this.storage.counted.set(this.spec.id, { count: count - 1, next });
  }

  /** Adds one stored document to indexes that are being built. Throws 11000 where it breaks their uniqueness. */
  addToIndexes(indexes: IndexSpec[], found: Found): void {
    const entries = indexes.map((index) => entriesOf(index, found.doc));
    this.#changeEntries(found, [], entries);
  }

  #putRecord(recordId: number, bytes: Buffer): void {
    void this.storage.records.put(recordKey(this.spec.id, recordId), bytes);
    for (const watch of this.storage.watches) if (watch.collectionId === this.spec.id) watch.recordIds.add(recordId);
  }

  // Every check comes before the first put: an insertMany goes on after a refused document in the same transaction.
  #changeEntries(found: Found, old: Entries[], now: Entries[]): void {
    for (const entries of now) this.#assertUnique(entries, found);
    for (const [i, { index, keys }] of old.entries())
      for (const key of keys)
        if (!now[i]?.keys.has(key)) void this.storage.entries.remove(storedKey(index, key, found.recordId));
    for (const [i, entries] of now.entries()) this.#put(entries, found.recordId, old[i]?.keys);
    this.#keepFlags(now);
  }

  #put({ index, keys }: Entries, recordId: number, known?: Set<string>): void {
    const value = recordIdBytes(recordId);
    for (const key of keys) if (!known?.has(key)) void this.storage.entries.put(storedKey(index, key, recordId), value);
  }

  #assertUnique({ index, keys }: Entries, { recordId, doc }: Found): void {
    if (!index.unique) return;
    for (const key of keys) {
      const holder = this.storage.entries.getBinary(storedKey(index, key, recordId));
      if (!holder || recordIdOf(holder) === recordId) continue;
      const values = keyPattern(index).map(([path]) => [path, valuesAt(doc, path.split('.'))[0] ?? null]);
      const keyValue: Doc = Object.fromEntries(values);
      const where = `collection: ${this.namespace} index: ${index.name} dup key: ${JSON.stringify(keyValue)}`;
      throw new StoreError(11000, `E11000 duplicate key error ${where}`, { keyPattern: index.key, keyValue });
    }
  }

  // Once set, the flags stay: what they forbid (sorting, two bounds) is only ever an optimisation.
  #keepFlags(changed: Entries[]): void {
    if (!changed.some(({ cut, multikey }) => cut || multikey.includes(true))) return;
    const indexes = this.spec.indexes.map((index) => {
      const now = changed.find((entries) => entries.index.id === index.id);
      const multikey = index.multikey.map((flag, i) => flag || (now?.multikey[i] ?? false));
      const cut = index.cut || (now?.cut ?? false);
      const isNew = cut !== index.cut || multikey.some((flag, i) => flag !== index.multikey[i]);
      return isNew ? { ...index, multikey, cut } : index;
    });
    if (indexes.every((index, i) => index === this.spec.indexes[i])) return;
    this.spec = { ...this.spec, indexes };
    this.storage.saveSpec(this.namespace, this.spec);
  }
}

/** The key of an index entry as it is stored. */
export function storedKey({ id, unique }: IndexSpec, key: string, recordId: number): Buffer {
  return entryKey(id, key, unique ? undefined : recordId);
}

// An update shares what it leaves alone with the document before it. Partial indexes can depend on any field.
function isUntouched({ key, partialFilterExpression }: IndexSpec, before: Doc, after: Doc): boolean {
  const fields = Object.keys(key).map((path) => path.split('.', 1)[0] ?? '');
  return !partialFilterExpression && fields.every((field) => before[field] === after[field]);
}
