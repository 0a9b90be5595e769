import { afterAll, expect, test } from '@jest/globals';
import { cleanUp } from './child-process.ts';
import { expectUnharmed } from './hostile-check.ts';

afterAll(cleanUp);

test('2,000 hostile messages get an error or a closed connection, and change nothing', async () => {
  const { faults, tally } = await expectUnharmed(2000);
  expect(faults).toEqual([]);
  // Not one in ten is still right and writes, into the collection that is there for it; enough are read to be refused inside.
  expect(tally.written).toBeLessThan(200);
  expect(tally.refused).toBeGreaterThan(400);
}, 120_000);
