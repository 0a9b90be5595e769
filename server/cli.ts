#!/usr/bin/env -S node --import tsx
import { parseArgs } from 'node:util';
import { composeServices } from './compose.ts';
import { systemClock } from './core/clock.ts';
import { readConfig } from './core/config.ts';
import { createLog } from './core/log.ts';
import { Problem, renderProblem } from './core/problem.ts';
import type { Role } from './core/route.ts';
import { findRunningStore } from './embedded/start.ts';
import { createEmbeddedSearch } from './search/embedded.adapter.ts';
import { openStore } from './store.ts';

const roles: readonly Role[] = ['officer', 'certifier', 'supplier', 'operator', 'auditor'];
const usage = `usage:
  xanh key create --role <${roles.join('|')}> [--org <code>]   prints one new key; operator and auditor need no --org
  xanh store uri                                               prints the address of the running store, for any MongoDB tool`;

/** Runs one command; what it prints. @throws Problem, or an Error whose message says what to do */
async function run([noun, verb, ...rest]: string[]): Promise<string> {
  if (noun === 'key' && verb === 'create') return createKey(rest);
  if (noun === 'store' && verb === 'uri') return storeUri();
  throw new Error(usage);
}

async function createKey(args: string[]): Promise<string> {
  const { values } = parseArgs({ args, options: { role: { type: 'string' }, org: { type: 'string' } } });
  const role = roles.find((known) => known === values.role);
  if (!role) throw new Error(usage);
  const config = readConfig(process.env);
  const { connection, close } = await openStore(config);
  try {
    const { accounts } = await composeServices({
      connection,
      clock: systemClock(),
      log: createLog(config.LOG_LEVEL),
      searchPort: createEmbeddedSearch(),
      writesDemo: false,
      demo: null,
    });
    return await accounts.createKey(role, values.org);
  } finally {
    await close();
  }
}

async function storeUri(): Promise<string> {
  const { MONGODB_URI, XANH_DATA } = readConfig(process.env);
  const uri = MONGODB_URI ?? (await findRunningStore(XANH_DATA));
  if (!uri) throw new Error(`No store is running on ${XANH_DATA}: start it with npm start.`);
  return uri;
}

try {
  process.stdout.write(`${await run(process.argv.slice(2))}\n`);
} catch (error) {
  process.stderr.write(
    `${error instanceof Problem ? (renderProblem(error, 'en').detail ?? error.code) : (error as Error).message}\n`,
  );
  process.exitCode = 1;
}
