import { expect, it } from '@jest/globals';
import { rowSheet } from '../../server/purchases/import-report.service.ts';

type Job = Parameters<typeof rowSheet>[1];

it.each([
  [{ id: 'i1' }, 'import-i1'],
  [{ id: 'i1', demo: true }, 'import-i1-demo'],
])('the table of the rows of %j says in its name where they are fictional', (job, name) => {
  const parts = {} as Parameters<typeof rowSheet>[0];
  expect(rowSheet(parts, job as Job, undefined).name).toBe(name);
});
