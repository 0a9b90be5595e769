import type { Connection } from 'mongoose';
import request, { type Test } from 'supertest';
import type { Send } from '../../server/accounts/port.ts';
import { createApp } from '../../server/app.ts';
import { composeServices, type Services } from '../../server/compose.ts';
import { settableClock, type Clock } from '../../server/core/clock.ts';
import { createLog } from '../../server/core/log.ts';
import type { Role } from '../../server/core/route.ts';
import { apiOf } from '../../server/routes.ts';
import { createEmbeddedSearch } from '../../server/search/embedded.adapter.ts';
import { demoActors } from '../../seed/demo-actors.ts';
import { loadFirstStart } from '../../seed/first-start.ts';
import { copyLoadedFolder, sizeOfTests } from './loaded-store.ts';
import { openTestStore } from './store.ts';

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';
/** Calls of one caller. */
export type Caller = Record<Method, (path: string) => Test>;

/** The real app on a real store of its own, with a clock that the test sets. */
export interface TestApp {
  services: Services;
  connection: Connection;
  clock: Clock & { set(instant: string): void };
  /** Moves the clock on and gives the instant before: a state of knowledge that is settled after 2 s. */
  later(seconds?: number): string;
  anyone: Caller;
  as(role: Role, org?: string): Promise<Caller>;
  close(): Promise<void>;
}

/** The instant at which every test begins, unless it sets its clock. */
export const startOfTests = '2026-11-24T03:00:00.000Z';

/** Starts the app with reference data, or with the demonstration register where `demo` is asked for. */
export async function startTestApp({
  demo = false,
  at = startOfTests,
  size = sizeOfTests,
  triesPerMinute = 5000,
  reportsPerHour = 5000,
  send = null as Send | null,
} = {}): Promise<TestApp> {
  const clock = settableClock();
  clock.set(at);
  const store = await openTestStore(() => copyLoadedFolder(clock, demo, size));
  const log = createLog('silent');
  const searchPort = createEmbeddedSearch();
  const parts = { connection: store.connection, clock, log, searchPort };
  await loadFirstStart({ ...parts, wantsDemo: demo, size, announce: () => {} });
  const people = {
    secret: async () => 'a secret that only the tests know',
    address: 'http://xanh.example',
    send,
  };
  const services = await composeServices({ ...parts, writesDemo: demo, demo: demo ? demoActors : null, people });
  await services.start();
  const app = createApp({
    ...apiOf(services, { clock, store: store.kind, isDemo: demo }),
    log,
    triesPerMinute,
    reportsPerHour,
  });
  const caller = (key?: string): Caller => {
    const call = (method: Method) => (path: string) => {
      const sent = request(app)[method](path);
      return key ? sent.set('Authorization', `Bearer ${key}`) : sent;
    };
    return { get: call('get'), post: call('post'), put: call('put'), patch: call('patch'), delete: call('delete') };
  };
  return {
    services,
    connection: store.connection,
    clock,
    later(seconds = 10) {
      const before = clock.now();
      clock.set(new Date(Date.parse(before) + seconds * 1000).toISOString());
      return before;
    },
    anyone: caller(),
    as: async (role, org) => caller(await services.accounts.createKey(role, org)),
    async close() {
      await services.close();
      await searchPort.close();
      await store.close();
    },
  };
}
