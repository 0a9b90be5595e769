import { mkdir } from 'node:fs/promises';
import type { Connection } from 'mongoose';
import type { Config } from '../schemas/types.d.ts';
import { connect } from './core/database.ts';
import { startEmbeddedStore } from './embedded/start.ts';

/** An open database and how to leave it. */
export interface Store {
  connection: Connection;
  kind: 'embedded' | 'mongodb';
  uri: string;
  close(): Promise<void>;
}

/** The MongoDB of `MONGODB_URI`, else the embedded store of `XANH_DATA`: the one that runs there already, or a new one. */
export async function openStore(
  { MONGODB_URI, XANH_DATA }: Pick<Config, 'MONGODB_URI' | 'XANH_DATA'>,
  options: Parameters<typeof connect>[1] = {},
): Promise<Store> {
  if (MONGODB_URI) {
    const connection = await connect(MONGODB_URI, options);
    return { connection, kind: 'mongodb', uri: MONGODB_URI, close: () => connection.close() };
  }
  await mkdir(XANH_DATA, { recursive: true });
  const embedded = await startEmbeddedStore(XANH_DATA);
  const connection = await connect(embedded.uri, options);
  return {
    connection,
    kind: 'embedded',
    uri: embedded.uri,
    async close() {
      await connection.close();
      await embedded.close();
    },
  };
}
