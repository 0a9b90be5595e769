import { test } from '@jest/globals';
import { expectSameAnswers } from '../store/planner-check.ts';
import { useStore } from '../store/support.ts';

const store = useStore();

test.each(Array.from({ length: 20 }, (_, seed) => seed))(
  'with indexes, without and by a naive reading, 5,000 random queries have the same answers: seed %i',
  (seed) => expectSameAnswers(store, 5000, seed),
  600_000,
);
