import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { createApp } from '../server/app.ts';
import { composeServices } from '../server/compose.ts';
import { systemClock } from '../server/core/clock.ts';
import { createLog } from '../server/core/log.ts';
import { apiOf } from '../server/routes.ts';
import { createEmbeddedSearch } from '../server/search/embedded.adapter.ts';
import { openStore } from '../server/store.ts';
import { loadFirstStart } from '../seed/first-start.ts';
import { insertRegister, registerAgencies, type RegisterSize } from './big-register.ts';

const GROUPINGS = [
  '',
  'month',
  'quarter',
  'year',
  'agency',
  'level',
  'province',
  'group',
  'scheme',
  'tier',
  'method',
  'nature',
  'funding',
  'supplier',
];
const sizes = process.argv.slice(2).map(Number);
const tries = 5;

/** One answer: median and slowest of some tries in ms, and the longest that the event loop was held. */
interface Measured {
  median: number;
  slowest: number;
  held: number;
}

async function measure(ask: () => Promise<void>, times = tries): Promise<Measured> {
  const loop = monitorEventLoopDelay({ resolution: 1 });
  const took: number[] = [];
  loop.enable();
  for (let at = 0; at < times; at++) {
    const since = performance.now();
    await ask();
    took.push(performance.now() - since);
  }
  loop.disable();
  took.sort((a, b) => a - b);
  return { median: took[Math.floor(took.length / 2)]!, slowest: took.at(-1)!, held: loop.max / 1e6 };
}

async function bench(size: RegisterSize): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'xanh-bench-'));
  const store = await openStore({ XANH_DATA: folder });
  const parts = {
    connection: store.connection,
    clock: systemClock(),
    log: createLog('error'),
    searchPort: createEmbeddedSearch(),
  };
  await loadFirstStart({ ...parts, wantsDemo: false, announce: () => {} });
  const services = await composeServices({ ...parts, writesDemo: false, demo: null });
  for (const agency of registerAgencies(size)) await services.organisations.create(agency);
  const server = createApp({
    ...apiOf(services, { clock: parts.clock, store: store.kind, isDemo: false }),
    log: parts.log,
  }).listen(0);
  const key = await services.accounts.createKey('operator');
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const ask = (path: string) => async () => {
    const answer = await fetch(`${base}${path}`, { headers: { authorization: `Bearer ${key}` } });
    if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
    await answer.arrayBuffer();
  };
  let since = performance.now();
  const purchases = await insertRegister(store.connection, size);
  say(`\n${size.lines} lines in ${purchases} purchases, ${size.agencies} agencies, ${size.months} months`);
  say(`inserted in ${seconds(since)} s`);
  since = performance.now();
  await services.settle();
  say(`cells made in ${seconds(since)} s`);
  await report(ask, size);
  server.close();
  await services.close();
  await parts.searchPort.close();
  await store.close();
  await rm(folder, { recursive: true });
}

async function report(ask: (path: string) => () => Promise<void>, { months }: RegisterSize): Promise<void> {
  const period = `from=2023-01-01&to=${2023 + Math.ceil(months / 12) - 1}-12-31`;
  await measure(ask('/api/me'), 50);
  const bare = await measure(ask('/api/me'), 200);
  say('question | median ms | slowest ms | × a bare answer | longest hold ms');
  say(`bare JSON answer | ${shown(bare, bare)}`);
  const line = async (name: string, query: string, times = tries) =>
    say(`${name} | ${shown(await measure(ask(`/api/share?${query}`), times), bare)}`);
  for (const groupBy of GROUPINGS) await line(groupBy || 'whole', `${period}${groupBy && `&groupBy=${groupBy}`}`);
  for (const groupBy of ['month', 'group', 'supplier'])
    await line(`below a root, ${groupBy}`, `${period}&agency=BENCH-0&groupBy=${groupBy}`);
  await line('broken months, group', `${period.replace('01-01', '01-15')}&groupBy=group`, 1);
  await line('knownAt, group', `${period}&groupBy=group&knownAt=2026-01-01T00:00:00Z`, 1);
  const lines = (query: string) => measure(ask(`/api/share/lines?${period}&${query}`), tries);
  say(`a page of lines of a group | ${shown(await lines('groupBy=group&key=group-7'), bare)}`);
}

function shown({ median, slowest, held }: Measured, bare: Measured): string {
  return `${median.toFixed(1)} | ${slowest.toFixed(1)} | ${(median / bare.median).toFixed(1)} | ${held.toFixed(0)}`;
}

function seconds(since: number): string {
  return ((performance.now() - since) / 1000).toFixed(1);
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

for (const lines of sizes.length > 0 ? sizes : [5_000, 100_000, 1_000_000])
  await bench({ lines, agencies: lines < 10_000 ? 60 : 300, months: 36, seed: 1 });
