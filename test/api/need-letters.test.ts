import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Letter, NeedMap } from '../../schemas/types.d.ts';
import { createNeedLetters } from '../../server/needs/letters.service.ts';
import { openNeedStore } from '../../server/needs/store.adapter.ts';
import { startTestApp, type Caller, type TestApp } from '../support/app.ts';
import { anEdition, anOrganisation, aWorld, type World } from '../support/builders.ts';
import { peopleOf } from '../support/people.ts';

const address = 'nha.cung.cap@example.vn';

describe('letters on followed needs', () => {
  let app: TestApp;
  let world: World;
  let supplier: Caller;
  const officers: Caller[] = [];
  const settle = () => app.services.settle();
  const letters = async () => {
    await settle();
    const { body } = await world.operator.get('/api/outbox?limit=100').expect(200);
    return (body as { items: Letter[] }).items.filter(({ to, text }) => to === address && text.includes('/needs\n'));
  };
  const follow = (group: string) => supplier.put(`/api/needs/follows/${group}`).expect(200);
  const missedBy = async (group: string) => {
    for (const officer of officers) await officer.get(`/api/products?group=${group}&q=qqzzxx`).expect(200);
  };
  const records = () => app.connection.collection<{ _id: string; unsentSince?: string }>('needLetters');

  beforeAll(async () => {
    app = await startTestApp();
    world = await aWorld(app);
    const people = peopleOf(app, world.operator);
    supplier = people.browser((await people.aPerson(address, { role: 'supplier', org: 'T-SUPPLIER' })).cookie);
    const entry = { obligation: 'mandatory' as const, accepts: [{ scheme: 'VN-ECOLABEL' }] };
    const edition = anEdition({
      code: 'LETTERS',
      entries: [
        { group: 'office-paper', ...entry },
        { group: 'laundry-detergent', ...entry },
      ],
    });
    await world.operator.post('/api/priority-lists').send(edition).expect(201);
    await world.publisher.post('/api/priority-lists/LETTERS/publication').expect(201);
    for (const code of ['N-1', 'N-2', 'N-3', 'N-4', 'N-5']) {
      await world.operator
        .post('/api/organisations')
        .send(anOrganisation({ code, kind: 'agency' }))
        .expect(201);
      officers.push(await app.as('officer', code));
    }
  });
  afterAll(() => app.close());

  it('come when what is told has grown: one for all that is followed, and not before the month is over', async () => {
    await follow('office-paper');
    await follow('laundry-detergent');
    await missedBy('office-paper');
    await missedBy('laundry-detergent');
    expect(await letters()).toEqual([]);
    app.clock.set('2026-12-02T03:00:00.000Z');
    await settle();
    const [letter, ...more] = await letters();
    expect(more).toEqual([]);
    expect(letter?.text.match(/tăng từ 0 lên 5/g)).toHaveLength(2);
    expect(JSON.stringify(await records().find().toArray())).not.toContain('@');
    expect((await records().findOne({ _id: 'T-SUPPLIER' }))?.unsentSince).toBeUndefined();
  });

  it('are one a day at the most: what changes on the same day is told on the next', async () => {
    const product = await world.product();
    await world.certificate({ products: [product.id] });
    await settle();
    const { items } = (await app.anyone.get('/api/needs').expect(200)).body as NeedMap;
    expect(items.some(({ accepted }) => accepted > 0)).toBe(true);
    expect(await letters()).toHaveLength(1);
    app.clock.set('2026-12-03T03:00:00.000Z');
    const [last] = await letters();
    expect(await letters()).toHaveLength(2);
    expect(last?.text).toContain('nay có 1 sản phẩm mang nhãn mà danh mục chấp nhận');
    expect(last?.text).not.toContain('tăng từ');
  });

  it('do not tell what was looked at, and end with the following', async () => {
    await missedBy('laundry-detergent');
    await missedBy('office-paper');
    app.clock.set('2027-01-02T03:00:00.000Z');
    await follow('laundry-detergent');
    await supplier.delete('/api/needs/follows/office-paper').expect(204);
    expect(await letters()).toHaveLength(2);
  });

  describe('where a server dies, or there are two', () => {
    const delivered: string[] = [];
    let isDown = false;
    const aServer = async () => {
      const store = await openNeedStore(app.connection);
      return createNeedLetters({
        store,
        needs: app.services.needs,
        groups: app.services.reference.groups.all,
        clock: app.clock,
        post: {
          address: 'http://xanh.example',
          addressesOf: async (org) => (org === 'T-SHOP' ? [address] : []),
          async deliver(to) {
            if (isDown) throw new Error('died');
            delivered.push(to);
          },
        },
      });
    };

    it('are written by one of them, and sent once more a minute after it died', async () => {
      // A key follows for its organisation, which has nobody to write to but what this test says.
      const shop = await app.as('supplier', 'T-SHOP');
      await shop.put('/api/needs/follows/laundry-detergent').expect(200);
      await app.connection
        .collection('needFollows')
        .updateOne({ org: 'T-SHOP' }, { $set: { 'seen.asks': 1, seenAt: '2026-11-01T00:00:00.000Z' } });
      await settle();
      expect(await records().findOne({ _id: 'T-SHOP' })).toBeNull();
      const [one, other] = [await aServer(), await aServer()];
      isDown = true;
      await expect(one.pass()).rejects.toThrow('died');
      expect((await records().findOne({ _id: 'T-SHOP' }))?.unsentSince).toBe(app.clock.now());
      isDown = false;
      expect(await other.pass()).toBe(0);
      app.later(120);
      await Promise.all([one.pass(), other.pass()]);
      expect(delivered).toEqual([address]);
      expect((await records().findOne({ _id: 'T-SHOP' }))?.unsentSince).toBeUndefined();
      expect(await other.pass()).toBe(0);

      await records().deleteOne({ _id: 'T-SHOP' });
      await Promise.all([one.pass(), other.pass()]);
      expect(delivered).toHaveLength(2);

      // One that was never sent tells nothing any more where its reader has looked meanwhile.
      await records().deleteOne({ _id: 'T-SHOP' });
      isDown = true;
      await expect(one.pass()).rejects.toThrow('died');
      isDown = false;
      app.later(120);
      await shop.put('/api/needs/follows/laundry-detergent').expect(200);
      await one.pass();
      expect(delivered).toHaveLength(2);
      expect((await records().findOne({ _id: 'T-SHOP' }))?.unsentSince).toBeUndefined();
    });
  });
});
