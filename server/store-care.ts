import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { MongoClient } from 'mongodb';
import type { Config } from '../schemas/types.d.ts';
import { DATA_FILE, storeFolder } from './embedded/address.ts';
import { findRunningStore, startEmbeddedStore } from './embedded/start.ts';

/** What the care of the embedded store needs of the configuration. */
export type CareConfig = Pick<Config, 'MONGODB_URI' | 'XANH_DATA' | 'XANH_SECRET'>;

interface Counted {
  name: string;
  documents: number;
  indexes: string[];
  errors: string[];
}

/** Writes the store into one new file while the server runs, and opens that file to see that everything is in it. What it says. */
export async function backupStore(config: CareConfig, given: string): Promise<string> {
  const file = resolve(given);
  await withStore(config, 'mongodump', (client) => client.db().admin().command({ backup: file }));
  const work = await mkdtemp(`${file}.check-`);
  try {
    return `${file}: ${megabytes((await stat(file)).size)}, ${summary(await openCopy(file, work))}`;
  } finally {
    await rm(work, { recursive: true });
  }
}

/** Puts the file of a backup into the place of the store; a store that is there only gives way when told, and is kept beside it. */
export async function restoreStore(config: CareConfig, given: string, replaces: boolean): Promise<string> {
  const { MONGODB_URI, XANH_DATA } = config;
  if (MONGODB_URI) throw new Error('MONGODB_URI is set: use mongorestore.');
  if (existsSync(XANH_DATA) && (await findRunningStore(XANH_DATA)))
    throw new Error(`A server is running on ${XANH_DATA}: end it first.`);
  const target = storeFolder(XANH_DATA);
  const isThere = existsSync(join(target, DATA_FILE));
  if (isThere && !replaces)
    throw new Error(`${target} has data. With --replace it is put aside, and the backup takes its place.`);
  await mkdir(XANH_DATA, { recursive: true });
  const work = await mkdtemp(join(XANH_DATA, 'restore-'));
  try {
    const found = await openCopy(resolve(given), work);
    const aside = `${target}-before-${new Date().toISOString().replaceAll(/[-:]|\..*/g, '')}`;
    if (existsSync(target)) await rename(target, aside);
    await rename(storeFolder(work), target);
    return `${target}: ${summary(found)}${withoutSecret(config, found)}${isThere ? `\nWhat was there before is kept in ${aside}.` : ''}`;
  } finally {
    await rm(work, { recursive: true });
  }
}

/** A backup does not hold the secret, or who takes it could sign in as anybody; without it no second factor opens. */
function withoutSecret({ XANH_DATA, XANH_SECRET }: CareConfig, found: Counted[]): string {
  const hasPeople = found.some(({ name, documents }) => name === 'user' && documents > 0);
  if (!hasPeople || XANH_SECRET !== undefined || existsSync(join(XANH_DATA, 'secret'))) return '';
  const path = join(XANH_DATA, 'secret');
  return `\nThere are accounts of people in it, and no ${path}: put that file of the old server there before the first start, or everybody is signed out and second factors and open invitations are lost.`;
}

/** Compares every index with its documents, and says what differs. */
export async function validateStore(config: CareConfig): Promise<{ text: string; isValid: boolean }> {
  const found = await withStore(config, 'validate in mongosh', countAll);
  const faults = found.flatMap(({ name, errors }) => errors.map((error) => `${name}: ${error}`));
  if (faults.length > 0) return { text: faults.join('\n'), isValid: false };
  return { text: `${summary(found)}: every index agrees with its documents.`, isValid: true };
}

/** Documents and indexes of every collection, and the size of the file. */
export async function statsOfStore(config: CareConfig): Promise<string> {
  const found = await withStore(config, 'db.stats() in mongosh', async (client) => {
    const names = await namesOf(client);
    return Promise.all(
      names.map(async (name) => ({
        name,
        documents: await client.db().collection(name).estimatedDocumentCount(),
        indexes: (await client.db().collection(name).indexes()).map((index) => String(index.name)),
        errors: [],
      })),
    );
  });
  const { size } = await stat(join(storeFolder(config.XANH_DATA), DATA_FILE));
  const lines = found.map(
    ({ name, documents, indexes }) => `${String(documents).padStart(10)}  ${name} (${indexes.join(', ')})`,
  );
  return [...lines, `${summary(found)}; the file has ${megabytes(size)}`].join('\n');
}

/** Opens a copy of a store's file in a folder of its own. @throws Error for a file that is not whole */
async function openCopy(file: string, work: string): Promise<Counted[]> {
  await mkdir(storeFolder(work), { mode: 0o700 });
  await copyFile(file, join(storeFolder(work), DATA_FILE));
  const found = await withStore({ XANH_DATA: work }, '', countAll);
  const faults = found.flatMap(({ errors }) => errors);
  if (faults.length > 0) throw new Error(`${file} is damaged: ${faults.join('; ')}`);
  return found;
}

async function withStore<T>(
  { MONGODB_URI, XANH_DATA }: CareConfig,
  instead: string,
  work: (client: MongoClient) => Promise<T>,
): Promise<T> {
  if (MONGODB_URI) throw new Error(`MONGODB_URI is set, this command is for the embedded store: use ${instead}.`);
  if (!existsSync(join(storeFolder(XANH_DATA), DATA_FILE))) throw new Error(`There is no store in ${XANH_DATA}.`);
  const { uri, close } = await startEmbeddedStore(XANH_DATA);
  const client = new MongoClient(uri);
  try {
    return await work(client);
  } finally {
    await client.close();
    await close();
  }
}

async function namesOf(client: MongoClient): Promise<string[]> {
  const collections = await client.db().listCollections({}, { nameOnly: true }).toArray();
  return collections.map(({ name }) => name).toSorted();
}

async function countAll(client: MongoClient): Promise<Counted[]> {
  const found: Counted[] = [];
  for (const name of await namesOf(client)) {
    const { nrecords, keysPerIndex, errors } = await client.db().command({ validate: name });
    found.push({ name, documents: nrecords, indexes: Object.keys(keysPerIndex as object), errors });
  }
  return found;
}

function summary(found: Counted[]): string {
  const documents = found.reduce((sum, row) => sum + row.documents, 0);
  const indexes = found.reduce((sum, row) => sum + row.indexes.length, 0);
  return `${documents} documents in ${found.length} collections, ${indexes} indexes`;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
