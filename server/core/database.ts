import { createConnection, type Connection, type ConnectOptions } from 'mongoose';

/** A connection on which every write is acknowledged only once it is on disk. @throws when nothing answers within 10 s */
export async function connect(uri: string, options: Pick<ConnectOptions, 'monitorCommands'> = {}): Promise<Connection> {
  const connection = createConnection(uri, {
    ...options,
    autoIndex: false,
    serverSelectionTimeoutMS: 10_000,
    writeConcern: { w: 'majority', journal: true },
  });
  await connection.asPromise();
  return connection;
}
