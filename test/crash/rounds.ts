import { setTimeout as delay } from 'node:timers/promises';
import { expect } from '@jest/globals';
import { MongoClient, type Db } from 'mongodb';
import type { Random } from '../../seed/random.ts';
import { kill, startChild, type Child } from '../store/child-process.ts';
import type { Work } from './work.ts';

const LONGEST_ROUND = 10_000;

/**
 * Starts an engine in a process of its own, checks what the round before left, writes, and kills it; the last one is only checked. The moment is
 * a little after a random number of answers to a kind of work, each in its turn: so every kind gets on, however busy the machine is.
 */
export async function killRounds(folder: string, work: Work[], { rounds, random }: { rounds: number; random: Random }) {
  for (let round = 0; round <= rounds; round += 1) {
    const child = startChild(folder);
    const uri = (await child.ready).split(' ')[2] ?? '';
    const client = await MongoClient.connect(uri, { serverSelectionTimeoutMS: 300, maxPoolSize: 100 });
    try {
      if (round > 0) await check(client.db(), work);
      if (round < rounds)
        await writeUntilKilled(client.db(), work, { child, random, turn: work[round % work.length]! });
    } finally {
      await client.close();
      await kill(child);
    }
  }
}

async function writeUntilKilled(
  db: Db,
  work: Work[],
  { child, random, turn }: { child: Child; random: Random; turn: Work },
): Promise<void> {
  for (const { prepare } of work) await prepare?.(db);
  const state = { isKilled: false };
  const writing = work.flatMap(({ writers, step }) =>
    Array.from({ length: writers }, (_, writer) => untilKilled(() => step(db, writer), state)),
  );
  await Promise.race([moment(turn, random), Promise.all(writing)]);
  state.isKilled = true;
  await kill(child);
  await Promise.all(writing);
}

async function moment({ goal, answered }: Work, random: Random): Promise<void> {
  const [enough, latest] = [answered() + random.integer(1, goal), Date.now() + LONGEST_ROUND];
  while (answered() < enough && Date.now() < latest) await delay(2);
  await delay(random.integer(0, 100));
}

async function untilKilled(step: () => Promise<void>, state: { isKilled: boolean }): Promise<void> {
  try {
    while (!state.isKilled) await step();
  } catch (error) {
    // A connection that breaks before the kill, or an answer at any time that is none of these writes', is a fault of the store.
    const { code, matcherResult } = error as { code?: unknown; matcherResult?: unknown };
    if (!state.isKilled || typeof code === 'number' || matcherResult !== undefined) throw error;
  }
}

async function check(db: Db, work: Work[]): Promise<void> {
  for (const { check: checkWork } of work) await checkWork(db);
  for (const { name } of await db.listCollections().toArray())
    expect(await db.command({ validate: name })).toMatchObject({ valid: true, errors: [] });
}
