import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createRandom } from '../../seed/random.ts';
import { changeSomething } from '../support/law-writes.ts';
import { someQuestion, startShareRegister, writeSomething, type ShareRegister } from '../support/share-register.ts';

const writes = Number(process.env['XANH_WRITES'] ?? 1000);
const askings = 5;
const days = ['2023-06-15', '2024-07-01', '2025-06-30', '2026-01-10'];

describe('what was known', () => {
  let register: ShareRegister;
  const random = createRandom(31);

  beforeAll(async () => {
    register = await startShareRegister(600);
  }, 600_000);
  afterAll(() => register.app.close());

  it(`is answered byte by byte as before after ${writes} random later writes through every call: share and its lines, labels, validity, edition in force, agencies`, async () => {
    const { app } = register;
    const before = new Map<string, string>();
    for (let asking = 0; asking < askings; asking++) {
      await app.services.settle();
      const knownAt = app.later();
      for (const question of someQuestions(knownAt)) before.set(question, await ask(question));
      for (let at = 0; at < writes / askings; at++)
        await (random.chance(0.2) ? changeSomething : writeSomething)(register, random);
    }
    await app.services.settle();
    app.later();
    for (const [question, answer] of before) expect([question, await ask(question)]).toEqual([question, answer]);
    const shown = [...before.values()].map((answer) => answer.replaceAll(/"(cutOff|knownAt|on)":"[^"]+"/g, ''));
    expect(new Set(shown).size).toBeGreaterThan(askings * 15);
    expect(shown.filter((answer) => answer.includes('"pending"'))).toEqual([]);
  }, 3_600_000);

  async function ask(question: string): Promise<string> {
    const { text } = await register.world.auditor.get(question).expect(200);
    return text;
  }

  /** Questions of every kind that takes `knownAt`. */
  function someQuestions(knownAt: string): string[] {
    const known = (path: string, query: Record<string, string>) =>
      `${path}?${String(new URLSearchParams({ ...query, knownAt }))}`;
    const on = random.pick(days);
    const lines = { from: '2023-01-01', to: '2025-12-31', limit: '50' };
    return [
      ...Array.from({ length: 15 }, () => known('/api/share', someQuestion(random))),
      known('/api/share', { ...someQuestion(random), edition: 'TEST-2' }),
      known('/api/share/lines', { ...lines, groupBy: 'group', key: 'office-paper' }),
      known('/api/share/lines', { ...lines, groupBy: 'agency', key: 'self', agency: 'BENCH-0' }),
      known('/api/share/lines', { ...lines, groupBy: 'scheme', key: 'VN-ECOLABEL', edition: 'TEST-1' }),
      ...register.products.slice(0, 5).map(({ id }) => known(`/api/products/${id}/labels`, { on })),
      ...register.certificates.slice(0, 5).map((id) => known(`/api/certificates/${id}/validity`, { on })),
      known('/api/priority-lists/in-force', { on }),
      ...['BENCH-5', 'BENCH-7', 'T-SUPPLIER'].map((code) => known(`/api/organisations/${code}`, { on })),
    ];
  }
});
