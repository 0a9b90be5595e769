import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/app.ts';
import { aProduct, aPurchase, aWorld, type World } from '../support/builders.ts';

/** Places in a body where an operator or a foreign key could be planted. */
function places(value: unknown, path: (string | number)[] = []): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return [path];
  return [
    path,
    ...Object.entries(value).flatMap(([key, part]) =>
      places(part, [...path, Array.isArray(value) ? Number(key) : key]),
    ),
  ];
}

function planted(body: unknown, path: (string | number)[], thing: unknown): unknown {
  const [first, ...rest] = path;
  if (first === undefined) return thing;
  const copy = structuredClone(body) as Record<string | number, unknown>;
  copy[first] = planted(copy[first], rest, thing);
  return copy;
}

describe('bad input', () => {
  let app: TestApp;
  let world: World;
  beforeAll(async () => {
    app = await startTestApp();
    world = await aWorld(app);
  });
  afterAll(() => app.close());

  const purchase = aPurchase({
    notice: 'IB2400035288-00',
    supplier: { name: 'Nhà bán lẻ (hư cấu)', taxCode: '9900000009' },
    lines: [
      {
        description: 'Giấy',
        group: 'office-paper',
        quantity: '1',
        unit: 'RM',
        amountNet: '1',
        asDelivered: { brand: 'Mẫu', model: 'X' },
      },
    ],
  });

  it('is refused with the place wherever an operator stands', async () => {
    for (const path of places(purchase)) {
      const { body } = await world.officer
        .post('/api/purchases')
        .send(planted(purchase, path, { $gt: '' }) as object)
        .expect(400);
      const pointer = (body as { errors: { pointer: string }[] }).errors[0]?.pointer ?? '';
      expect(pointer.startsWith(path.map((part) => `/${part}`).join('')) || path.length === 0).toBe(true);
    }
  });

  it('is refused where a key is __proto__ or constructor, and pollutes nothing', async () => {
    for (const text of ['{"__proto__":{"role":"operator"}}', '{"constructor":{"prototype":{"role":"operator"}}}']) {
      const body = JSON.stringify(aProduct()).replace(/\}$/, `,${text.slice(1)}`);
      await world.operator.post('/api/products').type('json').send(body).expect(400);
    }
    expect(({} as { role?: string }).role).toBeUndefined();
  });

  it.each([
    ['text that is no JSON', '{"a":', 'application/json', 400, 'INVALID_JSON'],
    ['invalid UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]), 'application/json', 400, 'INVALID_UTF8'],
    ['a body of 10 MB', `{"a":"${'x'.repeat(10_000_000)}"}`, 'application/json', 413, 'TOO_LARGE'],
    ['a form', 'a=1', 'application/x-www-form-urlencoded', 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['a bare string', '"x"', 'application/json', 400, 'INVALID_BODY'],
    ['null', 'null', 'application/json', 400, 'INVALID_BODY'],
    ['nothing', '', 'application/json', 400, 'INVALID_BODY'],
  ])('is refused where it is %s', async (_what, body, type, status, code) => {
    const answer = await world.officer
      .post('/api/purchases')
      .set('Content-Type', type)
      .serialize((sent: unknown) => sent as string)
      .send(body)
      .expect(status);
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(answer.body).toMatchObject({ code, status });
  });

  it.each([
    ['an unknown parameter', '/api/certificates?colour=green', '/colour'],
    ['an operator', '/api/certificates?number[$gt]=', '/number[$gt]'],
    ['a repeated parameter', '/api/certificates?scheme=A&scheme=B', '/scheme'],
    ['a query of 5,000 characters', `/api/products?q=${'x'.repeat(5000)}`, '/q'],
    ['a limit of 0', '/api/certificates?limit=0', '/limit'],
    ['a limit of 101', '/api/organisations?limit=101', '/limit'],
    ['a page that is no number', '/api/products?page=two', '/page'],
    ['a cursor that is none', '/api/certificates?cursor=%00', '/cursor'],
    ['__proto__', '/api/certificates?__proto__=x', '/__proto__'],
  ])('is refused in a query: %s', async (_what, path, pointer) => {
    const { body } = await app.anyone.get(path).expect(400);
    expect(body).toMatchObject({ code: 'INVALID_QUERY', errors: [{ pointer }] });
  });

  it.each(['none', '%00', '%E0%A4%A', '..%2f..%2fetc', '$where', '__proto__', 'x'.repeat(3000)])(
    'an id that is none (%s) is a 4xx',
    async (id) => {
      for (const path of [
        'products',
        'certificates',
        'organisations',
        'priority-lists',
        'schemes',
        'groups',
        'criteria',
      ]) {
        const { status, text } = await app.anyone.get(`/api/${path}/${id}`);
        expect([400, 404, 431]).toContain(status);
        expect(text).not.toMatch(/mongo|node_modules|at \w+ \(/i);
      }
      expect([400, 404, 431]).toContain((await world.officer.get(`/api/purchases/${id}`)).status);
    },
  );

  it('answers a call that is not there with 404, never with a stub', async () => {
    for (const path of ['/api/nothing', '/api/find']) {
      const { status, body } = await world.officer.get(path);
      expect(status).toBe(404);
      expect(body).toMatchObject({ status: 404 });
    }
    await world.operator.delete('/api/schemes/VN-ECOLABEL').expect(404);
  });

  it('is told of in Vietnamese first, and in English to who prefers it', async () => {
    const title = async (language: string) =>
      ((await app.anyone.get('/api/products/none').set('Accept-Language', language)).body as { title: string }).title;
    expect(await title('vi')).toBe('Không có bản ghi này');
    expect(await title('fr, *;q=0.1')).toBe('Không có bản ghi này');
    expect(await title('en-GB,en;q=0.9,vi;q=0.5')).toBe('There is no such record');
  });

  it('is refused in headers', async () => {
    await world.officer.post('/api/purchases').set('Idempotency-Key', 'a key with spaces').send(purchase).expect(400);
    await app.anyone.get('/api/me').set('Authorization', 'Bearer nonsense').expect(401);
    await app.anyone.get('/api/me').set('Authorization', 'Basic eHg6eHg=').expect(401);
  });
});
