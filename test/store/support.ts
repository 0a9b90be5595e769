import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, jest } from '@jest/globals';
import { MongoClient, type Collection, type Db, type Document, type ObjectId } from 'mongodb';
import { watchSubset } from '../support/subset.ts';
import { startEmbeddedStore, type EmbeddedStore } from '../../server/embedded/start.ts';

/** A document of the tests: its _id may be chosen. */
export interface Row extends Document {
  _id?: number | string | ObjectId;
}

export interface TestStore {
  folder: string;
  uri: string;
  client: MongoClient;
  db: Db;
  /** A new empty collection. */
  collection: (...documents: Row[]) => Promise<Collection<Row>>;
}

export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'store-test-'));
}

/** A started engine with a connected client for the tests of a file. */
export function useStore(): TestStore {
  jest.setTimeout(60_000);
  let store: EmbeddedStore;
  let number = 0;
  let assertInside = () => {};
  const client = new MongoClient('mongodb://unset');
  const test: TestStore = {
    folder: temporaryFolder(),
    uri: '',
    client,
    db: client.db(),
    collection: async (...documents) => {
      const collection = test.db.collection<Row>(`c${(number += 1)}`);
      if (documents.length > 0) await collection.insertMany(documents);
      return collection;
    },
  };
  beforeAll(async () => {
    store = await startEmbeddedStore(test.folder);
    test.uri = store.uri;
    test.client = await MongoClient.connect(store.uri, { maxPoolSize: 100, monitorCommands: true });
    assertInside = watchSubset(test.client, 'taken');
    test.db = test.client.db();
  });
  afterAll(async () => {
    await test.client.close();
    await store.close();
    rmSync(test.folder, { recursive: true, force: true });
    assertInside();
  });
  return test;
}

/** What the server refused with: its code, or undefined if it did not refuse. */
export function codeOf(work: Promise<unknown>): Promise<number | undefined> {
  return work.then(
    () => undefined,
    ({ code = -1 }: { code?: number }) => code,
  );
}
