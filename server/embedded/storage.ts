import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { deserialize, serialize } from 'bson';
import { open, type Database, type RootDatabase, type Transaction } from 'lmdb';
import { DATA_FILE } from './address.ts';
import { StoreError } from './errors.ts';
import type { KeyPattern } from './keys.ts';
import { assertStoreFile, assertWhole, assertWritable } from './store-file.ts';
import type { Doc } from './values.ts';

/** One index as the catalog keeps it. */
export interface IndexSpec {
  id: number;
  name: string;
  key: Record<string, 1 | -1>;
  unique?: boolean;
  sparse?: boolean;
  partialFilterExpression?: Doc;
  /** Writers keep it up to date already, readers may not use it yet. */
  building?: boolean;
  /** Per field: a document with an array on that path has been stored. */
  multikey: boolean[];
  /** A key longer than LMDB takes has been stored: no sorting by this index. */
  cut: boolean;
}

/** One collection as the catalog keeps it. */
export type CollectionSpec = { id: number; indexes: IndexSpec[] };

/** The fields of an index in order. */
export const keyPattern = (index: Pick<IndexSpec, 'key'>): KeyPattern => Object.entries(index.key);

/** How many documents a collection has and the record id that the next one gets. */
export type CollectionStats = { count: number; next: number };

type Bytes = Database<Buffer, Buffer>;
/** A state of the store that stays as it is while others write. */
export type Snapshot = { transaction: Transaction };

/** The records of a collection that are written from now on, for whoever has to know. */
export type Watch = { collectionId: number; recordIds: Set<number> };

/** A newer version that keeps something in another way gives it another name, and is so refused here. */
const NAMES = new Set(['catalog', 'stats', 'records', 'entries']);

const BINARY = { encoding: 'binary', keyEncoding: 'binary' } as const;

/** The open environment: four LMDB databases with binary keys and values. What is read without a snapshot is as the present write sees it. */
export class Storage {
  readonly root: RootDatabase<Buffer, Buffer>;
  /** namespace → CollectionSpec as BSON */
  readonly catalog: Bytes;
  /** collection id → CollectionStats; id 0 keeps the last id given out */
  readonly stats: Bytes;
  /** collection id, record id → document as BSON */
  readonly records: Bytes;
  /** index id, key (, record id unless unique) → record id */
  readonly entries: Bytes;
  readonly watches = new Set<Watch>();
  /** What the present write has counted and has yet to put: once for all its documents. */
  readonly counted = new Map<number, CollectionStats>();
  readonly #decoded = new Map<string, { raw: Buffer; spec: CollectionSpec }>();

  /** Opens (or creates) the environment in a folder. Throws with the reason where it cannot be used. */
  constructor(folder: string) {
    const file = join(folder, DATA_FILE);
    assertWritable(folder);
    assertStoreFile(file);
    // Without overlapping sync the promise of a commit resolves after LMDB's own fdatasync, and nobody reads what a crash could take back.
    this.root = open({ path: folder, overlappingSync: false, maxDbs: 8, maxReaders: 512, ...BINARY });
    assertWhole(this.root, file);
    const used = [...this.root.getKeys()].map((key) => Buffer.from(key).toString().replace(/\0$/, ''));
    const foreign = used.find((name) => !NAMES.has(name));
    if (foreign !== undefined)
      throw new Error(`${folder} holds the data of another program, or of a newer version of this: '${foreign}'`);
    const database = (name: string) => this.root.openDB<Buffer, Buffer>({ name, ...BINARY });
    [this.catalog, this.stats] = [database('catalog'), database('stats')];
    [this.records, this.entries] = [database('records'), database('entries')];
  }

  /**
   * Runs `change` inside LMDB's single writer; resolves when the commit is on disk. A throw undoes all of it. Changes that are waiting together are
   * committed together. Throws 14031 where the disk does not take them: nothing of them is then stored.
   */
  write<T>(change: () => T): Promise<T> {
    const written = this.root.childTransaction(() => {
      try {
        const result = change();
        for (const [collectionId, { count, next }] of this.counted) {
          const bytes = Buffer.alloc(16);
          bytes.writeDoubleBE(count, 0);
          bytes.writeDoubleBE(next, 8);
          void this.stats.put(idKey(collectionId), bytes);
        }
        return result;
      } finally {
        this.counted.clear();
      }
    });
    return written.catch((error: Error & { commitError?: Promise<never> }) => {
      // It rejects with the system's reason, which lmdb prints by itself.
      error.commitError?.catch(() => undefined);
      throw error.commitError ? new StoreError(14031, 'nothing is stored, the disk takes no more: is it full?') : error;
    });
  }

  /** Removes all keys behind an id, in pieces. */
  async removeAll(database: Bytes, id: number): Promise<void> {
    const removePiece = () => {
      const keys = [...database.getKeys({ start: idKey(id), end: idKey(id + 1), limit: 2000 })];
      for (const key of keys.map((bytes) => Buffer.from(bytes))) void database.remove(key);
      return keys.length > 0;
    };
    while (await this.write(removePiece)) await setImmediate();
  }

  /** The collection of a namespace; undefined where there is none. */
  readSpec(namespace: string, snapshot?: Snapshot): CollectionSpec | undefined {
    const raw = this.catalog.get(Buffer.from(namespace), snapshot);
    const known = this.#decoded.get(namespace);
    if (!raw || (known && Buffer.compare(known.raw, raw) === 0)) return raw && known?.spec;
    const { spec }: { spec?: CollectionSpec } = deserialize(raw);
    if (spec) this.#decoded.set(namespace, { raw: Buffer.from(raw), spec });
    return spec;
  }

  /** Puts a collection into the catalog, inside a write. */
  saveSpec(namespace: string, spec: CollectionSpec): void {
    void this.catalog.put(Buffer.from(namespace), Buffer.from(serialize({ spec }, { ignoreUndefined: true })));
  }

  /** The namespaces of a database, or of all, in order. */
  listNamespaces(database?: string): string[] {
    const prefix = database === undefined ? '' : `${database}.`;
    const end = Buffer.concat([Buffer.from(prefix), Buffer.from([0xff])]);
    const keys = this.catalog.getKeys({ start: Buffer.from(prefix || '\u0001'), end });
    return [...keys].map((key) => Buffer.from(key).toString());
  }

  /** The next unused id for a collection or an index, inside a write. */
  nextId(): number {
    const last = this.stats.getBinary(idKey(0));
    const id = (last ? Buffer.from(last).readUInt32BE() : 0) + 1;
    void this.stats.put(idKey(0), idKey(id));
    return id;
  }

  /** Count and next record id of a collection. */
  readStats(collectionId: number, snapshot?: Snapshot): CollectionStats {
    const known = snapshot ? undefined : this.counted.get(collectionId);
    const raw = known ? undefined : this.stats.get(idKey(collectionId), snapshot);
    if (!raw) return known ?? { count: 0, next: 1 };
    const bytes = Buffer.from(raw);
    return { count: bytes.readDoubleBE(0), next: bytes.readDoubleBE(8) };
  }

  /** The bytes of a record's document, or undefined. */
  readBytes(collectionId: number, recordId: number): Buffer | undefined {
    return this.records.getBinary(recordKey(collectionId, recordId));
  }
}

/** Four bytes, big-endian: the beginning of every record and index key. */
export function idKey(id: number): Buffer {
  const key = Buffer.alloc(4);
  key.writeUInt32BE(id);
  return key;
}

/** The key of an index entry: in an index that is not unique the record closes it. Made in one piece of the pool, since most of a write is keys. */
export function entryKey(indexId: number, key: string, recordId?: number): Buffer {
  const bytes = Buffer.allocUnsafe(4 + key.length + (recordId === undefined ? 0 : 8));
  bytes.writeUInt32BE(indexId);
  bytes.write(key, 4, 'latin1');
  return recordId === undefined ? bytes : writeRecordId(bytes, recordId);
}

/** A record id as eight bytes: record ids are whole numbers below 2^53, so insertion order is key order. */
export const recordIdBytes = (recordId: number): Buffer => writeRecordId(Buffer.allocUnsafe(8), recordId);

function writeRecordId(bytes: Buffer, recordId: number): Buffer {
  bytes.writeUInt32BE(Math.floor(recordId / 2 ** 32), bytes.length - 8);
  bytes.writeUInt32BE(recordId % 2 ** 32, bytes.length - 4);
  return bytes;
}

/** A record's key. */
export const recordKey = (collectionId: number, recordId: number): Buffer => entryKey(collectionId, '', recordId);

/** The record id at the end of a record key, or as an index entry's value. */
export function recordIdOf(bytes: Uint8Array): number {
  let id = 0;
  for (let at = bytes.length - 8; at < bytes.length; at += 1) id = id * 256 + (bytes[at] ?? 0);
  return id;
}

/** The longest document. */
export const MAX_DOCUMENT = 16 * 1024 * 1024;

/** A document's BSON. Throws 10334 beyond 16 MB. */
export function encodeDocument(doc: Doc): Buffer {
  try {
    const bytes = Buffer.from(serialize(doc, { ignoreUndefined: true }));
    if (bytes.length <= MAX_DOCUMENT) return bytes;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  throw new StoreError(10334, `a document is at most ${MAX_DOCUMENT} bytes`);
}
