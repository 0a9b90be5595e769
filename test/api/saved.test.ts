import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SavedSearch } from '../../schemas/types.d.ts';
import { startTestApp, type Caller, type TestApp } from '../support/app.ts';
import { aWorld, type World } from '../support/builders.ts';
import { cookiesOf, peopleOf, type TestPeople } from '../support/people.ts';

const paper = { page: 'search', name: 'Giấy in', query: '?q=giay+in&tier=A' } as const;
const named = (name: string) => ({ ...paper, name });

describe('what a person saves', () => {
  let app: TestApp;
  let world: World;
  let people: TestPeople;
  let count = 0;
  beforeAll(async () => {
    app = await startTestApp();
    world = await aWorld(app);
    people = peopleOf(app, world.operator);
  });
  afterAll(() => app.close());

  const email = () => `nguoi-${(count += 1)}@example.vn`;
  const someone = async (more: object = { role: 'officer', org: 'T-UNIT' }): Promise<Caller> =>
    people.browser((await people.aPerson(email(), more)).cookie);
  const listOf = async (caller: Caller) =>
    ((await caller.get('/api/saved').expect(200)).body as { items: SavedSearch[] }).items;
  const keep = async (caller: Caller, items: object[], more: object = {}) =>
    (
      (
        await caller
          .post('/api/saved')
          .send({ items, ...more })
          .expect(201)
      ).body as { items: SavedSearch[] }
    ).items;

  it('is there on every machine on which it signs in, and for whatever it acts', async () => {
    const address = email();
    const first = people.browser((await people.aPerson(address, { role: 'officer', org: 'T-UNIT' })).cookie);
    await people.accept(await people.invite(address, { role: 'supplier', org: 'T-SUPPLIER' }), address).expect(201);
    expect(await listOf(first)).toEqual([]);
    const kept = await keep(first, [paper]);
    expect(kept).toEqual([{ ...paper, id: expect.any(String), keptAt: app.clock.now() }]);
    // Who has two memberships and has chosen none acts for nobody, and is the same person.
    const second = people.browser(cookiesOf(await people.signIn(address).expect(200)));
    expect((await second.get('/api/me').expect(200)).body).toMatchObject({ actor: null });
    expect(await listOf(second)).toEqual(kept);
  });

  it('is renamed, dropped, and comes back to its place', async () => {
    const caller = await someone();
    const kept = await keep(caller, ['A', 'B', 'C'].map(named));
    const [, { id }] = kept as [SavedSearch, SavedSearch, SavedSearch];
    const renamed = await caller.patch(`/api/saved/${id}`).send({ name: ' Bìa ' }).expect(200);
    expect((renamed.body as { items: SavedSearch[] }).items.map(({ name }) => name)).toEqual(['A', 'Bìa', 'C']);
    const taken = await caller.patch(`/api/saved/${id}`).send({ name: 'A' }).expect(409);
    expect(taken.body).toMatchObject({ code: 'SAVED_ALREADY' });
    await caller.patch(`/api/saved/${id}`).send({ name: ' ' }).expect(400);
    await caller.delete(`/api/saved/${id}`).expect(204);
    await caller.delete(`/api/saved/${id}`).expect(404);
    await caller.patch(`/api/saved/${id}`).send({ name: 'Z' }).expect(404);
    expect((await keep(caller, [named('Bìa')], { place: 1 })).map(({ name }) => name)).toEqual(['A', 'Bìa', 'C']);
  });

  it('is taken along once, however often it is sent, and at once from two machines', async () => {
    const caller = await someone();
    const sent = [named('A'), named('A'), named('B'), { ...paper, query: '?q=muc' }];
    await Promise.all([keep(caller, sent), keep(caller, sent), keep(caller, sent)]);
    expect((await listOf(caller)).map(({ name, query }) => name + query)).toEqual([
      `A${paper.query}`,
      `B${paper.query}`,
      'Giấy in?q=muc',
    ]);
  });

  it('was seen up to an instant that only moves on, and never lies ahead', async () => {
    const caller = await someone();
    const [{ id }] = (await keep(caller, [paper])) as [SavedSearch];
    const see = async (until: string) =>
      (
        (
          await caller
            .post('/api/saved/seen')
            .send({ ids: [id, '0'.repeat(24)], until })
            .expect(200)
        ).body as { items: SavedSearch[] }
      ).items[0]!.seenUntil;
    expect(await see('2026-11-01T00:00:00.000Z')).toBe('2026-11-01T00:00:00.000Z');
    expect(await see('2026-10-01T00:00:00.000Z')).toBe('2026-11-01T00:00:00.000Z');
    expect(await see('2099-01-01T00:00:00.000Z')).toBe(app.clock.now());
    const [again] = await keep(caller, [{ ...paper, seenUntil: '2026-02-01T00:00:00.000Z' }]);
    expect(again).toMatchObject({ id, seenUntil: app.clock.now() });
  });

  it('is a hundred at the most; what would be more is refused as a whole and by its name', async () => {
    const caller = await someone();
    await keep(
      caller,
      Array.from({ length: 99 }, (_, at) => named(`Số ${at}`)),
    );
    const refused = await caller
      .post('/api/saved')
      .send({ items: [named('Thêm'), named('Nữa')] })
      .expect(409);
    expect(refused.body).toMatchObject({ code: 'TOO_MANY_SAVED', detail: expect.stringContaining('100') });
    expect(await listOf(caller)).toHaveLength(99);
    expect(await keep(caller, [named('Số 0'), named('Thêm')])).toHaveLength(100);
  });

  it('is read by nobody else: another person, the operator, keys, trial roles and whoever is not signed in', async () => {
    const owner = await someone();
    const [{ id }] = (await keep(owner, [paper])) as [SavedSearch];
    const other = await someone({ role: 'operator' });
    expect(await listOf(other)).toEqual([]);
    await other.patch(`/api/saved/${id}`).send({ name: 'Z' }).expect(404);
    await other.delete(`/api/saved/${id}`).expect(404);
    await other
      .post('/api/saved/seen')
      .send({ ids: [id], until: app.clock.now() })
      .expect(200);
    for (const key of [world.operator, world.auditor, world.officer, world.supplier, world.certifier]) {
      expect((await key.get('/api/saved').expect(403)).body).toMatchObject({ code: 'PEOPLE_ALONE' });
      await key.delete(`/api/saved/${id}`).expect(403);
    }
    await app.anyone.get('/api/saved').expect(401);
    expect(await listOf(owner)).toEqual([{ ...paper, id, keptAt: expect.any(String) }]);
    const documents = await app.connection.collection('savedSearches').find().toArray();
    expect(documents.length).toBeGreaterThan(0);
    for (const { _id } of documents)
      await world.operator.get(`/api/history?kind=savedSearches&id=${String(_id)}`).expect(404);
  });

  it('leads to no other site, and holds no more than a question does', async () => {
    const caller = await someone();
    const bad = ['/evil.example', '//evil.example', 'javascript:alert(1)', '?q=a\n', `?q=${'a'.repeat(4000)}`];
    for (const query of bad)
      await caller
        .post('/api/saved')
        .send({ items: [{ ...paper, query }] })
        .expect(400);
    for (const item of [
      { ...paper, page: 'audit' },
      { ...paper, name: 'a'.repeat(81) },
      { ...paper, person: 'x' },
    ])
      await caller
        .post('/api/saved')
        .send({ items: [item] })
        .expect(400);
    expect(await listOf(caller)).toEqual([]);
  });

  it('is gone with the person, also what it kept while it was erased', async () => {
    const { cookie, membership } = await people.aPerson(email(), { role: 'officer', org: 'T-UNIT' });
    const caller = people.browser(cookie);
    const { person } = membership as { person: string };
    await keep(caller, [paper]);
    const [erased] = await Promise.all([
      world.operator.delete(`/api/people/${person}`),
      ...Array.from({ length: 8 }, (_, at) => caller.post('/api/saved').send({ items: [named(`Số ${at}`)] })),
    ]);
    expect(erased.status).toBe(204);
    expect(await app.connection.collection('savedSearches').countDocuments({ person })).toBe(0);
    await caller.get('/api/saved').expect(401);
  });
});
