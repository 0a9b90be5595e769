import { afterEach, expect, jest, test } from '@jest/globals';
import { createRandom } from '../../seed/random.ts';
import { cleanUp, newFolder } from '../store/child-process.ts';
import { aBank } from './bank.ts';
import { killRounds } from './rounds.ts';
import { everyWork } from './work.ts';

jest.setTimeout(280_000);
afterEach(cleanUp);

/** Another one in every run; a failure says it. */
const seed = Date.now() % 1_000_000;

test(`keeps every answered write once, and none by half, over twenty kills (seed ${seed})`, async () => {
  const work = everyWork();
  await killRounds(newFolder(), work, { rounds: 20, random: createRandom(seed) });
  const counts = work.map(({ name, answered }) => `${name} ${answered()}`);
  process.stdout.write(`answered: ${counts.join(', ')}\n`);
  expect(work.filter(({ answered }) => answered() < 3).map(({ name }) => name)).toEqual([]);
});

test(`keeps the sum of a bank whose process is killed while 64 writers move amounts (seed ${seed})`, async () => {
  const bank = aBank(createRandom(seed));
  await killRounds(newFolder(), [bank], { rounds: 8, random: createRandom(seed + 1) });
  process.stdout.write(`moved: ${bank.answered()}\n`);
  expect(bank.answered()).toBeGreaterThan(100);
});
