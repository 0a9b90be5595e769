import { afterAll, expect, test } from '@jest/globals';
import { cleanUp } from '../store/child-process.ts';
import { expectUnharmed } from '../store/hostile-check.ts';

afterAll(cleanUp);

test.each([1, 2, 3])(
  '10,000 hostile messages change nothing: seed %i',
  async (seed) => {
    const { faults, tally } = await expectUnharmed(10_000, seed);
    process.stdout.write(`${JSON.stringify(tally)}\n`);
    expect(faults).toEqual([]);
    expect(tally.written).toBeLessThan(1000);
  },
  300_000,
);
