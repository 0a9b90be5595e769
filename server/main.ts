import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Config } from '../schemas/types.d.ts';
import { demoActors } from '../seed/demo-actors.ts';
import { loadFirstStart } from '../seed/first-start.ts';
import { accountSettings, assertSecret } from './account-settings.ts';
import { createApp } from './app.ts';
import { buildClientIfChanged } from './client-build.ts';
import { composeServices } from './compose.ts';
import { systemClock } from './core/clock.ts';
import { readConfig } from './core/config.ts';
import { createLog, type Logger } from './core/log.ts';
import { Problem, renderProblem } from './core/problem.ts';
import { apiOf } from './routes.ts';
import { openSearch } from './search-port.ts';
import { openStore } from './store.ts';

const patienceOnCloseMs = 5000;

/** Starts everything in one process; what it gives ends it again. */
async function start(config: Config, log: Logger): Promise<() => Promise<void>> {
  let answer: RequestListener = notYet;
  assertSecret(config);
  const people = accountSettings(config);
  // The port is taken first: where it can't be had, nobody waits for a register to load.
  const server = await listen(
    createServer((request, response) => answer(request, response)).listen(config.PORT, config.HOST),
  );
  await buildClientIfChanged(() => say('Building the client … (only when it changed)'));
  const { connection, kind, close: closeStore } = await openStore(config);
  const clock = systemClock(config.XANH_TODAY);
  const searchPort = openSearch(config);
  const wantsDemo = config.XANH_DEMO === undefined ? kind === 'embedded' : config.XANH_DEMO === '1';
  const { isDemo } = await loadFirstStart({ connection, clock, log, searchPort, wantsDemo, announce: say });
  const offered = isDemo && kind === 'embedded' ? demoActors : {};
  const services = await composeServices({
    connection,
    clock,
    log,
    searchPort,
    writesDemo: isDemo,
    demo: isDemo ? offered : null,
    people,
  });
  await services.start();
  answer = createApp({ ...apiOf(services, { clock, store: kind, isDemo }), log });
  const { port } = server.address() as AddressInfo;
  say(`Xanh: http://${config.HOST === '127.0.0.1' ? 'localhost' : config.HOST}:${port}`);
  if (isDemo)
    say(`Fictional demonstration register. Roles to continue as: ${Object.keys(offered).join(', ') || 'none here'}`);
  const opening = services
    .openPeople()
    .catch((error: unknown) => log.error({ err: error }, 'accounts cannot be opened'));
  return async () => {
    await closeServer(server);
    await opening;
    await services.close();
    await searchPort.close();
    await closeStore();
  };
}

const notYet: RequestListener = (_request, response) =>
  response
    .writeHead(503, { 'Content-Type': 'text/plain; charset=utf-8', 'Retry-After': '2', Refresh: '2' })
    .end('Xanh đang khởi động. Xanh is starting.');

function listen(server: Server): Promise<Server> {
  return new Promise((resolve, reject) => {
    server.once('listening', () => resolve(server));
    server.once('error', reject);
  });
}

/** Lets running answers finish; a connection that stays open after that is cut. */
async function closeServer(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeIdleConnections();
  const cut = setTimeout(() => server.closeAllConnections(), patienceOnCloseMs);
  await closed;
  clearTimeout(cut);
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function complain(error: unknown): void {
  const { code, message, port } = error as { code?: string; message?: string; port?: number };
  const text =
    error instanceof Problem
      ? `The environment is not right: ${renderProblem(error, 'en').detail}`
      : code === 'EADDRINUSE'
        ? `Port ${String(port)} is taken: end what listens there, or set PORT.`
        : (message ?? String(error));
  process.stderr.write(`${text}\n`);
}

try {
  const config = readConfig(process.env);
  const stop = await start(config, createLog(config.LOG_LEVEL));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(
      signal,
      () =>
        void stop().then(
          () => process.exit(0),
          (error: unknown) => (complain(error), process.exit(1)),
        ),
    );
  }
} catch (error) {
  complain(error);
  process.exit(1);
}
