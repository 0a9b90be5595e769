import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ShareReport } from '../../schemas/types.d.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { readRegister } from '../support/read-register.ts';
import { compareWithNaive } from '../support/share-questions.ts';

const queries = 300;

describe('the share of the demonstration register', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ demo: true });
  }, 240_000);
  afterAll(() => app.close());

  it(`equals a naive recomputation over the lines for ${queries} random questions, to the dong`, async () => {
    app.later();
    const auditor = await app.as('auditor');
    const register = await readRegister(auditor);
    app.later();
    const report = async (query: object) =>
      (await auditor.get('/api/share').query(query).expect(200)).body as ShareReport;
    expect(await compareWithNaive({ app, register, report }, queries)).toBeGreaterThan(queries / 4);
  }, 600_000);
});
