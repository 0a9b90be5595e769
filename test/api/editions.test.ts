import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { PriorityList, PriorityListInput, Product, Purchase } from '../../schemas/types.d.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { anEdition, aPurchase, aWorld, type World } from '../support/builders.ts';

const lamps = { group: 'led-lamp', obligation: 'mandatory' as const };
const stars = (minLevel: string) => ({ scheme: 'VN-ENERGY-COMPARATIVE', minLevel });

describe('editions of the priority list', () => {
  let app: TestApp;
  let world: World;
  beforeAll(async () => {
    app = await startTestApp();
    world = await aWorld(app);
  });
  afterAll(() => app.close());

  const draft = async (over: Partial<PriorityListInput>) =>
    (await world.operator.post('/api/priority-lists').send(anEdition(over)).expect(201)).body as PriorityList;
  const publish = (code: string, status = 201) =>
    world.publisher.post(`/api/priority-lists/${code}/publication`).expect(status);
  const correct = (code: string, body: object, status = 201) =>
    world.operator.post(`/api/priority-lists/${code}/corrections`).send(body).expect(status);
  const inForce = async (query: string, status = 200) =>
    (await app.anyone.get(`/api/priority-lists/in-force?${query}`).expect(status)).body as PriorityList;

  it('an entry may carry legalBasis, accepts with minLevel and criteria, and a target', async () => {
    const entry = {
      group: 'plastic-packaging',
      obligation: 'preferred' as const,
      legalBasis: 'Điều 146 (thử)',
      accepts: [{ scheme: 'VN-ECOLABEL', criteria: ['NSTVN 01:2023'] }],
      target: { value: '0.5000', by: '2026-12-31' },
    };
    expect((await draft({ code: 'E-ENTRY', entries: [entry] })).entries).toEqual([entry]);
  });

  it.each([
    ['an unknown criterion', { ...lamps, accepts: [{ scheme: 'VN-ECOLABEL', criteria: ['NO 1'] }] }],
    ['a criterion of another scheme', { ...lamps, accepts: [{ scheme: 'EU-ECOLABEL', criteria: ['NSTVN 01:2023'] }] }],
    ['a criterion of another group', { ...lamps, accepts: [{ scheme: 'VN-ECOLABEL', criteria: ['NSTVN 01:2023'] }] }],
  ])('refuses %s and names the place', async (_what, entry) => {
    const { body } = await world.operator
      .post('/api/priority-lists')
      .send(anEdition({ entries: [entry] }))
      .expect(422);
    expect(body).toMatchObject({ errors: [{ pointer: '/entries/0/accepts/0/criteria/0' }] });
  });

  it('two published editions with one effectiveFrom are a 409 at publication', async () => {
    await draft({ code: 'E-ONE', effectiveFrom: '2023-01-01' });
    await draft({ code: 'E-TWO', effectiveFrom: '2023-01-01' });
    await publish('E-ONE');
    expect((await publish('E-TWO', 409)).body).toMatchObject({ code: 'EDITION_DAY_TAKEN' });
    expect((await world.operator.get('/api/priority-lists/E-TWO').expect(200)).body).toMatchObject({ status: 'draft' });
  });

  it('diff shows added, removed and changed entries with what changed; drafts only to operator and auditor', async () => {
    await draft({ code: 'E-NEXT', effectiveFrom: '2023-06-01', entries: [{ ...lamps, accepts: [stars('5')] }] });
    const path = '/api/priority-lists/E-NEXT/diff?with=E-ONE';
    expect((await world.auditor.get(path).expect(200)).body).toMatchObject({
      from: { code: 'E-ONE' },
      to: { code: 'E-NEXT', status: 'draft' },
      added: [{ group: 'led-lamp' }],
      removed: [{ group: 'office-paper' }],
      changed: [],
    });
    await app.anyone.get(path).expect(404);
    const { body } = await app.anyone.get('/api/priority-lists/E-ONE/diff?with=E-NEXT').expect(400);
    expect(body).toMatchObject({ errors: [{ pointer: '/with' }] });
    await app.anyone.get('/api/priority-lists/E-ONE/diff').expect(400);
  });

  it('a draft is not corrected but changed, a correction says something, and is the operator’s', async () => {
    expect((await correct('E-NEXT', { reason: 'x', through: '2023-12-31' }, 409)).body).toMatchObject({
      code: 'NOT_PUBLISHED',
    });
    await correct('E-ONE', { reason: 'x' }, 400);
    await correct('E-ONE', { through: '2023-12-31', document: 'x' }, 400);
    expect((await correct('E-ONE', { reason: 'x', through: '2022-12-31' }, 422)).body).toMatchObject({
      errors: [{ pointer: '/through' }],
    });
    await correct('E-ONE', { reason: 'x', entries: [{ group: 'none', obligation: 'preferred', accepts: [] }] }, 422);
    await correct('NOTHING', { reason: 'x', through: '2023-12-31' }, 404);
    await world.auditor.post('/api/priority-lists/E-ONE/corrections').send({ reason: 'x', document: 'x' }).expect(403);
    expect((await world.operator.get('/api/priority-lists/E-ONE').expect(200)).body).toMatchObject({ revision: 2 });
  });

  it('a correction is append-only and known from its recordedAt; through ends the edition', async () => {
    const before = app.later();
    const known = await inForce(`on=2023-05-01&knownAt=${before}`);
    expect(known).toMatchObject({ code: 'E-ONE', entries: [{ group: 'office-paper' }] });
    const entries = [{ ...lamps, accepts: [stars('4')] }];
    const sent = () =>
      world.operator
        .post('/api/priority-lists/E-ONE/corrections')
        .set('Idempotency-Key', 'once')
        .send({ reason: 'Sai nhóm (thử)', document: 'Đính chính (thử)', entries });
    const first = (await sent().expect(201)).body as PriorityList;
    expect(first).toMatchObject({ entries, corrections: [{ reason: 'Sai nhóm (thử)', recordedAt: app.clock.now() }] });
    expect((await sent().expect(201)).body).toEqual(first);
    const between = app.later();
    await correct('E-ONE', { reason: 'Hết hiệu lực (thử)', through: '2023-05-31' });
    const after = app.later();
    expect(await inForce(`on=2023-05-01&knownAt=${before}`)).toEqual(known);
    expect(await inForce(`on=2023-06-01&knownAt=${between}`)).toMatchObject({ code: 'E-ONE', entries });
    expect(await inForce(`on=2023-05-31&knownAt=${after}`)).toMatchObject({ entries, through: '2023-05-31' });
    await inForce(`on=2023-06-01&knownAt=${after}`, 404);
    expect((await app.anyone.get('/api/priority-lists/E-ONE').expect(200)).body).toMatchObject({
      entries,
      revision: 4,
    });
  });

  it('lines based on or after effectiveFrom are decided again, known from publishedAt, and after a correction from its recordedAt', async () => {
    const lamp: Product = await world.product({ group: 'led-lamp', name: { vi: 'Đèn LED (hư cấu)' } });
    await world.certificate({
      scheme: 'VN-ENERGY-COMPARATIVE',
      level: '4',
      products: [lamp.id],
      issuedOn: '2025-01-15',
    });
    const line = { description: 'Đèn', product: lamp.id, quantity: '1', unit: 'C62', amountNet: '1000' };
    const { id } = (
      await world.officer
        .post('/api/purchases')
        .send(aPurchase({ basisDate: '2026-03-14', lines: [line] }))
        .expect(201)
    ).body as Purchase;
    const read = async () => ((await world.auditor.get(`/api/purchases/${id}`).expect(200)).body as Purchase).lines[0]!;
    expect((await read()).green).toMatchObject({ status: 'notGreen', inScope: false });
    app.later();
    await draft({ code: 'E-LATE', effectiveFrom: '2026-01-01', entries: [{ ...lamps, accepts: [stars('5')] }] });
    const { publishedAt } = (await publish('E-LATE')).body as PriorityList;
    app.later();
    await app.services.settle();
    expect((await read()).green).toMatchObject({
      reasons: ['LEVEL_TOO_LOW', 'REASON_MISSING'],
      inScope: true,
      knownFrom: publishedAt,
    });
    await correct('E-LATE', { reason: 'Mức sai (thử)', entries: [{ ...lamps, accepts: [stars('4')] }] });
    const correctedAt = app.clock.now();
    app.later();
    await app.services.settle();
    expect(await read()).toMatchObject({
      green: { status: 'green', tier: 'B', edition: 'E-LATE', knownFrom: correctedAt },
      earlier: [{ inScope: false }, { reasons: ['LEVEL_TOO_LOW', 'REASON_MISSING'] }],
    });
  });
});
