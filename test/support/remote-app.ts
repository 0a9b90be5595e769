import { createConnection, type Connection } from 'mongoose';
import request from 'supertest';
import type { Caller, TestApp } from './app.ts';
import { startServer, xanh, type RunningServer } from './server.ts';

/** The server in a process of its own, which can be killed; callers go on with the next one. */
export interface RemoteApp extends Pick<TestApp, 'as' | 'anyone'> {
  restart(): Promise<void>;
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
  /** What a command of the command line prints. @throws where it does not exit with 0 */
  xanh(...args: string[]): Promise<string>;
  /** Some work straight on the store. */
  onStore(work: (connection: Connection) => Promise<void>): Promise<void>;
}

/** Starts the server over a data folder, with reference data only. */
export async function startRemoteApp(folder: string): Promise<RemoteApp> {
  const environment = { XANH_DATA: folder, XANH_DEMO: '0' };
  let server: RunningServer = await startServer(environment);
  const caller = (key?: string): Caller => {
    const call = (method: keyof Caller) => (path: string) => {
      const sent = request(server.address)[method](path);
      return key ? sent.set('Authorization', `Bearer ${key}`) : sent;
    };
    return { get: call('get'), post: call('post'), put: call('put'), patch: call('patch'), delete: call('delete') };
  };
  return {
    anyone: caller(),
    as: async (role, org) =>
      caller(await xanh(['key', 'create', '--role', role, ...(org === undefined ? [] : ['--org', org])], environment)),
    async restart() {
      server = await startServer(environment);
    },
    end: async (signal) => void (await server.end(signal)),
    xanh: (...args) => xanh(args, environment),
    async onStore(work) {
      const connection = await createConnection(await xanh(['store', 'uri'], environment)).asPromise();
      await work(connection);
      await connection.close();
    },
  };
}
