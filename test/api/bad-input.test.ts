import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Purchase } from '../../schemas/types.d.ts';
import { schemas } from '../../server/core/schemas.ts';
import { apiOf } from '../../server/routes.ts';
import { startTestApp, type Caller, type TestApp } from '../support/app.ts';
import {
  aCertificate,
  anEdition,
  anOrganisation,
  aProduct,
  aPurchase,
  aWorld,
  type World,
} from '../support/builders.ts';
import { peopleOf } from '../support/people.ts';

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
    for (const path of ['/api/nothing', '/api/products/none/nothing']) {
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

  describe('every call', () => {
    it('names a query parameter that it does not know', async () => {
      const { routes } = apiOf(app.services, { clock: app.clock, store: 'embedded', isDemo: false });
      // The form of a file is read before its query.
      const asked = routes.filter(({ takesFile }) => takesFile === undefined);
      expect(asked.length).toBeGreaterThan(45);
      const people = peopleOf(app, world.operator);
      const { cookie } = await people.aPerson('an@example.vn', { role: 'officer', org: 'T-UNIT' });
      const callers = { ...world, anyone: app.anyone, people: people.browser(cookie) };
      for (const { method, path, access, query } of asked) {
        const caller = access === 'public' ? 'anyone' : access === 'people' ? access : access[0]!;
        const [good] = (schemas.get(query)?.['examples'] ?? []) as Record<string, string>[];
        const sent = callers[caller][method](path.replace(/:\w+/g, 'x'));
        const { status, body } = await sent.query({ ...good, no_such: 1 });
        expect([method, path, status, body]).toMatchObject([
          method,
          path,
          400,
          { code: 'INVALID_QUERY', errors: [{ pointer: '/no_such' }] },
        ]);
      }
    });

    it('that gives a record gives its ETag, and changes none without If-Match or under a stale one', async () => {
      const product = await world.product();
      const certificate = await world.certificate({ products: [product.id] });
      const { id } = (await world.officer.post('/api/purchases').send(aPurchase()).expect(201)).body as Purchase;
      const edition = anEdition();
      await world.operator.post('/api/priority-lists').send(edition).expect(201);
      const records = [
        'schemes/VN-ECOLABEL',
        'groups/office-paper',
        'criteria/NXVN%2003:2014',
        'targets/GPP-2030',
        'organisations/T-UNIT',
        `products/${product.id}`,
        `certificates/${certificate.id}`,
        `priority-lists/${edition.code}`,
      ];
      for (const path of records)
        expect([path, (await world.operator.get(`/api/${path}`).expect(200)).headers['etag']]).toEqual([path, '"1"']);
      expect((await world.officer.get(`/api/purchases/${id}`).expect(200)).headers['etag']).toBe('"1"');
      const changes = [
        ['put', 'schemes/VN-ECOLABEL'],
        ['put', 'groups/office-paper'],
        ['put', 'criteria/NXVN%2003:2014'],
        ['put', 'organisations/T-UNIT'],
        ['patch', `products/${product.id}`],
        ['patch', `priority-lists/${edition.code}`],
      ] as const;
      for (const [method, path] of changes) {
        const { body } = await world.operator.get(`/api/${path}`).expect(200);
        const { versions, code: _code, ...record } = body as { code: string; versions?: object[] };
        const { recordedAt: _at, ...version } = (versions?.[0] ?? {}) as { recordedAt?: string };
        const legalBasis = 'Khác (hư cấu)';
        const named = path.startsWith('products') ? { name: { vi: 'Tên khác (hư cấu)' } } : { legalBasis };
        const sent =
          method === 'patch'
            ? named
            : path.startsWith('org')
              ? anOrganisation({ code: 'T-UNIT', kind: 'agency' })
              : version;
        expect(record).not.toEqual({});
        await world.operator[method](`/api/${path}`).send(sent).expect(428);
        await world.operator[method](`/api/${path}`).set('If-Match', '"7"').send(sent).expect(412);
        expect(
          (await world.operator[method](`/api/${path}`).set('If-Match', '"1"').send(sent).expect(200)).headers['etag'],
        ).toBe('"2"');
      }
    });

    it('that creates answers the same key and body with the same record as it is now, and refuses the key for another body', async () => {
      const product = await world.product();
      const edition = anEdition();
      const bought = (await world.officer.post('/api/purchases').send(aPurchase()).expect(201)).body as Purchase;
      const { id: certified } = await world.certificate({ products: [product.id] });
      const { operator, certifier, officer } = world;
      const organisation = anOrganisation();
      const agreement = { scheme: 'EU-ECOLABEL', groups: ['printer'], from: '2026-01-01', document: 'Hư cấu' };
      const calls: [Caller, string, object, object][] = [
        [operator, 'organisations', organisation, { name: { vi: 'Khác' } }],
        [operator, 'products', aProduct(), { name: { vi: 'Khác' } }],
        [certifier, 'certificates', aCertificate({ products: [product.id] }), { issuedOn: '2025-01-16' }],
        [
          certifier,
          `certificates/${certified}/events`,
          { type: 'revoked', on: '2026-03-01', reason: 'x' },
          { reason: 'y' },
        ],
        [operator, 'agreements', agreement, { document: 'Khác' }],
        [operator, 'priority-lists', edition, { legalBasis: 'Khác' }],
        [world.publisher, `priority-lists/${edition.code}/publication`, {}, {}],
        [
          operator,
          `priority-lists/${edition.code}/corrections`,
          { reason: 'x', through: '2027-01-01' },
          { reason: 'y' },
        ],
        [officer, 'purchases', aPurchase(), { method: 'open' }],
        [officer, `purchases/${bought.id}/corrections`, { reason: 'x', cancel: true }, { reason: 'y' }],
        [operator, `products/${product.id}/withdrawal`, { on: '2026-06-01', reason: 'x' }, { reason: 'y' }],
      ];
      for (const [at, [caller, path, body, other]] of calls.entries()) {
        // None of them asks for If-Match: they append.
        const send = (sent: object) => caller.post(`/api/${path}`).set('Idempotency-Key', `every-${at}`).send(sent);
        const first = await send(body).expect(201);
        const again = await send(body).expect(201);
        expect([path, again.body, again.headers['etag']]).toEqual([path, first.body, first.headers['etag']]);
        // Publication has no body to differ in.
        const reused = path.endsWith('publication') ? { status: 409 } : await send({ ...body, ...other });
        expect([path, reused.status]).toEqual([path, 409]);
      }
      // A key is its organisation’s, whichever of its records the call is about; as the record is now.
      const { id } = await world.certificate({ products: [product.id] });
      const reused = certifier.post(`/api/certificates/${id}/events`).set('Idempotency-Key', 'every-3');
      await reused.send({ type: 'revoked', on: '2026-03-01', reason: 'x' }).expect(409);
      const created = (await operator.get(`/api/organisations/${organisation.code}`).expect(200)).headers['etag']!;
      await operator
        .put(`/api/organisations/${organisation.code}`)
        .set('If-Match', created)
        .send({ ...organisation, name: { vi: 'Tên mới (hư cấu)' } })
        .expect(200);
      const now = await operator
        .post('/api/organisations')
        .set('Idempotency-Key', 'every-0')
        .send(organisation)
        .expect(201);
      expect(now.body).toMatchObject({ name: { vi: 'Tên mới (hư cấu)' }, revision: 2 });
    });

    it('that lists gives twenty unless asked otherwise, counts all, and leads on by its cursor', async () => {
      const all = async (path: string, limit?: number) => {
        const codes: string[] = [];
        let cursor: string | null = null;
        do {
          const query = { ...(limit && { limit }), ...(cursor && { cursor }) };
          const { body } = await app.anyone.get(`/api/${path}`).query(query).expect(200);
          const { items, total, next } = body as { items: { code: string }[]; total: number; next: string | null };
          expect(items.length).toBeLessThanOrEqual(limit ?? 20);
          expect(next === null || items.length === (limit ?? 20)).toBe(true);
          codes.push(...items.map(({ code }) => code));
          cursor = next;
          expect(cursor !== null || codes.length === total).toBe(true);
        } while (cursor !== null);
        return codes;
      };
      for (const path of ['schemes', 'groups', 'criteria', 'organisations']) {
        const codes = await all(path);
        expect(new Set(codes).size).toBe(codes.length);
        expect(codes.length).toBeGreaterThan(20);
        expect(await all(path, 7)).toEqual(codes);
      }
      await app.anyone.get('/api/products?cursor=x').expect(400);
      await app.anyone.get('/api/certificates?page=1').expect(400);
    });

    it('takes instants with an offset, amounts and quantities as digits, and each text in its form', async () => {
      const labels = async (knownAt: string) =>
        (await app.anyone.get('/api/organisations/T-SUPPLIER/labels').query({ knownAt })).status;
      const instants = ['2026-11-24T08:00:00+07:00', '2026-11-24T01:00:00Z', '2026-11-24T08:00:00', '2026-11-24'];
      expect(await Promise.all(instants.map(labels))).toEqual([200, 200, 400, 400]);
      const [line] = purchase.lines;
      const wrong: [string, object, string][] = [
        ['/api/purchases', { ...purchase, lines: [{ ...line, quantity: 1 }] }, '/lines/0/quantity'],
        ['/api/purchases', { ...purchase, lines: [{ ...line, amountNet: '1.0' }] }, '/lines/0/amountNet'],
        ['/api/purchases', { ...purchase, lines: [{ ...line, description: { vi: 'x' } }] }, '/lines/0/description'],
        ['/api/purchases', { ...purchase, supplier: { name: { vi: 'x' } } }, '/supplier/name'],
        ['/api/products', { ...aProduct(), name: 'x' }, '/name'],
        ['/api/products', { ...aProduct(), name: { en: 'x' } }, '/name/vi'],
        ['/api/products', { ...aProduct(), description: { vi: 'x', fr: 'x' } }, '/description/fr'],
        ['/api/priority-lists', { ...anEdition(), title: 'x' }, '/title'],
        ['/api/priority-lists', { ...anEdition(), legalBasis: { vi: 'x' } }, '/legalBasis'],
        ['/api/organisations', { ...anOrganisation(), name: 'x' }, '/name'],
      ];
      for (const [path, body, pointer] of wrong) {
        const caller = path === '/api/purchases' ? world.officer : world.operator;
        const problem = (await caller.post(path).send(body).expect(400)).body;
        expect([pointer, problem]).toMatchObject([
          pointer,
          { status: 400, errors: [{ pointer, detail: expect.any(String) }] },
        ]);
      }
      const whole = {
        ...purchase,
        reference: 'most',
        lines: [{ ...line, amountNet: '9007199254740991', quantity: '0.123456' }],
      };
      const { body } = await world.officer.post('/api/purchases').send(whole).expect(201);
      expect(body).toMatchObject({ currency: 'VND', lines: [{ amountNet: '9007199254740991', quantity: '0.123456' }] });
    });
  });
});
