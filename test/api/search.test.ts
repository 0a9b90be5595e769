import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CommandStartedEvent } from 'mongodb';
import type {
  ProductLabels,
  Purchase,
  SearchHit,
  SearchLevels,
  SearchNews,
  SearchNewsInput,
  SearchResult,
  SuggestResult,
} from '../../schemas/types.d.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { anEdition, aPurchase, aWorld, type World } from '../support/builders.ts';

describe('search', () => {
  let app: TestApp;
  let world: World;
  const search = async (query: Record<string, string | number | boolean>) =>
    (await app.anyone.get('/api/products').query(query).expect(200)).body as SearchResult;

  beforeAll(async () => {
    app = await startTestApp({ demo: true });
    world = await aWorld(app);
  }, 120_000);
  afterAll(() => app.close());

  it('finds what is written within 2 s', async () => {
    const { id } = await world.product({ name: { vi: 'Giấy in Bồ Công Anh (hư cấu)' }, model: 'BCA-80' });
    const deadline = Date.now() + 2000;
    let found: SearchResult;
    do found = await search({ q: 'bo cong anh' });
    while (found.total === 0 && Date.now() < deadline);
    expect(found.items.map((item) => item.id)).toEqual([id]);
  });

  it('shows a label that has just been revoked as such, and no longer matches by it, even where the index is behind', async () => {
    const product = await world.product({ name: { vi: 'Giấy in Hướng Dương (hư cấu)' }, model: 'HD-80' });
    const certificate = await world.certificate({ products: [product.id] });
    await app.services.settle();
    expect(await search({ q: 'huong duong', scheme: 'VN-ECOLABEL' })).toMatchObject({
      total: 1,
      items: [{ tier: 'A' }],
    });
    await world.certifier
      .post(`/api/certificates/${certificate.id}/events`)
      .send({ type: 'revoked', on: '2026-11-01', reason: 'x' })
      .expect(201);
    expect((await search({ q: 'huong duong', scheme: 'VN-ECOLABEL' })).items).toEqual([]);
    expect((await search({ q: 'huong duong' })).items[0]).toMatchObject({
      tier: null,
      labels: [{ valid: false, reason: 'REVOKED' }],
    });
    expect((await search({ q: 'huong duong', scheme: 'VN-ECOLABEL', validOn: '2026-10-31' })).total).toBe(1);
  });

  it('shows the labels of each hit as the page of the product does, but for what renews them', async () => {
    const product = await world.product({ name: { vi: 'Giấy in Thạch Thảo (hư cấu)' }, model: 'TT-80' });
    const before = await world.certificate({ products: [product.id] });
    const places = [{ name: 'Xưởng hư cấu' }];
    await world.certificate({ products: [product.id], issuedOn: '2026-01-10', renews: before.id, places });
    await app.services.settle();
    let seen = 0;
    for (let page = 1; page <= 3; page++) {
      const { items } = await search({ page, limit: 50 });
      expect(page > 1 || items.some(({ id }) => id === product.id)).toBe(true);
      for (const { id, labels } of items) {
        const { items: own } = (await app.anyone.get(`/api/products/${id}/labels`).expect(200)).body as ProductLabels;
        expect(labels).toEqual(own.map(({ renewedBy: _renewedBy, ...label }) => label));
        seen += labels.length;
      }
    }
    expect(seen).toBeGreaterThan(90);
  });

  it('follows the edition in force for tier and priority without any index work', async () => {
    const before = await search({ group: 'air-conditioner', priority: true });
    const entries = [
      {
        group: 'air-conditioner',
        obligation: 'mandatory' as const,
        accepts: [{ scheme: 'VN-ENERGY-COMPARATIVE', minLevel: '1' }],
      },
    ];
    await world.operator
      .post('/api/priority-lists')
      .send(anEdition({ code: 'WIDE', effectiveFrom: '2026-11-20', entries }))
      .expect(201);
    await world.publisher.post('/api/priority-lists/WIDE/publication').expect(201);
    const after = await search({ group: 'air-conditioner', priority: true });
    expect(after.total).toBeGreaterThan(before.total);
    expect(after.query.edition).toBe('WIDE');
  });

  it('counts every facet as brute force does', async () => {
    const { items, total } = await search({ limit: 100 });
    const rest = await search({ limit: 100, page: 2 });
    const all = [...items, ...rest.items];
    expect(all).toHaveLength(total);
    const valid = ({ labels }: SearchHit) => labels.filter((label) => label.valid);
    const own: Record<string, (hit: SearchHit) => (string | null | undefined)[]> = {
      kind: ({ kind }) => [kind],
      group: ({ group }) => [group],
      supplier: ({ supplier }) => [supplier],
      tier: ({ tier }) => [tier],
      priority: ({ priority }) => [String(priority)],
      scheme: (hit) => valid(hit).map(({ scheme }) => scheme),
      level: (hit) => valid(hit).map(({ level }) => level),
    };
    const { facets } = await search({ facets: Object.keys(own).join(',') });
    for (const [field, valuesOf] of Object.entries(own)) {
      const counted: Record<string, number> = {};
      for (const hit of all)
        for (const value of new Set(valuesOf(hit))) if (value) counted[value] = (counted[value] ?? 0) + 1;
      expect([field, Object.fromEntries(facets[field]!.map(({ value, count }) => [value, count]))]).toEqual([
        field,
        counted,
      ]);
    }
  });

  it('marks whatever is written while the demonstration register is loaded as fictional', async () => {
    const product = await world.product();
    const certificate = await world.certificate({ products: [product.id] });
    const purchase = await world.officer.post('/api/purchases').send(aPurchase()).expect(201);
    for (const record of [product, certificate, purchase.body as Purchase])
      expect(record).toMatchObject({ demo: true });
    const { items } = await search({ q: product.model! });
    expect(items).toContainEqual(expect.objectContaining({ id: product.id, demo: true }));
  });

  it('names in query.opens the other record of which the query is the code, a purchase only to those who may read it', async () => {
    const { id } = await world.product({ name: { vi: 'Giấy in Cúc Họa Mi (hư cấu)' } });
    const certificate = await world.certificate({ products: [id], number: '77/QĐ-THỬ' });
    const notice = 'IB2600012345-00';
    const purchase = (await world.officer.post('/api/purchases').send(aPurchase({ notice })).expect(201))
      .body as Purchase;
    const opens = async (q: string, caller = app.anyone, language = 'vi') => {
      const answer = await caller.get('/api/products').query({ q }).set('Accept-Language', language).expect(200);
      return (answer.body as SearchResult).query.opens;
    };
    const [criterion] = (await opens('nxvn 03-2014', app.anyone, 'en')) ?? [];
    expect(criterion).toMatchObject({ kind: 'criterion', id: 'NXVN 03:2014', label: expect.stringContaining('NXVN') });
    for (const q of ['77/QĐ-THỬ', '77/qd thu', ' 77QDTHU '])
      expect(await opens(q)).toEqual([
        { kind: 'certificate', id: certificate.id, label: '77/QĐ-THỬ · Nhãn sinh thái Việt Nam' },
      ]);
    expect(await opens('77/QĐ')).toBeUndefined();
    const noughts = await world.certificate({ products: [id], number: '700/QĐ-THỬ' });
    const label = '700/QĐ-THỬ · Nhãn sinh thái Việt Nam';
    for (const q of ['7OO/QĐ-THỬ', 'Số 70O/qd thu'])
      expect(await opens(q)).toEqual([
        { kind: 'certificate', id: noughts.id, label, near: 'Có số 0 ở chỗ đã gõ chữ O.' },
      ]);
    expect(await opens('700/QĐ-THỬ')).toEqual([{ kind: 'certificate', id: noughts.id, label }]);
    expect(await opens('nxvn O3-2O14', app.anyone, 'en')).toEqual([
      { ...criterion, near: 'It has a nought where a letter O was typed.' },
    ]);
    for (const caller of [world.officer, world.department, world.operator, world.auditor])
      for (const q of [notice, 'ib2600012345', 'IB2600012345 00'])
        expect(await opens(q, caller)).toEqual([expect.objectContaining({ kind: 'purchase', id: purchase.id })]);
    expect(await opens('IB2600012345-01', world.officer)).toBeUndefined();
    for (const caller of [app.anyone, world.otherOfficer, world.supplier, world.certifier])
      expect(await opens(notice, caller)).toBeUndefined();
  });

  it('finds by priority only labels under the criteria documents that the entry names, where it names some', async () => {
    const entries = (criteria?: string[]) => [
      {
        group: 'office-paper',
        obligation: 'mandatory' as const,
        accepts: [{ scheme: 'VN-ECOLABEL', ...(criteria && { criteria }) }],
      },
    ];
    const ask = { priority: true, q: 'Hoàng Lan' };
    const criterion = {
      code: 'T-CRIT:2026',
      scheme: 'VN-ECOLABEL',
      name: { vi: 'Tiêu chí thử' },
      groups: ['office-paper'],
    };
    await world.operator
      .put('/api/criteria/T-CRIT:2026')
      .set('If-None-Match', '*')
      .send({ ...criterion, validFrom: '2025-01-01', from: '2025-01-01' })
      .expect(201);
    const { id } = await world.product({ name: { vi: 'Giấy in Hoàng Lan (hư cấu)' } });
    const other = await world.product({ name: { vi: 'Giấy photo Hoàng Lan (hư cấu)' } });
    await world.certificate({ products: [id], criterion: 'T-CRIT:2026' });
    await world.certificate({ products: [other.id] });
    for (const [code, criteria] of [
      ['ANY', undefined],
      ['NAMED', ['T-CRIT:2026']],
    ] as const) {
      const effectiveFrom = code === 'ANY' ? '2026-11-21' : '2026-11-22';
      await world.operator
        .post('/api/priority-lists')
        .send(anEdition({ code, effectiveFrom, entries: entries(criteria && [...criteria]) }))
        .expect(201);
      await world.publisher.post(`/api/priority-lists/${code}/publication`).expect(201);
      await app.services.settle();
      const found = await search({ ...ask, facets: 'priority' });
      expect(found.items.map((item) => item.id).toSorted()).toEqual(criteria ? [id] : [id, other.id].toSorted());
      expect(found.facets['priority']?.find(({ value }) => value === 'true')?.count).toBe(found.total);
    }
  });

  it('labels facets in the reader’s language', async () => {
    const label = async (language: string) =>
      (
        (await app.anyone.get('/api/products?facets=kind').set('Accept-Language', language).expect(200))
          .body as SearchResult
      ).facets['kind']?.map(({ label: text }) => text);
    expect(await label('vi')).not.toEqual(await label('en'));
  });

  it('says why nothing is found', async () => {
    expect(await search({ q: 'xyzzyplugh' })).toMatchObject({ total: 0, explanation: { reason: 'NO_SUCH_WORDS' } });
    expect(await search({ q: 'giay', group: 'air-conditioner' })).toMatchObject({
      total: 0,
      explanation: { reason: 'FILTERS_EXCLUDE_ALL' },
    });
  });

  it('does not find a product that is withdrawn on the day', async () => {
    const { id } = await world.product({ name: { vi: 'Giấy in Mộc Lan (hư cấu)' }, model: 'ML-80' });
    await world.operator.post(`/api/products/${id}/withdrawal`).send({ on: '2026-11-10', reason: 'Ngừng' }).expect(201);
    await app.services.settle();
    expect((await search({ q: 'moc lan' })).total).toBe(0);
    expect((await search({ q: 'moc lan', validOn: '2026-11-09' })).total).toBe(1);
  });

  it('finds the products of a list, and those of which something was recorded since an instant', async () => {
    const [first, second] = [await world.product(), await world.product()];
    await app.services.settle();
    const list = await search({ ids: `${first.id},${second.id},${'0'.repeat(24)}` });
    expect(list.items.map(({ id }) => id).toSorted()).toEqual([first.id, second.id].toSorted());
    app.later();
    const changedSince = app.clock.now();
    expect((await search({ changedSince })).total).toBe(0);
    app.later();
    await world.certificate({ products: [second.id] });
    const third = await world.product();
    await app.services.settle();
    const found = (await search({ changedSince })).items.map(({ id }) => id);
    expect(found.toSorted()).toEqual([second.id, third.id].toSorted());
    await app.anyone.get('/api/products').query({ changedSince: 'yesterday' }).expect(400);
  });

  it('counts models and suppliers at each level of a label as brute force does', async () => {
    const products = (await search({ group: 'air-conditioner', limit: 100 })).items;
    const queries: Record<string, string>[] = [
      { group: 'air-conditioner' },
      { group: 'air-conditioner', q: 'inverter' },
    ];
    for (const query of queries) {
      const { body } = await app.anyone.get('/api/products/levels').query(query).expect(200);
      const { schemes, total } = body as SearchLevels;
      const { items } = await search({ ...query, limit: 100 });
      expect(total).toBe(items.length);
      for (const { scheme, levels } of schemes)
        for (const { level, models, suppliers } of levels) {
          const at = items.filter(({ labels }) =>
            labels.some((label) => label.valid && label.scheme === scheme && label.level === level),
          );
          expect([level, models, suppliers]).toEqual([level, at.length, new Set(at.map((one) => one.supplier)).size]);
        }
      expect(schemes.map(({ scheme }) => scheme)).toEqual(['VN-ENERGY-COMPARATIVE']);
      expect(schemes[0]?.levels.map(({ level }) => level)).toEqual(['1', '2', '3', '4', '5']);
    }
    expect(products.length).toBeGreaterThan(5);
    await app.anyone.get('/api/products/levels').query({ tier: 'Z' }).expect(400);
  });

  it('says where the words stand, on the text with its marks in the reader’s language', async () => {
    const { id } = await world.product({
      name: { vi: 'Điều hoà Gió Mùa 12000 BTU (hư cấu)', en: 'Monsoon air conditioner (fictional)' },
      model: 'GM-77 XY',
      group: 'air-conditioner',
    });
    await app.services.settle();
    const marked = async (q: string, language: 'vi' | 'en' = 'vi') => {
      const asked = app.anyone.get('/api/products').query({ q, highlight: true }).set('Accept-Language', language);
      const hit = ((await asked.expect(200)).body as SearchResult).items.find((one) => one.id === id);
      const { highlights = {} } = hit ?? {};
      const cut = (text: string, ranges: number[][] = []) => ranges.map(([from, to]) => text.slice(from, to));
      const name = hit?.name[language] ?? '';
      return [...cut(name, highlights.name), ...cut(hit?.model ?? '', highlights.model)];
    };
    expect(await marked('dieu hoa gio m')).toEqual(['Điều', 'hoà', 'Gió', 'Mùa']);
    expect(await marked('MONSOONN', 'en')).toEqual(['Monsoon']);
    expect(await marked('gm77xy')).toEqual(['GM-77 XY']);
    expect((await search({ q: 'gm77xy' })).items[0]).not.toHaveProperty('highlights');
  });

  it('counts in one call what is new in the searches that somebody keeps', async () => {
    const news = async (searches: SearchNewsInput['searches']) =>
      (await app.anyone.post('/api/products/news').send({ searches }).expect(200)).body as SearchNews;
    const asked = { q: 'giấy in hoa sữa', group: 'office-paper', attr: { grammage: '70..' } };
    const { countedAt, counts } = await news([{ asked }, { asked, since: '2020-01-01T00:00:00.000Z' }]);
    expect(counts).toEqual([0, 0]);
    expect(countedAt < app.clock.now()).toBe(true);
    app.later();
    for (const grammage of [70, 60])
      await world.product({ name: { vi: `Giấy in Hoa Sữa ${grammage} (hư cấu)` }, attributes: { grammage } });
    await app.services.settle();
    app.later();
    expect(
      (
        await news([
          { asked, since: countedAt },
          { asked: { q: 'hoa sua' }, since: countedAt },
        ])
      ).counts,
    ).toEqual([1, 2]);
    expect((await news([{ asked, since: app.clock.now() }])).counts).toEqual([0]);
    for (const searches of [
      [],
      [{}],
      [{ asked: { page: 2 } }],
      [{ asked, since: 'x' }],
      Array.from({ length: 21 }, () => ({ asked })),
    ])
      await app.anyone.post('/api/products/news').send({ searches }).expect(400);
    const unknown = { searches: [{ asked: { tier: 'Z' }, since: countedAt }] };
    await app.anyone.post('/api/products/news').send(unknown).expect(400);
  });

  describe('suggestions', () => {
    const suggest = async (q: string, language = 'vi') => {
      const asked = app.anyone.get('/api/suggest').query({ q }).set('Accept-Language', language);
      const { suggestions } = (await asked.expect(200)).body as SuggestResult;
      return suggestions;
    };
    const kindsOf = (found: SuggestResult['suggestions']) => [...new Set(found.map(({ kind }) => kind))];
    const labelsOf = (found: SuggestResult['suggestions'], kind: string) =>
      found.filter((one) => one.kind === kind).map(({ label }) => label);

    it('are of five kinds, a few of each, in one answer and five messages to the store beside the law', async () => {
      await suggest('giay');
      const sent: string[] = [];
      // Beside the background, which looks each second for records whose work waits.
      // The law is kept for a moment; whether it was read again is the clock's doing.
      const background = /Since|applications|searchMessages|share|agreements|groups|priorityLists|schemes|criteria/;
      const count = ({ commandName, command }: CommandStartedEvent) => {
        if (!background.test(JSON.stringify(command))) sent.push(`${commandName} ${command[commandName]}`);
      };
      app.connection.getClient().on('commandStarted', count);
      const found = await suggest('giay i');
      app.connection.getClient().off('commandStarted', count);
      const own = [
        'find certificates',
        'find products',
        'aggregate organisations',
        ...Array(2).fill('find organisations'),
      ];
      expect(sent).toHaveLength(own.length);
      expect(sent).toEqual(expect.arrayContaining(own));
      expect(found[0]).toEqual({
        kind: 'group',
        id: 'office-paper',
        label: 'Giấy văn phòng',
        detail: expect.any(String),
      });
      expect(labelsOf(found, 'product')).toHaveLength(5);
      expect(labelsOf(await suggest('nhan nang luong'), 'scheme').length).toBeGreaterThan(0);
      expect(labelsOf(await suggest('vietnam ecol', 'en'), 'scheme')).toContain('Vietnam Ecolabel');
      expect(labelsOf(await suggest('cong ty'), 'supplier')).toHaveLength(3);
      expect(await suggest('xyzxyz')).toEqual([]);
      expect(await suggest(' - ')).toEqual([]);
    });

    it('begin with the marks that were typed, and know them where the input method was off', async () => {
      await world.product({ name: { vi: 'Bút dạ Mặt Trời (hư cấu)' } });
      await world.product({ name: { vi: 'Bút đá Mật Trội (hư cấu)' } });
      await app.services.settle();
      expect(labelsOf(await suggest('bút đá mật'), 'product')[0]).toMatch(/^Bút đá/);
      expect(labelsOf(await suggest('bút dạ mặt'), 'product')[0]).toMatch(/^Bút dạ/);
      expect(labelsOf(await suggest('giaays vawn phonfg'), 'group')).toContain('Giấy văn phòng');
    });

    it('begin with the product or the certificate where a code was typed', async () => {
      const product = await world.product({ model: 'ZQ-77 X' });
      const { id } = await world.certificate({ products: [product.id], number: 'ZQ 4711/2026' });
      await app.services.settle();
      expect(kindsOf(await suggest('MX-A4-7'))[0]).toBe('product');
      expect(await suggest('zq77')).toMatchObject([{ kind: 'product', id: product.id }]);
      expect(await suggest('zq-4711')).toContainEqual({
        kind: 'certificate',
        id,
        label: 'ZQ 4711/2026',
        detail: 'Nhãn sinh thái Việt Nam',
      });
    });

    it('name no supplier at which nobody has looked, and no product that waits for acceptance', async () => {
      const { body } = await world.supplier
        .post('/api/products')
        .send({ kind: 'good', name: { vi: 'Xanhkhôngduyệt (hư cấu)' }, group: 'office-paper', supplier: 'T-SUPPLIER' })
        .expect(201);
      expect(body).toMatchObject({ listing: 'unreviewed' });
      await app.services.settle();
      expect(await suggest('xanhkhôngduyệt')).toEqual([]);
      await app.services.organisations.enterUnverified(
        { id: 'x', role: 'operator' },
        { taxCode: '9912345671', name: 'Côngtychưaxem' },
      );
      expect(await suggest('côngtychưaxem')).toEqual([]);
    });

    it.each([{}, { q: '' }, { q: 'x'.repeat(201) }, { q: 'x', more: '1' }, { q: { $gt: '' } }])(
      'are refused for %j',
      async (query) => {
        await app.anyone.get('/api/suggest').query(query).expect(400);
      },
    );
  });
});
