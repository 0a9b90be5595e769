import { chmodSync, existsSync, linkSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { DATA_FILE } from './address.ts';
import { Collection } from './collection.ts';
import { encode, openCursor } from './cursors.ts';
import { ensure } from './errors.ts';
import { compileFilter } from './filter.ts';
import { command, doc, flag, ignored, namespaceOf, readFields, type Command } from './request.ts';
import type { Parsed, Request } from './request.ts';
import { idKey, MAX_DOCUMENT } from './storage.ts';
import type { CollectionSpec, IndexSpec } from './storage.ts';
import { assertInTime } from './turns.ts';
import type { Doc } from './values.ts';
import { MAX_MESSAGE } from './wire.ts';

const LIST = { filter: doc, nameOnly: flag, authorizedCollections: ignored, cursor: ignored };

// A handshake names what the client can do, and newer clients can more: nothing in it changes what this server does.
const hello: Command = ({ name }) => ({
  [name === 'hello' ? 'isWritablePrimary' : 'ismaster']: true,
  helloOk: true,
  maxBsonObjectSize: MAX_DOCUMENT,
  maxMessageSizeBytes: MAX_MESSAGE,
  // Far below MongoDB's 100,000: a client that sends less at once lets others have their turn.
  maxWriteBatchSize: 1000,
  localTime: new Date(),
  logicalSessionTimeoutMinutes: 30,
  minWireVersion: 0,
  maxWireVersion: 21,
  readOnly: false,
});

const buildInfo = command({}, () => ({
  version: '7.0.0',
  versionArray: [7, 0, 0, 0],
  maxBsonObjectSize: MAX_DOCUMENT,
}));

/** handshake, catalog and, of this store alone, backup */
export const adminCommands: Record<string, Command> = {
  hello,
  isMaster: hello,
  ismaster: hello,
  ping: command({}, () => ({})),
  endSessions: command({}, () => ({})),
  buildInfo,
  buildinfo: buildInfo,
  backup: command({}, async (_, { storage, argument }) => ({ bytes: await backup(storage, argument) })),
  create,
  drop: command({}, async (_, request) => {
    const namespace = namespaceOf(request);
    const [dropped] = await dropAll(request, () => [namespace]);
    return dropped ? { ns: namespace, nIndexesWas: dropped.indexes.length } : {};
  }),
  dropDatabase: command({}, async (_, request) => {
    await dropAll(request, () => request.storage.listNamespaces(request.database));
    return { dropped: request.database };
  }),
  listCollections: command(LIST, listCollections),
  listDatabases: command(LIST, ({ filter, nameOnly }, { storage }) => {
    const names = new Set(storage.listNamespaces().map((namespace) => namespace.split('.')[0]));
    const rows = [...names].map((name): Doc => (nameOnly ? { name } : { name, sizeOnDisk: 0, empty: false }));
    return { databases: rows.filter(compileFilter(filter)) };
  }),
  listIndexes: command({ cursor: ignored }, (_, request) => {
    const namespace = namespaceOf(request);
    const spec = request.storage.readSpec(namespace);
    ensure(spec, 26, `ns does not exist: ${namespace}`);
    return listReply(request, namespace, spec.indexes.filter(({ building }) => !building).map(indexDocument));
  }),
};

async function create(request: Request): Promise<Doc> {
  const { storage, deadline, given } = request;
  const namespace = namespaceOf(request);
  // No collection has options: any make it another one than the one that is there.
  const isOther = Object.keys(given).length > 0 && storage.readSpec(namespace);
  ensure(!isOther, 48, `Collection ${namespace} already exists with other options`);
  readFields(given, {}, 'create');
  await storage.write(() => {
    assertInTime(deadline);
    Collection.ensure(storage, namespace);
  });
  return {};
}

/** The catalog entries go first and ids are never used again, so a crash in between leaves only bytes that nothing points to. */
async function dropAll({ storage, deadline }: Request, list: () => string[]): Promise<CollectionSpec[]> {
  const dropped = await storage.write(() => {
    assertInTime(deadline);
    const namespaces = list();
    const specs = namespaces.flatMap((namespace) => storage.readSpec(namespace) ?? []);
    for (const namespace of namespaces) void storage.catalog.remove(Buffer.from(namespace));
    return specs;
  });
  for (const { id, indexes } of dropped) {
    await storage.removeAll(storage.records, id);
    for (const index of indexes) await storage.removeAll(storage.entries, index.id);
    await storage.write(() => void storage.stats.remove(idKey(id)));
  }
  return dropped;
}

function listCollections({ filter, nameOnly }: Parsed<typeof LIST>, request: Request): Promise<Doc> {
  const { storage, database } = request;
  const details = { options: {}, info: { readOnly: false }, idIndex: { v: 2, key: { _id: 1 }, name: '_id_' } };
  const rows = storage.listNamespaces(database).map((namespace): Doc => {
    const name = namespace.slice(database.length + 1);
    return { name, type: 'collection', ...(!nameOnly && details) };
  });
  return listReply(request, `${database}.$cmd.listCollections`, rows.filter(compileFilter(filter)));
}

function listReply({ cursors }: Request, namespace: string, rows: Doc[]): Promise<Doc> {
  return openCursor(cursors, { namespace, docs: rows.map(encode).values(), batchSize: Infinity });
}

function indexDocument({ key, name, unique, sparse, partialFilterExpression }: IndexSpec): Doc {
  const options = { unique: name === '_id_' ? undefined : unique, sparse, partialFilterExpression };
  return Object.fromEntries(Object.entries({ v: 2, key, name, ...options }).filter(([, value]) => value !== undefined));
}

/** Writes one state of the whole store into a new file, without what is free in it, while others read and write. */
async function backup({ root }: Request['storage'], file: unknown): Promise<number> {
  ensure(typeof file === 'string' && isAbsolute(file), 2, 'backup takes the absolute path of a file');
  ensure(!existsSync(file), 48, `${file} is there already`);
  const folder = mkdtempSync(`${file}.part-`);
  try {
    await root.backup(folder, true);
    chmodSync(join(folder, DATA_FILE), 0o600);
    // A link, unlike a renaming, never replaces what somebody put there meanwhile.
    linkSync(join(folder, DATA_FILE), file);
    return statSync(file).size;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
