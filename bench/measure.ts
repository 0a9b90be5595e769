import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import type { Connection } from 'mongoose';
import { createApp } from '../server/app.ts';
import { composeServices, type Services } from '../server/compose.ts';
import { systemClock } from '../server/core/clock.ts';
import { createLog } from '../server/core/log.ts';
import { apiOf } from '../server/routes.ts';
import { createEmbeddedSearch } from '../server/search/embedded.adapter.ts';
import type { SearchPort } from '../server/search/port.ts';
import { openStore } from '../server/store.ts';
import { loadFirstStart } from '../seed/first-start.ts';

/** Answers of one question beside bare answers of the same moments. */
export interface Measured {
  /** Median and 95th percentile, in medians of the bare answer. */
  p50: number;
  p95: number;
  medianMs: number;
  /** Median processor time of all threads, store and client of the bench included: what a busy machine does not change. */
  cpuMs: number;
  /** The longest that the event loop was held, in ms. */
  held: number;
}

/** What is sent, and how. */
type KeyedCall = Pick<RequestInit, 'method' | 'body'> & { headers?: Record<string, string> };

/** The agency whose officer calls. */
export const benchAgency = 'BCT';

/** A running server with reference data, and how to ask it as an operator. */
export interface Bench {
  services: Services;
  connection: Connection;
  ask(path: string): Promise<void>;
  /** The same as anybody may ask, without a key. */
  askPublicly(path: string): Promise<void>;
  /** A call of an officer of an agency of the reference data; its answer. */
  officer(path: string, call?: KeyedCall): Promise<unknown>;
  /** A call of the operator; its answer. */
  operator(path: string, call?: KeyedCall): Promise<unknown>;
  searchPort: SearchPort;
  /** A bare JSON answer of the same app: no key, no store, no search. */
  bare(): Promise<void>;
}

/** The real app on an embedded store of its own, with what `prepare` puts in before it starts; a `folder` that is named is kept. */
export async function withServer(
  { prepare, folder: kept }: { prepare(parts: Pick<Bench, 'services' | 'connection'>): Promise<void>; folder?: string },
  work: (bench: Bench) => Promise<void>,
): Promise<void> {
  const folder = kept ?? (await mkdtemp(join(tmpdir(), 'xanh-bench-')));
  const store = await openStore({ XANH_DATA: folder });
  const { connection } = store;
  const [clock, log, searchPort] = [systemClock(), createLog('error'), createEmbeddedSearch()];
  const parts = { connection, clock, log, searchPort };
  await loadFirstStart({ ...parts, wantsDemo: false, announce: () => {} });
  const services = await composeServices({ ...parts, writesDemo: false, demo: null });
  await prepare({ services, connection });
  await services.start();
  const server = createApp({ ...apiOf(services, { clock, store: store.kind, isDemo: false }), log }).listen(0);
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const operator = await services.accounts.createKey('operator');
  const officer = await services.accounts.createKey('officer', benchAgency);
  const call = async (
    path: string,
    { headers, ...init }: Omit<RequestInit, 'headers'> & { headers?: Record<string, string> } = {},
  ) => {
    const answer = await fetch(`${url}${path}`, { ...init, headers: { ...headers } });
    if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
    return Buffer.from(await answer.arrayBuffer());
  };
  const keyed =
    (key: string) =>
    async (path: string, { method = 'GET', body = null, headers }: KeyedCall = {}): Promise<unknown> => {
      const sent = { method, body, headers: { ...headers, authorization: `Bearer ${key}` } };
      return JSON.parse((await call(path, sent)).toString());
    };
  await work({
    services,
    connection,
    ask: async (path) => void (await call(path, { headers: { authorization: `Bearer ${operator}` } })),
    officer: keyed(officer),
    operator: keyed(operator),
    searchPort,
    askPublicly: async (path) => void (await call(path)),
    bare: async () => void (await call('/api/me')),
  });
  server.closeAllConnections();
  server.close();
  await services.close();
  await searchPort.close();
  await store.close();
  if (kept === undefined) await rm(folder, { recursive: true });
}

/** Asks a question and a bare one in turn, after some rounds to get warm where it is asked more than once. */
export async function interleaved(
  question: (round: number) => Promise<void>,
  { bare }: Pick<Bench, 'bare'>,
  { rounds, warmUp = Math.min(5, rounds - 1) }: { rounds: number; warmUp?: number },
): Promise<Measured> {
  for (let round = 0; round < warmUp; round++) await question(round);
  const loop = monitorEventLoopDelay({ resolution: 1 });
  const [asked, plain, worked]: [number[], number[], number[]] = [[], [], []];
  loop.enable();
  for (let round = 0; round < rounds; round++) {
    plain.push(await timed(bare));
    const before = process.cpuUsage();
    asked.push(await timed(() => question(round)));
    const { user, system } = process.cpuUsage(before);
    worked.push((user + system) / 1000);
  }
  loop.disable();
  const unit = percentile(plain, 0.5);
  const medianMs = percentile(asked, 0.5);
  return {
    p50: medianMs / unit,
    p95: percentile(asked, 0.95) / unit,
    medianMs,
    cpuMs: percentile(worked, 0.5),
    held: loop.max / 1e6,
  };
}

/** How long bare answers take while something goes on, in ms. */
export async function bareWhile({ bare }: Pick<Bench, 'bare'>, work: Promise<unknown>): Promise<number[]> {
  const state = { isDone: false };
  const done = work.finally(() => (state.isDone = true));
  const taken: number[] = [];
  while (!state.isDone) {
    const since = performance.now();
    await bare();
    taken.push(performance.now() - since);
    await delay(20);
  }
  await done;
  return taken;
}

/** A call that sends JSON. */
export function asJson(body: unknown): { method: string; body: string; headers: Record<string, string> } {
  return { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
}

/** How long some work takes, in ms. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const since = performance.now();
  await work();
  return performance.now() - since;
}

/** The head of the table: ratios are to the median of the bare answers of the same moments. */
export const header =
  '| question | p50 | p95 | median, ms | processor time, ms | longest hold of the loop, ms |\n| --- | --- | --- | --- | --- | --- |';

/** A row of the table. */
export function shown(name: string, { p50, p95, medianMs, cpuMs, held }: Measured): string {
  return `| ${name} | ${p50.toFixed(1)} | ${p95.toFixed(1)} | ${medianMs.toFixed(1)} | ${cpuMs.toFixed(0)} | ${held.toFixed(0)} |`;
}

/** One line of the result. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** The number below which that part of them lies. */
export function percentile(numbers: number[], part: number): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}
