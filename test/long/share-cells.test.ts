import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ShareQuery, ShareReport } from '../../schemas/types.d.ts';
import { createRandom } from '../../seed/random.ts';
import { aWorld, type World } from '../support/builders.ts';
import { changeSomething } from '../support/law-writes.ts';
import { naiveShare } from '../support/naive-share.ts';
import { comparable, readRegister } from '../support/read-register.ts';
import { startRemoteApp, type RemoteApp } from '../support/remote-app.ts';
import {
  enterRegister,
  insertPurchases,
  someQuestion,
  writeSomething,
  type Writers,
} from '../support/share-register.ts';

const writes = Number(process.env['XANH_WRITES'] ?? 1000);
const kills = 5;
const rounds = 20;
const questions = 15;

describe('the sums of the share', () => {
  let folder: string;
  let app: RemoteApp;
  let world: World;
  let writers: Writers;
  const random = createRandom(23);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'xanh-cells-'));
    app = await startRemoteApp(folder);
    world = await aWorld(app);
    writers = { world, officers: [], products: [], certificates: [], pass: () => {} };
    await enterRegister(writers);
    for (const agency of ['BENCH-0', 'BENCH-5', 'T-UNIT'])
      writers.officers.push({ agency, caller: await app.as('officer', agency) });
    await app.onStore((connection) => insertPurchases(connection, writers, 600));
  }, 600_000);
  afterAll(async () => {
    await app.end('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  });

  it(`are those of the lines all along ${writes} random writes of every kind and ${kills} kills in the middle of them`, async () => {
    let [compared, green] = [0, 0];
    const verified: string[] = [];
    for (let round = 0; round < rounds; round++) {
      const isKilled = round % Math.floor(rounds / kills) === 1;
      const writing = writeMany(Math.ceil(writes / rounds), isKilled);
      if (isKilled) {
        await delay(random.integer(300, 2500));
        await app.end('SIGKILL');
      }
      await writing;
      if (isKilled) await app.restart();
      const register = await settledRegister();
      for (let at = 0; at < questions; at++) {
        const query = { ...wholeMonths(someQuestion(random)), tiers: random.pick(['A', 'A,B', 'A,B,C']) } as ShareQuery;
        const report = (await world.auditor.get('/api/share').query(query).expect(200)).body as ShareReport;
        const expected = naiveShare(register, { ...query, knownAt: report.cutOff });
        expect([round, query, comparable(report)]).toEqual([round, query, expected]);
        compared += 1;
        if (report.measures.M1.numerator !== '0') green += 1;
      }
      if (isKilled) verified.push(await app.xanh('share', 'verify'));
    }
    expect(verified).toHaveLength(kills);
    expect(verified.filter((said) => !/^\d+ sums agree with the purchases, 0 differ/.test(said))).toEqual([]);
    expect(green).toBeGreaterThan(compared / 4);
    console.log(`${writes} writes, ${kills} kills, ${compared} questions compared`);
  }, 3_600_000);

  /** Some writes one after the other; those that a kill cuts off end it. */
  async function writeMany(count: number, isKilled: boolean): Promise<void> {
    const most = isKilled ? Infinity : count;
    try {
      for (let at = 0; at < most; at++) {
        await (random.chance(0.1) ? changeSomething : writeSomething)(writers, random);
      }
    } catch (error) {
      if (!isKilled || (error as { code?: string }).code === undefined) throw error;
    }
  }

  /** What the register says once every decision that late knowledge asks for is made. */
  async function settledRegister(): ReturnType<typeof readRegister> {
    for (;;) {
      const { body } = await world.auditor.get('/api/share?from=2023-01-01&to=2023-01-01').expect(200);
      if (!(body as ShareReport).pending) return readRegister(world.auditor);
    }
  }
});

/** Whole months are what sums answer. */
function wholeMonths({ from, to, ...query }: Record<string, string>): Record<string, string> {
  const [year, month] = to!.split('-').map(Number) as [number, number];
  const last = new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
  return { ...query, from: `${from!.slice(0, 7)}-01`, to: last };
}
