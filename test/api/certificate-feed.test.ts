import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Certificate, Product } from '../../schemas/types.d.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { aCertificate, aWorld, type World } from '../support/builders.ts';

describe('the feed of certificates that changed', () => {
  let app: TestApp;
  let world: World;
  let paper: Product;
  const post = (body: object) => world.certifier.post('/api/certificates').send(body);
  const event = (id: string, body: object) => world.certifier.post(`/api/certificates/${id}/events`).send(body);

  beforeAll(async () => {
    app = await startTestApp();
    world = await aWorld(app);
    paper = await world.product();
  });
  afterAll(() => app.close());

  it('is followed by an outside system without missing or repeating a record, while eight others write', async () => {
    const since = new Date(Date.parse(app.clock.now()) + 1000).toISOString();
    // Time goes on by itself here: what the feed may show depends on how long a write takes.
    const began = Date.now();
    const ticking = setInterval(() => app.clock.set(new Date(Date.parse(since) + Date.now() - began).toISOString()), 2);
    const written = new Map<string, number>();
    const note = ({ id, revision }: Certificate) => written.set(id, Math.max(revision, written.get(id) ?? 0));
    let finished = Infinity;
    const write = async (writer: number) => {
      for (let turn = 0; turn < 5; turn++) {
        const ids = [...written.keys()];
        const known = ids[(writer * 7 + turn * 3) % Math.max(ids.length, 1)];
        const fields = { places: [{ name: `${writer}.${turn}` }] };
        const sent =
          known === undefined || turn % 2 === 0
            ? post(aCertificate({ products: [paper.id] }))
            : event(known, { type: 'corrected', on: '2026-03-01', reason: 'x', fields });
        note((await sent.expect(201)).body as Certificate);
      }
    };
    const seen: Certificate[] = [];
    const follow = async () => {
      let cursor: string | undefined;
      for (;;) {
        const isLast = Date.parse(app.clock.now()) > finished + 2000;
        const { items, resume, next } = (
          await app.anyone
            .get('/api/certificates')
            .query({ changedSince: since, limit: 3, ...(cursor && { cursor }) })
            .expect(200)
        ).body as {
          items: Certificate[];
          resume: string;
          next: string | null;
        };
        seen.push(...items);
        expect([null, resume]).toContain(next);
        cursor = resume;
        if (items.length === 0 && isLast) return;
        if (next === null) await setTimeout(30);
      }
    };
    const writeAll = async () => {
      await Promise.all(Array.from({ length: 8 }, (_, writer) => write(writer)));
      finished = Date.parse(app.clock.now());
    };
    await Promise.all([writeAll(), follow()]).finally(() => clearInterval(ticking));

    const states = seen.map(({ id, revision }) => `${id}@${revision}`);
    expect(new Set(states).size).toBe(states.length);
    const last = new Map(seen.map(({ id, revision }) => [id, revision]));
    expect(last).toEqual(written);
    expect(seen.map(({ changedAt }) => changedAt)).toEqual(seen.map(({ changedAt }) => changedAt).toSorted());
    expect(seen.length).toBeGreaterThanOrEqual(written.size);
  }, 60_000);

  it('goes on behind the place that it was left at, narrows by the same filters, and knows its own cursors only', async () => {
    const product = await world.product();
    const since = new Date(Date.parse(app.later()) + 1).toISOString();
    const first = await world.certificate({ products: [product.id] });
    const second = await world.certificate({ products: [product.id], scheme: 'EU-ECOLABEL' });
    const feed = async (query: string) =>
      (await app.anyone.get(`/api/certificates?changedSince=${since}&${query}`).expect(200)).body as {
        items: Certificate[];
        total: number;
        resume: string;
      };
    expect((await feed('')).items).toEqual([]);
    app.later();
    expect((await feed('')).items.map(({ id }) => id)).toEqual([first.id, second.id]);
    const { items, total, resume } = await feed('scheme=VN-ECOLABEL&limit=1');
    expect([items.map(({ id }) => id), total]).toEqual([[first.id], 1]);
    expect((await feed(`cursor=${resume}`)).items.map(({ id }) => id)).toEqual([second.id]);
    await event(first.id, { type: 'surrendered', on: '2026-03-01', reason: 'x' }).expect(201);
    app.later();
    expect((await feed(`cursor=${resume}`)).items.map(({ id, revision }) => [id, revision])).toEqual([
      [second.id, 1],
      [first.id, 2],
    ]);
    const leap = 'changedSince=2016-12-31T23:59:60Z';
    for (const query of ['changedSince=yesterday', leap, `changedSince=${since}&cursor=nonsense`])
      await app.anyone.get(`/api/certificates?${query}`).expect(400);
  });
});
