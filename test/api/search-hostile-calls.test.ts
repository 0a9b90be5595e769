import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SearchLevels, SearchNews, SearchResult } from '../../schemas/types.d.ts';
import { startTestApp, type Caller, type TestApp } from '../support/app.ts';
import { conditions, decodable, noise, slowest, values } from '../support/hostile-input.ts';

const paper = 'gi%E1%BA%A5y+in';
const long = 'x'.repeat(10_000);
const beginning = '2000-01-01T00:00:00.000Z';
const lone = '\ud800giấy\udfff';

/** The calls around a search: lists, what is new, levels, reasons, and needs with those who follow them. */
describe('hostile input beside the words', () => {
  let app: TestApp;
  let supplier: Caller;
  beforeAll(async () => {
    app = await startTestApp({ demo: true });
    supplier = await app.as('supplier', 'DEMO-NCC-08');
  }, 300_000);
  afterAll(() => app.close());

  interface Answer {
    status: number;
    body: unknown;
  }

  /** Never a failure, never slow; what is refused is a problem. */
  async function timed(what: string, call: () => PromiseLike<{ status: number; body: unknown; type: string }>) {
    const before = process.cpuUsage();
    const { status, body, type } = await call();
    const { user, system } = process.cpuUsage(before);
    const isRight = status < 300 || (status < 500 && type === 'application/problem+json');
    expect([what.slice(0, 200), status, { isRight, isInTime: user + system < slowest }]).toEqual([
      what.slice(0, 200),
      expect.any(Number),
      { isRight: true, isInTime: true },
    ]);
    return { status, body };
  }
  const ask = (path: string): Promise<Answer> => timed(path, () => app.anyone.get(path));
  const search = async (query: string): Promise<SearchResult> => {
    const { status, body } = await ask(`/api/products?${query}`);
    expect([query, status]).toEqual([query, 200]);
    return body as SearchResult;
  };
  const news = (body: unknown): Promise<Answer> =>
    timed(JSON.stringify(body), () => app.anyone.post('/api/products/news').send(body as object));
  const countOf = async (asked: object, since: string = beginning): Promise<number> => {
    const { status, body } = await news({ searches: [{ asked, since }] });
    expect([asked, status]).toEqual([asked, 200]);
    return (body as SearchNews).counts[0]!;
  };

  it('in ids is the id of nothing, alone and beside one that is', async () => {
    const { items } = await search('limit=2');
    const [one] = items;
    for (const value of values) {
      expect([value, (await search(`ids=${value}`)).total]).toEqual([value, 0]);
      const beside = await search(`ids=${value},${one!.id}`);
      expect([value, beside.items.map(({ id }) => id)]).toEqual([value, [one!.id]]);
    }
    const most = Array.from({ length: 100 }, (_, at) => (at === 7 ? one!.id : String(at).padStart(24, '0')));
    expect((await search(`ids=${most.join(',')}`)).total).toBe(1);
    expect((await ask(`/api/products?ids=${long}`)).status).toBe(400);
  });

  it('in changedSince is refused, and at the ends of time answered', async () => {
    for (const value of values) expect((await ask(`/api/products?changedSince=${value}`)).status).toBe(400);
    const all = (await search('limit=1')).total;
    for (const [instant, total] of [
      ['0001-01-01T00:00:00Z', all],
      ['9999-12-31T23:59:59.999Z', 0],
      ['1969-12-31T23:59:59-23:59', all],
    ] as const)
      expect((await search(`limit=1&changedSince=${encodeURIComponent(instant)}`)).total).toBe(total);
  });

  it.each(noise)('in words changes no highlight, no reason and no level: %s', async (_what, sent) => {
    const asked = 'highlight=true&why=true&limit=5&group=office-paper';
    const ends = /\s$/u.test(decodable(sent)) ? '+' : '';
    const plain = await search(`q=${paper}${ends}&${asked}`);
    const hits = ({ items }: SearchResult) => items.map(({ id, highlights, why }) => ({ id, highlights, why }));
    expect(hits(plain).every(({ why }) => (why ?? []).length > 0)).toBe(true);
    expect(hits(await search(`q=${sent}${paper.replace('+', `${sent}+${sent}`)}${sent}&${asked}`))).toEqual(
      hits(plain),
    );
    const levels = async (q: string) => (await ask(`/api/products/levels?q=${q}`)).body as SearchLevels;
    expect(await levels(`${sent}may+lanh${sent}+`)).toEqual(await levels('may+lanh+'));
  });

  it.each(['why', 'highlight'])('is refused as a value of %s', async (parameter) => {
    for (const value of values) expect((await ask(`/api/products?q=a&${parameter}=${value}`)).status).toBe(400);
  });

  it('in a search that is kept is counted as in the search itself, and is no condition', async () => {
    const whole = await countOf({ q: 'giấy in ' });
    expect(whole).toBeGreaterThan(5);
    for (const [, sent] of noise) {
      const text = decodable(sent);
      expect([text, await countOf({ q: `${text}giấy ${text}in ` })]).toEqual([text, whole]);
    }
    expect(await countOf({ q: lone })).toBeGreaterThan(0);
    for (const condition of conditions)
      for (const parameter of ['group', 'family', 'scheme', 'level', 'supplier', 'ids'])
        expect([parameter, condition, await countOf({ [parameter]: condition })]).toEqual([parameter, condition, 0]);
    for (const condition of conditions) {
      const one = { asked: { tier: condition }, since: beginning };
      expect((await news({ searches: [one] })).status).toBe(400);
      expect((await news({ searches: [{ asked: {}, since: condition }] })).status).toBe(400);
      expect((await news({ searches: [{ asked: { attr: { [condition]: '1' } }, since: beginning }] })).status).toBe(
        400,
      );
      expect((await news({ searches: [{ asked: { attr: { grammage: condition } }, since: beginning }] })).status).toBe(
        400,
      );
    }
  });

  it('as the body of what is new is refused, whatever its shape', async () => {
    const one = { asked: { q: 'giấy' }, since: beginning };
    const deep = JSON.parse(`${'['.repeat(2000)}${']'.repeat(2000)}`) as object;
    for (const body of [
      {},
      [],
      { searches: [] },
      { searches: one },
      { searches: Array.from({ length: 21 }, () => one) },
      { searches: [{ ...one, asked: { q: long } }] },
      { searches: [{ ...one, asked: { q: ['giấy'] } }] },
      { searches: [{ ...one, asked: { q: { $ne: null } } }] },
      { searches: [{ ...one, asked: { q: 1 } }] },
      { searches: [{ ...one, asked: { group: { $gt: '' } } }] },
      { searches: [{ ...one, asked: { page: 2 } }] },
      { searches: [{ ...one, asked: { $where: 'true' } }] },
      { searches: [{ ...one, $or: [] }] },
      { searches: [null] },
      { searches: deep },
    ])
      expect([JSON.stringify(body).slice(0, 80), (await news(body)).status]).toEqual([expect.any(String), 400]);
    for (const text of ['{', '"', 'null', '{"searches":[{"asked":{"__proto__":{"q":"a"}}}]}', '\u0000', '[[[['])
      expect([text, (await raw(text)).status]).toEqual([text, 400]);
    expect((await news({ searches: Array.from({ length: 20 }, () => one) })).status).toBe(200);
  });

  const raw = (text: string): Promise<Answer> =>
    timed(text, () => app.anyone.post('/api/products/news').set('Content-Type', 'application/json').send(text));

  it.each(['group', 'province'])('in needs is refused as a value of %s', async (parameter) => {
    for (const value of values) expect((await ask(`/api/needs?${parameter}=${value}`)).status).toBe(400);
    expect((await ask(`/api/needs?${parameter}=${long}`)).status).toBe(400);
  });

  it('as a group to follow is none, and nothing is followed by it', async () => {
    const path = '/api/needs/follows';
    const sent = values.filter((value) => !/^(?:%2E|\.)*$/i.test(value) && !value.includes('%%'));
    for (const value of sent) {
      const where = `${path}/${value.replaceAll('/', '%2F').replaceAll('?', '%3F').replaceAll('#', '%23')}`;
      expect([value, (await timed(where, () => supplier.put(where))).status]).toEqual([value, expect.any(Number)]);
      await timed(where, () => supplier.delete(where));
      expect((await timed(where, () => app.anyone.put(where))).status).toBeGreaterThanOrEqual(400);
    }
    const { body } = await timed(path, () => supplier.get(path));
    expect(body).toMatchObject({ items: [] });
  });
});
