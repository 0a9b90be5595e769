import { ObjectId } from 'bson';
import { StoreError } from './errors.ts';
import { compileFilter, valuesAt, type Matcher } from './filter.ts';
import { documentKeys, type DocumentKeys } from './keys.ts';
import {
  encodeDocument,
  entryKey,
  keyPattern,
  nextId,
  readRecord,
  readSpec,
  readStats,
  recordIdBytes,
  recordIdOf,
  recordKey,
  saveSpec,
  type CollectionSpec,
  type IndexSpec,
  type Storage,
} from './storage.ts';
import type { Doc } from './values.ts';

/** One document with the record id that it is kept under. */
export interface Found {
  recordId: number;
  doc: Doc;
}

/** What one document has in one index: the keys under which it is found, as they are stored. */
interface Entries extends DocumentKeys {
  index: IndexSpec;
}

const partialFilters = new WeakMap<IndexSpec, Matcher>();

/** The entries of a document in one index. Empty where the index leaves the document out. */
export function entriesOf(index: IndexSpec, { recordId, doc }: Found): Entries {
  const { partialFilterExpression, sparse, unique } = index;
  if (partialFilterExpression) {
    const isIn = partialFilters.get(index) ?? compileFilter(partialFilterExpression);
    partialFilters.set(index, isIn);
    if (!isIn(doc)) return { index, keys: new Set(), multikey: [], cut: false };
  }
  const found = documentKeys(doc, keyPattern(index), sparse);
  if (unique) return { index, ...found };
  const suffix = recordIdBytes(recordId).toString('latin1');
  return { index, ...found, keys: new Set([...found.keys].map((key) => key + suffix)) };
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
    const known = readSpec(storage, namespace);
    if (known) return new Collection(storage, namespace, known);
    const byId = { name: '_id_', key: { _id: 1 as const }, unique: true, multikey: [false], cut: false };
    const spec = { id: nextId(storage), indexes: [{ id: nextId(storage), ...byId }] };
    saveSpec(storage, namespace, spec);
    return new Collection(storage, namespace, spec);
  }

  /** The document under a record id. */
  find(recordId: number): Found | undefined {
    const doc = readRecord(this.storage, this.spec.id, recordId);
    return doc && { recordId, doc };
  }

  /** Inserts a document, with `_id` first and generated where it lacks one. Throws 11000, and then nothing is changed. Returns it as stored. */
  insert(input: Doc): Doc {
    const { _id = new ObjectId(), ...fields } = input;
    if (Array.isArray(_id)) throw new StoreError(53, "The '_id' value cannot be of type array");
    const doc = { _id, ...fields };
    const bytes = encodeDocument(doc);
    const { count, next } = readStats(this.storage, this.spec.id);
    this.#changeEntries(next, undefined, doc);
    this.#putRecord(next, bytes);
    this.storage.counted.set(this.spec.id, { count: count + 1, next: next + 1 });
    return doc;
  }

  /** Replaces a document under its record id. Throws 11000, and then nothing is changed. Returns whether its bytes changed. */
  replace({ recordId, doc }: Found, after: Doc): boolean {
    const bytes = encodeDocument(after);
    if (Buffer.compare(encodeDocument(doc), bytes) === 0) return false;
    this.#changeEntries(recordId, doc, after);
    this.#putRecord(recordId, bytes);
    return true;
  }

  /** Removes a document with its index entries. */
  remove({ recordId, doc }: Found): void {
    this.#changeEntries(recordId, doc, undefined);
    void this.storage.records.remove(recordKey(this.spec.id, recordId));
    const { count, next } = readStats(this.storage, this.spec.id);
    this.storage.counted.set(this.spec.id, { count: count - 1, next });
  }

  /** Adds one stored document to an index that is being built. Throws 11000 where it breaks its uniqueness. */
  addToIndex(index: IndexSpec, found: Found): void {
    const entries = entriesOf(index, found);
    this.#assertUnique(entries, found);
    this.#put(entries, found.recordId);
    this.#keepFlags([entries]);
  }

  #putRecord(recordId: number, bytes: Buffer): void {
    void this.storage.records.put(recordKey(this.spec.id, recordId), bytes);
    for (const watch of this.storage.watches) if (watch.collectionId === this.spec.id) watch.recordIds.add(recordId);
  }

  // Every check comes before the first put: an insertMany goes on after a refused document in the same transaction.
  #changeEntries(recordId: number, before: Doc | undefined, after: Doc | undefined): void {
    const indexes = this.spec.indexes.filter((index) => !before || !after || !isUntouched(index, before, after));
    const old = indexes.map((index) => before && entriesOf(index, { recordId, doc: before }));
    const now = indexes.flatMap((index) => (after ? entriesOf(index, { recordId, doc: after }) : []));
    if (after) for (const entries of now) this.#assertUnique(entries, { recordId, doc: after });
    for (const [i, entries] of old.entries())
      for (const key of entries?.keys ?? [])
        if (!now[i]?.keys.has(key)) void this.storage.entries.remove(entryKey(indexes[i]?.id ?? 0, key));
    for (const [i, entries] of now.entries()) this.#put(entries, recordId, old[i]?.keys);
    this.#keepFlags(now);
  }

  #put({ index, keys }: Entries, recordId: number, known?: Set<string>): void {
    const value = recordIdBytes(recordId);
    for (const key of keys) if (!known?.has(key)) void this.storage.entries.put(entryKey(index.id, key), value);
  }

  #assertUnique({ index, keys }: Entries, { recordId, doc }: Found): void {
    if (!index.unique) return;
    for (const key of keys) {
      const holder = this.storage.entries.getBinary(entryKey(index.id, key));
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
    saveSpec(this.storage, this.namespace, this.spec);
  }
}

// An update shares what it leaves alone with the document before it. Partial indexes can depend on any field.
function isUntouched({ key, partialFilterExpression }: IndexSpec, before: Doc, after: Doc): boolean {
  const fields = Object.keys(key).map((path) => path.split('.', 1)[0] ?? '');
  return !partialFilterExpression && fields.every((field) => before[field] === after[field]);
}
