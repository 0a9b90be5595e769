import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Certificate, FindResult, Product, ProductLabel } from '../../schemas/types.d.ts';
import schemes from '../../seed/data/schemes.json' with { type: 'json' };
import { startTestApp, type TestApp } from '../support/app.ts';
import { aWorld, type World } from '../support/builders.ts';

/** A generator of numbers below one that is the same in every run. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const folded = (code: string) => code.toUpperCase().replace(/[^A-Z0-9]/g, '');

describe('GET /api/find', () => {
  let app: TestApp;
  let world: World;
  const products: { product: Product; labels: ProductLabel[] }[] = [];
  let certificates: Certificate[] = [];
  /** Every code that is printed on a product with a valid label, said a second time. */
  const covered = new Set<string>();
  const known = new Set<string>();
  const find = (q: string) => app.services.finder.find({ q }, 'vi');
  const reasonFor = async (q: string) => (await find(q)).absence?.reason;

  beforeAll(async () => {
    app = await startTestApp({ demo: true });
    world = await aWorld(app);
    const all = await app.services.catalogue.ofGroups(
      (await app.services.reference.groups.all()).map(({ code }) => code),
    );
    const moment = { on: app.clock.today(), knownAt: app.clock.now() };
    const labels = await app.services.certificates.labels(
      all.map(({ id }) => id),
      moment,
    );
    for (const product of all) {
      const own = labels(product);
      products.push({ product, labels: own });
      for (const code of [product.model, ...product.aliases, product.gtin].filter((one) => one !== undefined)) {
        known.add(folded(code));
        if (own.some(({ valid }) => valid)) covered.add(folded(code));
      }
    }
    certificates = (await app.services.certificates.page({ limit: 100 })).items;
    for (const { number } of certificates) known.add(folded(number));
  }, 300_000);
  afterAll(() => app.close());

  it('never says covered of 300 codes that are nearly one that is, and always of the code itself', async () => {
    const random = randomFrom(7);
    const pick = (below: number) => Math.floor(random() * below);
    const ways: ((model: string, at: number) => string)[] = [
      (model) => `${model}S`,
      (model) => model.slice(0, -1),
      (model, at) => model.slice(0, at) + model.slice(at + 1),
      (model, at) => model.slice(0, at) + (model[at + 1] ?? '') + (model[at] ?? '') + model.slice(at + 2),
      (model, at) => `${model.slice(0, at)}${pick(10)}${model.slice(at + 1)}`,
      (model) => `${model}-2`,
      (model) => model.replaceAll('-', ' ').toLowerCase(),
      (model) => `${model} inverter`,
    ];
    const models = products.flatMap(({ product: { model } }) => model ?? []);
    const wrong: string[] = [];
    let isOne = 0;
    for (let probe = 0; probe < 300; probe++) {
      const model = models[pick(models.length)]!;
      const q = ways[probe % ways.length]!(model, pick(model.length - 1));
      const answer = await find(q);
      const isTrue = covered.has(folded(q));
      if (answer.covered !== isTrue || answer.answers.some((one) => one.covered && one.match !== 'exact'))
        wrong.push(`${q} of ${model}: ${answer.covered}`);
      if (isTrue) isOne += 1;
    }
    expect(wrong).toEqual([]);
    expect(isOne).toBeGreaterThan(10);
    expect(isOne).toBeLessThan(150);
  }, 60_000);

  it('says of 200 that no label covers the right reason, each with a next step', async () => {
    const random = randomFrom(11);
    const digits = (count: number) => Array.from({ length: count }, () => Math.floor(random() * 10)).join('');
    const supplier = world.supplier;
    const waiting = await supplier
      .post('/api/products')
      .send({
        kind: 'good',
        name: { vi: 'Giấy chờ duyệt' },
        group: 'office-paper',
        supplier: (await world.product()).supplier,
        model: 'QWX-5511',
      })
      .expect(201);
    const alone = products.filter(({ labels, product }) => labels.length === 1 && product.model);
    const isRevoked = ({ events }: ProductLabel) => events.some(({ type }) => type.startsWith('revoked'));
    const byLabel = alone.flatMap(({ product, labels: [label] }): [string, string][] => {
      if (!label || label.valid) return [];
      const other = label.reason === 'ENDED' ? 'LISTED_UNTIL' : 'NOT_IN_FORCE';
      return [[product.model!, isRevoked(label) ? 'REVOKED' : other]];
    });
    const never = products
      .filter(({ labels, product }) => labels.length === 0 && product.model && product.listing === 'accepted')
      .map(({ product }) => [product.model!, 'NEVER_LISTED'] as const);
    const near = products
      .filter(({ product: { model } }) => model && folded(model).length > 6)
      .map(({ product: { model } }) => `${model!}9`)
      .filter((code) => !known.has(folded(code)))
      .map((code) => [code, 'NEAR_MISSES'] as const);
    const gtins = Array.from({ length: 30 }, () => [wrongGtin(digits(12)), 'TYPING_ERROR'] as const);
    const silent = schemes
      .filter(({ basis }) => basis === 'equivalent-buyer-decides')
      .map(({ code, name }) => [`${name.en} ${digits(5)}`, code] as const);
    const foreign: [string, string][] = [];
    for (const [q, scheme] of silent)
      if ((await app.services.certificates.page({ scheme, limit: 1 })).total === 0)
        foreign.push([q, 'ISSUER_DOES_NOT_REPORT']);
    const nowhere = Array.from({ length: 90 }, () => [`ZQJ${digits(3)}XW${digits(2)}`, 'NOT_ON_ANY_LIST'] as const);
    const probes: (readonly [string, string])[] = [
      [String((waiting.body as Product).model), 'WITHHELD'] as const,
      ...byLabel.slice(0, 40),
      ...never.slice(0, 40),
      ...near.slice(0, 70),
      ...gtins,
      ...foreign.slice(0, 20),
      ...nowhere,
    ];
    expect(new Set(probes.map(([, reason]) => reason)).size).toBeGreaterThanOrEqual(8);
    expect(probes.length).toBeGreaterThanOrEqual(200);
    const wrong: string[] = [];
    for (const [q, reason] of probes) {
      const { absence, covered: isCovered } = await find(q);
      const isRight = !isCovered && absence?.reason === reason && absence.next.text !== '' && absence.next.path !== '';
      if (!isRight) wrong.push(`${q}: ${absence?.reason}, not ${reason}`);
    }
    expect(wrong).toEqual([]);
  }, 60_000);

  it('finds a certificate by its number in any spelling and by the address in its QR code, as a variant never', async () => {
    const product = await world.product({ model: 'FTKA35' });
    const { id, number } = await world.certificate({ products: [product.id], number: '77/QĐ-TÌM' });
    for (const q of [
      number,
      '77/qd tim',
      ' 77QDTIM',
      'Số: 77/QĐ-TÌM',
      'Giấy chứng nhận số 77/QĐ-TÌM',
      'GCN 77/QĐ-TÌM',
      'Certificate No. 77/QĐ-TÌM',
      `https://xanh.example/certificates/${id}/extract`,
    ]) {
      const { answers, covered: isCovered } = await find(q);
      expect([isCovered, answers[0]]).toMatchObject([true, { kind: 'certificate', id, match: 'exact', covered: true }]);
    }
    expect((await find('ftka 35')).answers[0]).toMatchObject({ match: 'exact', covered: true, certificates: [id] });
    const other = (await app.anyone.get('/api/find').query({ q: 'FTKA35S' }).set('Accept-Language', 'en').expect(200))
      .body as FindResult;
    expect(other).toMatchObject({ covered: false, absence: { reason: 'NEAR_MISSES' } });
    expect(other.answers[0]).toMatchObject({
      match: 'variant',
      reason: 'Certificate 77/QĐ-TÌM covers FTKA35; FTKA35S is not listed.',
    });
    await world.certifier
      .post(`/api/certificates/${id}/events`)
      .send({ type: 'revoked', on: '2026-11-01', reason: 'x' })
      .expect(201);
    expect(await reasonFor('FTKA35')).toBe('REVOKED');
    expect((await app.services.finder.find({ q: 'FTKA35', on: '2026-10-31' }, 'vi')).covered).toBe(true);
  });

  it('gives a certificate whose number has a nought where a letter O was typed as a near answer with its reason, never as covered', async () => {
    const product = await world.product({ model: 'ZNO-10' });
    const { id, number } = await world.certificate({ products: [product.id], number: '100/QĐ-KHÔNG' });
    const short = await world.certificate({ products: [product.id], number: '0/90' });
    for (const q of ['1O0/QĐ-KHÔNG', '10o/qd khong', '1OO/QĐ-KHÔNG', 'Số: 1OO/QĐ-KHÔNG'])
      expect([q, await find(q)]).toMatchObject([
        q,
        {
          covered: false,
          absence: { reason: 'NEAR_MISSES' },
          answers: [
            {
              kind: 'certificate',
              id,
              match: 'near',
              covered: false,
              reason: `Số ${number} có số 0 ở chỗ đã gõ chữ O.`,
            },
          ],
        },
      ]);
    expect((await find('O/9O')).answers).toMatchObject([{ id: short.id, match: 'near', covered: false }]);
    expect((await app.services.finder.find({ q: '1OO/QĐ-KHÔNG' }, 'en')).answers[0]?.reason).toBe(
      `Number ${number} has a nought where a letter O was typed.`,
    );
    const lettered = await world.certificate({ products: [product.id], number: '1O0/QĐ-KHÔNG' });
    expect(await find('1O0/QĐ-KHÔNG')).toMatchObject({
      covered: true,
      answers: [
        { id: lettered.id, match: 'exact', covered: true },
        { id, match: 'near', covered: false },
      ],
    });
  });

  it('finds a model with its brand and the words that stand before it, and of another brand never', async () => {
    const product = await world.product({ brand: 'Hư Cấu Lạnh', model: 'ZKA-77', gtin: '8934567890120' });
    const { id } = await world.certificate({ products: [product.id], number: '78/2026' });
    for (const q of ['Hư Cấu Lạnh ZKA-77', 'ZKA77 hu cau lanh', 'Model: ZKA-77', 'Mã số ZKA 77', 'GTIN 8934567890120'])
      expect([q, await find(q)]).toMatchObject([q, { covered: true, answers: [{ id: product.id, match: 'exact' }] }]);
    const wordy = await world.product({ brand: 'Hư Cấu Lạnh', model: 'ZKB-NEO' });
    await world.certificate({ products: [wordy.id], number: '80/2026' });
    expect((await find('hư cấu lạnh ZKB NEO')).answers[0]).toMatchObject({
      id: wordy.id,
      match: 'exact',
      covered: true,
    });
    for (const q of ['(01)08934567890120', '08934567890120', 'https://id.gs1.org/01/08934567890120?10=ABC'])
      expect([q, (await find(q)).answers[0]]).toMatchObject([q, { certificates: [id], match: 'exact' }]);
    for (const q of ['Hư Cấu Nóng ZKA-77', 'ZKA-77 inverter', 'Hư Cấu Lạnh ZKA-77S'])
      expect([q, await find(q)]).toMatchObject([
        q,
        { covered: false, answers: [{ id: product.id, match: 'variant', covered: false }] },
      ]);
  });

  it('says of a product that is offered no more, in a search, since when', async () => {
    const product = await world.product({ model: 'GONE-4411' });
    await world.certificate({ products: [product.id], number: '79/2026' });
    const body = { on: '2026-11-10', reason: 'Ngừng sản xuất' };
    await world.operator.post(`/api/products/${product.id}/withdrawal`).send(body).expect(201);
    const ask = async (on: string) => (await app.services.finder.absence({ q: 'gone 4411', on }, 'vi'))?.reason;
    expect(await ask('2026-11-10')).toBe('LISTED_UNTIL');
    expect(await ask('2026-11-09')).toBeUndefined();
    expect((await find('GONE-4411')).covered).toBe(true);
  });
});

/** Thirteen digits of which the last is not the check digit. */
function wrongGtin(twelve: string): string {
  const sum = Array.from(twelve).reduce((total, digit, at) => total + Number(digit) * (at % 2 === 0 ? 1 : 3), 0);
  return `${twelve}${(11 - (sum % 10)) % 10}`;
}
