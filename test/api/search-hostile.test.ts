import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ProblemDetails, SearchResult } from '../../schemas/types.d.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { decodable, noise, slowest, together, values } from '../support/hostile-input.ts';

describe('hostile input', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ demo: true });
  }, 300_000);
  afterAll(() => app.close());

  /** The answer to an address as it stands: never a failure, never slow, and where refused, a problem that names a place. */
  async function ask(path: string): Promise<{ status: number; body: unknown; pointer: string }> {
    const before = process.cpuUsage();
    const { status, body, type } = await app.anyone.get(path);
    const { user, system } = process.cpuUsage(before);
    const pointer = (body as ProblemDetails).errors?.[0]?.pointer ?? '';
    const isRefused = status === 400 && type === 'application/problem+json' && /^\/./.test(pointer);
    const isInTime = user + system < slowest;
    expect([path.slice(0, 200), status, { isInTime, isRight: status === 200 || isRefused }]).toEqual([
      path.slice(0, 200),
      expect.any(Number),
      { isInTime: true, isRight: true },
    ]);
    return { status, body, pointer };
  }
  async function found(query: string): Promise<SearchResult> {
    const { status, body } = await ask(`/api/products?${query}`);
    expect([query, status]).toEqual([query, 200]);
    return body as SearchResult;
  }
  const idsOf = ({ items, total, facets }: SearchResult) => ({ ids: items.map(({ id }) => id), total, facets });

  const plainAnswers = new Map<string, ReturnType<typeof idsOf>>();
  /** Each harmless question is asked once. */
  async function plainly(query: string): Promise<ReturnType<typeof idsOf>> {
    const plain = plainAnswers.get(query) ?? idsOf(await found(query));
    plainAnswers.set(query, plain);
    return plain;
  }

  it.each(noise)('around and between words is nothing that was said: %s', async (_what, sent) => {
    const ends = /\s$/u.test(decodable(sent));
    const facets = 'group=office-paper&facets=kind,group,scheme&limit=50';
    const plain = await plainly(`q=gi%E1%BA%A5y+in${ends ? '+' : ''}&${facets}`);
    expect(plain.total).toBeGreaterThan(5);
    expect(idsOf(await found(`q=${sent}gi%E1%BA%A5y${sent}+${sent}in${sent}&${facets}`))).toEqual(plain);
    // By itself it is no word, so nothing has it; and it never means everything.
    const isBlank = decodable(sent).trim() === '';
    expect(isBlank || (await found(`q=${sent}&limit=1`)).total === 0).toBe(true);
    await ask(`/api/suggest?q=${sent}gi%E1%BA%A5y${sent}`);
    expect((await ask(`/api/find?q=${sent}`)).body).not.toMatchObject({ covered: true });
  });

  it('within a word cannot be seen, so it is not there', async () => {
    const hidden = 'g\u00adi\u200b\u2060ấ\u200dy\ufeff \u202ei\u200fn';
    expect(idsOf(await found(`q=${encodeURIComponent(hidden)}`))).toEqual(
      await plainly(`q=${encodeURIComponent('giấy in')}`),
    );
  });

  it.each([
    'AND',
    'OR',
    'NOT',
    'TO',
    'IN',
    'EXISTS',
    '$gt',
    '$where',
    'undefined',
    'null',
    'NaN',
    '-giấy',
    '+giấy',
    '*',
  ])('among the words is a word, or nothing: %s', async (operator) => {
    const whole = await plainly('q=gi%E1%BA%A5y+&limit=100');
    const small = await plainly(`q=${encodeURIComponent(`giấy ${operator.toLowerCase()} `)}&limit=100`);
    const { ids, total } = idsOf(await found(`q=${encodeURIComponent(`giấy ${operator} `)}&limit=100`));
    expect(total).toBe(small.total);
    expect(ids.every((id) => whole.ids.includes(id))).toBe(true);
  });

  it.each(['group', 'family', 'supplier', 'scheme', 'level'])(
    'as a value of %s is one that nothing has, alone and beside another',
    async (parameter) => {
      const { facets } = await plainly('facets=group,family,supplier,scheme,level');
      const known = encodeURIComponent(facets[parameter]![0]!.value);
      const plain = await plainly(`${parameter}=${known}`);
      expect(plain.total).toBeGreaterThan(0);
      for (const list of together) {
        expect([list, (await found(`${parameter}=${list}&limit=1`)).total]).toEqual([list, 0]);
        expect(idsOf(await found(`${parameter}=${list},${known}&asTyped=${list}`))).toEqual(plain);
      }
    },
  );

  it.each([
    'kind',
    'tier',
    'facets',
    'priority',
    'why',
    'minPrice',
    'maxPrice',
    'sort',
    'page',
    'limit',
    'validOn',
    'attr.grammage',
    'attr.recycledShare',
    'attr.paperSize',
    'attr.__proto__',
    'attr.constructor',
    'attr.$gt',
    'attr.',
    'attr',
    'cursor',
    '__proto__',
  ])('is refused, with the place, as a value of %s', async (parameter) => {
    for (const value of values) {
      const { status, pointer } = await ask(`/api/products?${parameter}=${value}`);
      expect([parameter, value, status]).toEqual([parameter, value, 400]);
      expect(pointer.startsWith(`/${parameter.split('.')[0]}`)).toBe(true);
    }
  });

  it.each(['q', 'group', 'attr.grammage', 'page', 'facets', 'validOn'])(
    'is refused, with the place, as a list or an object: %s',
    async (parameter) => {
      for (const path of [`/api/products`, '/api/find', '/api/suggest'])
        for (const sent of [
          `=1&${parameter}=2`,
          '[]=1',
          '[0]=1',
          '[$gt]=',
          '[$ne]=1',
          '[a][b]=1',
          '.$gt=1',
          '[__proto__]=1',
        ])
          expect((await ask(`${path}?${parameter}${sent}`)).status).toBe(400);
    },
  );

  it('too long is refused, and as long as may be is answered in time', async () => {
    for (const parameter of ['q', 'group', 'asTyped', 'facets', 'attr.grammage', 'validOn', 'sort'])
      expect((await ask(`/api/products?${parameter}=${'x'.repeat(10_000)}`)).status).toBe(400);
    for (const path of ['find', 'suggest'])
      expect((await ask(`/api/${path}?q=${'x'.repeat(10_000)}`)).status).toBe(400);
    const syllables = 'giay nuoc xanh den trang chuyen nghieng thuoc nguon giuong';
    const letters = Array.from({ length: 100 }, (_, at) => String.fromCodePoint(97 + (at % 26))).join(' ');
    const longest = [
      'a'.repeat(200),
      letters,
      '1 '.repeat(100),
      '1.'.repeat(100),
      '1.000'.repeat(40),
      '12000btu '.repeat(22),
      '12'.repeat(100),
      'nhãn '.repeat(40),
      `${syllables} ${syllables} ${syllables}`.slice(0, 200),
      'zqxj wvkq zzxq jjqw xxzq qqwz vvqx kkzq wwjx zzqv',
      'aa\u0301'.repeat(60),
      '𝒢𝒾𝒶𝓎 Ⅻ ½ ２０ ٣'.repeat(8),
      'ﷺ'.repeat(100),
      '0'.repeat(200),
      'ddieeuf hoaf '.repeat(15),
    ];
    for (const text of longest) {
      await found(`q=${encodeURIComponent(text)}&facets=kind,group,family,scheme,tier,level,supplier,priority,price`);
      for (const path of ['find', 'suggest']) await ask(`/api/${path}?q=${encodeURIComponent(text)}`);
    }
    const many = Array.from({ length: 125 }, (_, at) => `a${at}`.slice(0, 3)).join(',');
    const everywhere = ['group', 'family', 'supplier', 'scheme', 'level', 'asTyped'].map(
      (parameter) => `${parameter}=${encodeURIComponent(many)}`,
    );
    await found(`${everywhere.join('&')}&facets=kind,group,family,scheme,tier,level,supplier,priority,price`);
  });

  it('at the ends of what a day, a page and a price may be is answered or refused', async () => {
    for (const day of [
      '0000-01-01',
      '0001-01-01',
      '1969-12-31',
      '2000-02-29',
      '2024-02-30',
      '9999-12-31',
      '10000-01-01',
    ])
      for (const path of [`/api/products?facets=scheme,tier,level&validOn=${day}`, `/api/find?q=FTKA35&on=${day}`])
        await ask(path);
    for (const [page, limit, status] of [
      [100, 100, 200],
      [101, 100, 400],
      [10_000, 1, 200],
      [10_001, 1, 400],
    ])
      expect((await ask(`/api/products?page=${page}&limit=${limit}`)).status).toBe(status);
    for (const price of ['0', '9007199254740991']) {
      await found(`minPrice=${price}&facets=price`);
      await found(`maxPrice=${price}&minPrice=${price}`);
    }
    expect((await found('minPrice=2&maxPrice=1')).total).toBe(0);
    for (const price of ['9007199254740992', '-1', '1e3', '0x10', '01', ' 1', '1.0'])
      expect((await ask(`/api/products?minPrice=${price}`)).status).toBe(400);
    for (const range of ['70..', '..70', '70..<90', '90..70', '-1', '0.5'])
      await found(`attr.grammage=${encodeURIComponent(range)}&facets=attr.grammage`);
    for (const range of [
      '..<',
      '70..<',
      '1e9',
      '0x1',
      '70...90',
      '٧٠',
      '70..90..',
      'NaN',
      'Infinity',
      '1'.repeat(13),
      '70,',
      '',
    ])
      expect((await ask(`/api/products?attr.grammage=${encodeURIComponent(range)}`)).status).toBe(400);
  });
});
