import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Actor } from '../../server/core/route.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { aPurchase, aWorld } from '../support/builders.ts';

const officer: Actor = { id: 'bulk', role: 'officer', org: 'T-UNIT' };
const once = (key: string) => ({ key, digest: 'bulk' });
const record = { preview: false };

describe('many purchases at once', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
    await aWorld(app);
  });
  afterAll(() => app.close());

  it('are recorded each by itself, and each that breaks a rule says why in its place', async () => {
    const { purchases } = app.services;
    const good = aPurchase();
    const outcomes = await purchases.createMany(
      [
        { actor: officer, input: good },
        { actor: officer, input: aPurchase({ basisDate: '2031-01-01' }) },
        { actor: officer, input: aPurchase({ agency: 'T-OTHER' }) },
        { actor: officer, input: aPurchase({ agency: 'T-NOWHERE' }) },
        { actor: officer, input: aPurchase({ supplier: { code: 'T-NOBODY' } }) },
        { actor: officer, input: good },
        { actor: officer, input: aPurchase() },
      ],
      record,
    );
    const said = outcomes.map((outcome) =>
      'problem' in outcome
        ? [outcome.problem.code, ...outcome.problem.faults.map(({ pointer }) => pointer)]
        : outcome.isNew,
    );
    expect(said).toEqual([
      true,
      ['RULE_BROKEN', '/basisDate'],
      ['OTHER_ORGANISATION'],
      ['RULE_BROKEN', '/agency'],
      ['RULE_BROKEN', '/supplier/code'],
      ['PURCHASE_EXISTS'],
      true,
    ]);
    const [first, , , , , second] = outcomes;
    if (!('purchase' in first!) || !('problem' in second!)) throw new Error('a purchase and its repetition');
    expect(second.problem.params).toEqual({ id: first.purchase.id });
    expect(await purchases.get(officer, first.purchase.id)).toMatchObject({ reference: good.reference, revision: 1 });
  });

  it('sent again under the same keys are the same purchases, and nothing is added', async () => {
    const { purchases } = app.services;
    const entries = Array.from({ length: 450 }, (_, index) => ({
      actor: officer,
      input: aPurchase(),
      idempotency: once(`bulk-${index}`),
    }));
    const [first, second] = [await purchases.createMany(entries, record), await purchases.createMany(entries, record)];
    const ids = (outcomes: typeof first) => outcomes.map((outcome) => 'purchase' in outcome && outcome.purchase.id);
    expect(new Set(ids(first)).size).toBe(450);
    expect(ids(second)).toEqual(ids(first));
    expect(second.every((outcome) => 'purchase' in outcome && !outcome.isNew)).toBe(true);
  });

  it('are decided the same by a preview, which writes nothing', async () => {
    const { purchases } = app.services;
    const entries = [{ actor: officer, input: aPurchase(), idempotency: once('previewed') }];
    const before = await purchases.page(officer, { limit: 1 });
    const [preview] = await purchases.createMany(entries, { preview: true });
    expect(preview).toMatchObject({
      isNew: true,
      purchase: { preview: true, lines: [{ green: { status: 'unknown' } }] },
    });
    expect((await purchases.page(officer, { limit: 1 })).total).toBe(before.total);
  });
});
