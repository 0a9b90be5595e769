import { ensureCollection } from './collection.ts';
import { createIndexes, dropEntries, dropIndexes } from './command-indexes.ts';
import { openCursor } from './cursors.ts';
import { StoreError } from './errors.ts';
import { compileFilter } from './match.ts';
import { assertInTime } from './query.ts';
import {
  assertSimpleCollation,
  databaseOf,
  docOption,
  namespaceOf,
  type Command,
  type Reply,
  type Request,
} from './request.ts';
import {
  idKey,
  listNamespaces,
  readCollection,
  write,
  type CollectionSpec,
  type IndexSpec,
  type Storage,
} from './storage.ts';
import { wholeNumber, type Doc } from './values.ts';

/** handshake and catalog commands */
export const adminCommands: Record<string, Command> = {
  // A handshake names what the client can do, and newer clients can more: nothing in it changes what this server does.
  hello: { fields: 'any', run: hello },
  ping: { fields: [], run: () => ({ fields: {} }) },
  buildInfo: {
    fields: [],
    run: () => ({ fields: { version: '7.0.0', versionArray: [7, 0, 0, 0], maxBsonObjectSize: MAX_DOCUMENT } }),
  },
  endSessions: { fields: [], run: () => ({ fields: {} }) },
  create: { fields: ['collation'], run: create },
  drop: { fields: [], run: drop },
  dropDatabase: { fields: [], run: dropDatabase },
  listCollections: { fields: ['filter', 'nameOnly', 'authorizedCollections', 'cursor'], run: listCollections },
  listDatabases: { fields: ['filter', 'nameOnly', 'authorizedDatabases'], run: listDatabases },
  listIndexes: { fields: ['cursor'], run: listIndexes },
  createIndexes: { fields: ['indexes', 'commitQuorum'], run: createIndexes },
  dropIndexes: { fields: ['index'], run: dropIndexes },
};

const MAX_DOCUMENT = 16 * 1024 * 1024;

function hello({ name }: Request): Reply {
  return {
    fields: {
      [name === 'hello' ? 'isWritablePrimary' : 'ismaster']: true,
      helloOk: true,
      maxBsonObjectSize: MAX_DOCUMENT,
      maxMessageSizeBytes: 48_000_000,
      // Far below MongoDB's 100,000: a client that sends less at once lets others have their turn.
      maxWriteBatchSize: 1000,
      localTime: new Date(),
      logicalSessionTimeoutMinutes: 30,
      minWireVersion: 0,
      maxWireVersion: 21,
      readOnly: false,
    },
  };
}

async function create(request: Request): Promise<Reply> {
  assertSimpleCollation(request.body['collation']);
  const namespace = namespaceOf(request);
  await write(request.storage, () => {
    assertInTime(request.deadline);
    ensureCollection(request.storage, namespace);
  });
  return { fields: {} };
}

async function drop(request: Request): Promise<Reply> {
  const namespace = namespaceOf(request);
  const [dropped] = await dropAll(request, () => [namespace]);
  return { fields: dropped ? { ns: namespace, nIndexesWas: dropped.indexes.length } : {} };
}

async function dropDatabase(request: Request): Promise<Reply> {
  const database = databaseOf(request);
  await dropAll(request, () => listNamespaces(request.storage, database));
  return { fields: { dropped: database } };
}

/** The catalog entries go first and ids are never used again, so a crash in between leaves only bytes that nothing points to. */
async function dropAll({ storage, deadline }: Request, list: () => string[]): Promise<CollectionSpec[]> {
  const dropped = await write(storage, () => {
    assertInTime(deadline);
    const namespaces = list();
    const specs = namespaces.flatMap((namespace) => readCollection(storage, namespace) ?? []);
    for (const namespace of namespaces) void storage.catalog.remove(Buffer.from(namespace));
    return specs;
  });
  for (const spec of dropped) await dropContents(storage, spec);
  return dropped;
}

async function dropContents(storage: Storage, { id, indexes }: CollectionSpec): Promise<void> {
  await dropEntries(storage, storage.records, id);
  for (const index of indexes) await dropEntries(storage, storage.entries, index.id);
  await write(storage, () => void storage.stats.remove(idKey(id)));
}

function listCollections(request: Request): Promise<Reply> {
  const database = databaseOf(request);
  const details = { options: {}, info: { readOnly: false }, idIndex: { v: 2, key: { _id: 1 }, name: '_id_' } };
  const rows = listNamespaces(request.storage, database).map((namespace): Doc => {
    return Object.assign(
      { name: namespace.slice(database.length + 1), type: 'collection' },
      request.body['nameOnly'] === true ? {} : details,
    );
  });
  const matches = compileFilter(docOption(request.body['filter'], 'filter'));
  return listReply(request, `${database}.$cmd.listCollections`, rows.filter(matches));
}

function listReply({ body, cursors }: Request, namespace: string, rows: Doc[]): Promise<Reply> {
  const batchSize = wholeNumber(docOption(body['cursor'], 'cursor')['batchSize'], 'batchSize', 1000);
  const pieces = async function* (): AsyncGenerator<Doc[]> {
    yield rows;
  };
  return openCursor(cursors, { namespace, pieces: pieces(), batchSize });
}

function listDatabases({ storage, body }: Request): Reply {
  const matches = compileFilter(docOption(body['filter'], 'filter'));
  const names = new Set(listNamespaces(storage).map((namespace) => namespace.split('.')[0] ?? ''));
  const rows = [...names].map((name): Doc =>
    body['nameOnly'] === true ? { name } : { name, sizeOnDisk: 0, empty: false },
  );
  return { fields: { databases: rows.filter(matches) } };
}

function listIndexes(request: Request): Promise<Reply> {
  const namespace = namespaceOf(request);
  const spec = readCollection(request.storage, namespace);
  if (!spec) throw new StoreError(26, `ns does not exist: ${namespace}`);
  return listReply(request, namespace, spec.indexes.filter(({ building }) => !building).map(indexDocument));
}

function indexDocument({ key, name, unique, sparse, partialFilterExpression }: IndexSpec): Doc {
  const options = { unique: name === '_id_' ? undefined : unique, sparse, partialFilterExpression };
  return Object.fromEntries(Object.entries({ v: 2, key, name, ...options }).filter(([, value]) => value !== undefined));
}
