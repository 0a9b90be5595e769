import { test } from '@jest/globals';
import { expectSameAnswers } from './planner-check.ts';
import { useStore } from './support.ts';

const store = useStore();

test('with indexes, without and by a naive reading, 2,000 random queries have the same answers', async () => {
  const seed = process.env['STORE_SEED'];
  await expectSameAnswers(store, 2000, seed === undefined ? undefined : Number(seed));
}, 600_000);
