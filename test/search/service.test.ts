import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Product, ProductGroup, SearchQuery, SearchResult } from '../../schemas/types.d.ts';
import { createEmbeddedSearch } from '../../server/search/embedded.adapter.ts';
import type { SearchPort } from '../../server/search/port.ts';
import type { SearchService } from '../../server/search/service.ts';
import groups from '../../seed/data/groups.json' with { type: 'json' };
import { aCertificate, createRegister, type Register, today } from './register.ts';
import { aGroup, anEdition, aProduct, aScheme, idOf, randomFrom } from './support.ts';

// Each test here starts a worker of its own: a second each on a busy machine.
jest.setTimeout(30_000);

const services: SearchService[] = [];
const open = (register: Register, port?: SearchPort) => {
  const service = register.service(port);
  services.push(service);
  return service;
};
afterAll(async () => {
  await Promise.all(services.map((service) => service.close()));
});

const ask = (service: SearchService, query: Partial<SearchQuery>, language: 'vi' | 'en' = 'vi') =>
  service.search({ page: 1, limit: 20, ...query }, language);
const ascending = (found: number[]) => found.toSorted((a, b) => a - b);
const numbers = ({ items }: SearchResult) => items.map(({ id }) => Number.parseInt(id, 16));
const drainAll = async (service: SearchService) => {
  while ((await service.drain()) > 0);
};

const paper = aGroup('office-paper', {
  name: { vi: 'Giấy văn phòng', en: 'Office paper' },
  synonyms: ['giấy in', 'giấy photocopy'],
});
const cooler = aGroup('air-conditioner', {
  name: { vi: 'Máy điều hòa', en: 'Air conditioner' },
  family: { code: 'cooling', name: { vi: 'Làm mát' } },
  synonyms: ['máy lạnh'],
});
const paint = aGroup('construction-paint', { name: { vi: 'Sơn xây dựng', en: 'Paint' }, synonyms: ['sơn nước'] });
const detergent = aGroup('laundry-detergent', { name: { vi: 'Bột giặt', en: 'Laundry detergent' } });

function aRegister(): Register {
  const register = createRegister({
    groups: [paper, cooler, paint, detergent],
    schemes: [
      aScheme('VN-ECOLABEL', { name: { vi: 'Nhãn sinh thái Việt Nam', en: 'Vietnam Ecolabel' } }),
      aScheme('VN-ENERGY', {
        name: { vi: 'Nhãn năng lượng', en: 'Energy label' },
        basis: 'statutory-preference',
        levels: ['1', '2', '3', '4', '5'],
      }),
      aScheme('FOREIGN', { basis: 'equivalent-buyer-decides' }),
    ],
    edition: anEdition([
      { group: 'office-paper', obligation: 'mandatory', accepts: [{ scheme: 'VN-ECOLABEL' }] },
      { group: 'air-conditioner', obligation: 'preferred', accepts: [{ scheme: 'VN-ENERGY', minLevel: '4' }] },
    ]),
  });
  const put = (number: number, vi: string, parts: Partial<Product> = {}) =>
    register.putProduct(aProduct(number, { name: { vi }, ...parts }));
  put(1, 'Giấy in Lá Xanh A4', { brand: 'Lá Xanh', model: 'LX-80', description: { vi: 'Giấy trắng 80 gsm' } });
  put(2, 'Giấy photocopy Mây Trắng');
  put(3, 'Điều hòa Gió Mát', { group: 'air-conditioner', model: 'GM12', supplier: 'SUP-2' });
  put(4, 'Điều hòa Băng Giá', { group: 'air-conditioner', model: 'BG9' });
  put(5, 'Sơn nước nội thất', { group: 'construction-paint' });
  put(6, 'Son môi', { group: 'construction-paint', recordedAt: '2026-02-01T00:00:00.000Z' });
  put(7, 'Bột giặt Trắng Tinh', { group: 'laundry-detergent' });
  put(8, 'Giấy chờ duyệt', { listing: 'unreviewed' });
  put(9, 'Giấy ngừng bán', { withdrawal: { on: '2026-03-14', reason: 'x', recordedAt: '2026-03-01T00:00:00.000Z' } });
  register.putCertificate(aCertificate(1, [1]));
  register.putCertificate(aCertificate(2, [2], { validThrough: '2025-06-01' }));
  register.putCertificate(aCertificate(3, [3], { scheme: 'VN-ENERGY', level: '5' }));
  register.putCertificate(aCertificate(4, [4], { scheme: 'VN-ENERGY', level: '3' }));
  register.putCertificate(aCertificate(5, [5], { scheme: 'FOREIGN' }));
  return register;
}

describe('the catalogue that is searched', () => {
  const register = aRegister();
  let search: SearchService;
  beforeAll(async () => {
    search = open(register);
    await search.start();
  });

  it.each([
    ['giay in', [1, 2]],
    ['GIẤY IN', [1, 2]],
    ['giay phot', [2, 1]],
    ['máy lạnh', [3, 4]],
    ['may lanh gio mat', [3]],
    ['điều hoà', [3, 4]],
    ['LX80', [1]],
    ['lx 80', [1]],
    ['gm-12', [3]],
    ['photocpy mây', [2]],
    ['nhãn năng lượng', [3, 4]],
    ['101/DEMO', [1]],
    ['gsm', [1]],
    ['van phong', [1, 2, 5, 6, 7]],
  ])('finds for “%s” what an officer means', async (q, expected) => {
    const result = await ask(search, { q });
    expect(ascending(numbers(result))).toEqual(ascending(expected));
    expect(result.total).toBe(expected.length);
  });

  it('puts the marks of the query first, and has no preference without marks', async () => {
    expect(numbers(await ask(search, { q: 'sơn' }))).toEqual([5, 6]);
    expect(numbers(await ask(search, { q: 'son' }))).toEqual([6, 5]);
    expect(numbers(await ask(search, { q: 'son nuoc noi that' }))).toEqual([5]);
  });

  it('says why each hit stands where it stands, where that is asked for', async () => {
    const { items } = await ask(search, { q: 'may lanh gio', why: true });
    expect(items[0]?.why).toEqual([
      '“may”: trong tên nhóm',
      '“lanh”: trong tên gọi khác của nhóm',
      '“gio”: trong tên',
      'Thuộc nhóm mà câu tìm gọi tên',
      'Có nhãn bậc B còn hiệu lực',
      'Nhóm ưu tiên mua xanh',
    ]);
    expect((await ask(search, { q: 'may lanh' })).items[0]).not.toHaveProperty('why');
  });

  it('shows each product with its labels, best tier and priority on the day, from the store', async () => {
    const { items, query } = await ask(search, { q: 'giay in la xanh' });
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({
      id: idOf(1),
      groupName: { vi: 'Giấy văn phòng' },
      supplierName: { vi: 'Công ty Hư Cấu' },
      tier: 'A',
      priority: true,
      labels: [{ number: '101/DEMO', valid: true, validUntil: '2027-06-01' }],
    });
    expect(query).toEqual({
      q: 'giay in la xanh',
      words: ['giay', 'in', 'la', 'xanh'],
      understood: [],
      validOn: today,
      edition: 'PL-1',
      page: 1,
      limit: 20,
    });
  });

  it('shows an ended label as not valid and lets it match no filter of labels', async () => {
    const { items } = await ask(search, { q: 'may trang' });
    expect(items[0]).toMatchObject({ tier: null, priority: false, labels: [{ valid: false, reason: 'ENDED' }] });
    for (const filter of [{ scheme: 'VN-ECOLABEL' }, { tier: 'A' }, { priority: true }])
      expect(numbers(await ask(search, filter))).not.toContain(2);
  });

  it('knows tiers by the law of the day: A by scheme, B by the level that the edition asks for, none for a foreign label', async () => {
    expect(numbers(await ask(search, { tier: 'A' }))).toEqual([1]);
    expect(numbers(await ask(search, { tier: 'B' }))).toEqual([3]);
    expect(ascending(numbers(await ask(search, { tier: 'A,B' })))).toEqual([1, 3]);
    expect(numbers(await ask(search, { tier: 'C' }))).toEqual([]);
    expect(ascending(numbers(await ask(search, { priority: true })))).toEqual([1, 3]);
    expect((await ask(search, { priority: false })).total).toBe(5);
    expect(ascending(numbers(await ask(search, { level: '3,5' })))).toEqual([3, 4]);
  });

  it.each([
    ['2024-05-31', []],
    ['2024-06-01', [1, 2]],
    ['2025-06-01', [1, 2]],
    ['2025-06-02', [1]],
    ['2027-06-01', [1]],
    ['2027-06-02', []],
  ])('finds on %s the labels valid on that day', async (validOn, expected) => {
    const result = await ask(search, { scheme: 'VN-ECOLABEL', validOn });
    expect(ascending(numbers(result))).toEqual(expected);
    expect(result.query.validOn).toBe(validOn);
    expect(result.total).toBe(expected.length);
  });

  it('leaves out what is not accepted yet, and what is withdrawn on or before the day', async () => {
    expect(numbers(await ask(search, { q: 'giay cho duyet' }))).toEqual([]);
    expect(numbers(await ask(search, { q: 'giay ngung ban' }))).toEqual([]);
    expect(numbers(await ask(search, { q: 'giay ngung ban', validOn: '2026-03-13' }))).toEqual([9]);
  });

  it('counts facets with labels in the reader’s language, each without its own filter', async () => {
    const facets = 'kind,group,family,scheme,tier,level,supplier,priority';
    const vi = await ask(search, { group: 'air-conditioner', facets });
    expect(vi.facets['group']).toEqual([
      { value: 'air-conditioner', label: 'Máy điều hòa', count: 2 },
      { value: 'construction-paint', label: 'Sơn xây dựng', count: 2 },
      { value: 'office-paper', label: 'Giấy văn phòng', count: 2 },
      { value: 'laundry-detergent', label: 'Bột giặt', count: 1 },
    ]);
    expect(vi.facets['scheme']).toEqual([{ value: 'VN-ENERGY', label: 'Nhãn năng lượng', count: 2 }]);
    expect(vi.facets['level']?.map(({ value }) => value)).toEqual(['3', '5']);
    expect(vi.facets['tier']).toEqual([expect.objectContaining({ value: 'B', count: 1 })]);
    expect(vi.facets['priority']).toEqual([
      expect.objectContaining({ value: 'false' }),
      expect.objectContaining({ value: 'true' }),
    ]);
    const en = await ask(search, { facets: 'group,supplier,family' }, 'en');
    expect(Object.keys(en.facets)).toEqual(['group', 'family', 'supplier']);
    expect(en.facets['group']?.[0]?.label).toBe('Air conditioner');
    expect(en.facets['family']).toContainEqual({ value: 'cooling', label: 'Làm mát', count: 2 });
    expect(en.facets['supplier']?.[0]).toEqual({ value: 'SUP-1', label: 'Fictional Company', count: 6 });
  });

  it('sorts by name and by the latest record', async () => {
    expect(numbers(await ask(search, { sort: 'name' }))).toEqual([7, 4, 3, 1, 2, 6, 5]);
    expect(numbers(await ask(search, { sort: '-recordedAt' }))[0]).toBe(6);
  });

  it('says which word no product has, and proposes the word that was meant', async () => {
    const corrected = await ask(search, { q: 'bột giặc' });
    expect(numbers(corrected)).toEqual([7]);
    expect(corrected.explanation).toMatchObject({ reason: 'TYPING_ERROR', proposals: ['bột giặt'] });
    const [spelling] = corrected.query.understood;
    expect(spelling).toMatchObject({ kind: 'spelling', typed: 'bột giặc', meaning: 'bột giặt' });
    const { total, items, explanation } = await ask(search, { q: 'bột giặc', asTyped: spelling!.key });
    expect([total, items]).toEqual([0, []]);
    expect(explanation).toMatchObject({ reason: 'NO_SUCH_WORDS', detail: 'Không sản phẩm nào có từ: giặc.' });
    expect(explanation?.proposals[0]).toBe('bột giặt');
    const english = await ask(search, { q: 'giay unobtainium' }, 'en');
    expect(english.explanation?.detail).toBe('No product has the word: unobtainium.');
    expect(english.explanation?.proposals).toContain('giấy');
    const apart = await ask(search, { q: 'son giay' });
    expect(apart.explanation).toMatchObject({
      reason: 'NO_SUCH_WORDS',
      detail: 'Không sản phẩm nào có đủ những từ này.',
    });
    for (const q of apart.explanation?.proposals ?? []) expect((await ask(search, { q })).total).toBeGreaterThan(0);
  });

  it('finds and counts nothing for a word whose letters it has with other marks alone, and shows it where that is asked for', async () => {
    const query = { q: 'giày', page: 1, limit: 20 };
    const { total, explanation } = await ask(search, query);
    expect([total, explanation?.proposals]).toEqual([0, ['giấy']]);
    expect(await search.levels(query, 'vi')).toMatchObject({ total: 0, schemes: [] });
    expect(await search.countNew(query, '2020-01-01T00:00:00.000Z', 'vi')).toBe(0);
    const literal = { ...query, asTyped: 'marks-giay' };
    const shown = await ask(search, literal);
    expect(numbers(shown)).toEqual(expect.arrayContaining([1, 2]));
    expect(shown.query.understood).toMatchObject([{ kind: 'marks', typed: 'giày', meaning: 'giấy' }]);
    expect((await search.levels(literal, 'vi')).total).toBe(shown.total);
    expect(await search.countNew(literal, '2020-01-01T00:00:00.000Z', 'vi')).toBe(shown.total);
  });

  it('tells of a slip in the name of a group what it found instead, and counts it', async () => {
    const query = { q: 'giây in', page: 1, limit: 20 };
    const { total, query: read } = await ask(search, query);
    expect(read.understood).toMatchObject([{ kind: 'marks', typed: 'giây', meaning: 'giấy' }]);
    expect((await search.levels(query, 'vi')).total).toBe(total);
  });

  it('says when the filters exclude everything, or nothing can be read in the query', async () => {
    expect((await ask(search, { q: 'giay', tier: 'B' })).explanation?.reason).toBe('FILTERS_EXCLUDE_ALL');
    expect((await ask(search, { scheme: 'NONE' })).explanation?.reason).toBe('FILTERS_EXCLUDE_ALL');
    expect((await ask(search, { q: '???' })).explanation?.reason).toBe('NO_SUCH_WORDS');
    expect((await ask(search, { q: 'giay' })).explanation).toBeUndefined();
  });

  it('refuses by name a facet, kind or tier that there is none of, and a page too deep', async () => {
    await expect(ask(search, { facets: 'group,colour' })).rejects.toMatchObject({
      code: 'INVALID_QUERY',
      faults: [{ pointer: '/facets' }],
    });
    await expect(ask(search, { kind: 'thing' })).rejects.toMatchObject({ faults: [{ pointer: '/kind' }] });
    await expect(ask(search, { page: 10_000, limit: 100 })).rejects.toMatchObject({ faults: [{ pointer: '/page' }] });
    expect((await ask(search, { page: 50 })).items).toEqual([]);
  });
});

describe('the order of what the words leave equal', () => {
  const place = async (register: Register, q: string) => numbers(await ask(open(register), { q }));
  const older = { recordedAt: '2025-06-01T00:00:00.000Z' };

  it('is a valid label of the best tier, then a group that must be bought, then the latest record', async () => {
    const register = aRegister();
    register.products.clear();
    const put = (number: number, parts: Partial<Product> = {}) =>
      register.putProduct(aProduct(number, { name: { vi: 'Quạt mát' }, ...parts }));
    put(11);
    put(12, older);
    put(13, { group: 'air-conditioner' });
    put(14, { ...older, group: 'laundry-detergent' });
    put(15, { group: 'laundry-detergent' });
    register.putCertificate(aCertificate(12, [12]));
    expect(await place(register, 'quat mat')).toEqual([12, 11, 13, 15, 14]);
  });

  it('gains nothing by repeated words, hidden text, a long name, or the words of another group', async () => {
    const register = aRegister();
    const put = (number: number, vi: string, parts: Partial<Product> = {}) =>
      register.putProduct(aProduct(number, { name: { vi }, ...older, ...parts }));
    register.products.clear();
    put(21, 'Giấy in thường', { recordedAt: '2026-01-01T00:00:00.000Z' });
    put(22, 'Giấy in giấy in giấy in giấy in giấy in');
    put(23, 'Giấy in\u200b giấy\u200b in', { description: { vi: 'giấy in '.repeat(100) } });
    put(24, `Giấy in tốt nhất rẻ nhất xanh nhất ${'chính hãng cao cấp '.repeat(8)}`);
    put(25, 'Giấy in', { aliases: ['giấy in', 'giay-in', 'giayin'], brand: 'Khác' });
    expect(await place(register, 'giay in')).toEqual([21, 22, 23, 24, 25]);
    put(26, 'Giấy in điều hòa máy lạnh sơn nước bột giặt', { recordedAt: '2026-03-01T00:00:00.000Z' });
    put(27, 'Gió Mát 12', { group: 'air-conditioner' });
    expect(await place(register, 'máy lạnh')).toEqual([27, 26]);
    expect(await place(register, 'may lanh')).toEqual([27, 26]);
  });
});

describe('the index beside the store', () => {
  it('is built by the first search, and says that an empty catalogue is empty', async () => {
    const register = createRegister({ groups: [paper] });
    expect((await ask(open(register), { q: 'giay' })).explanation?.reason).toBe('EMPTY_CATALOGUE');
    expect((await ask(open(aRegister()), { q: 'giay in' })).total).toBe(2);
  });

  it('sees a write once it is drained, of a product and of a certificate', async () => {
    const register = aRegister();
    const search = open(register);
    await search.start();
    await drainAll(search);
    expect(register.marks.size).toBe(0);
    expect(await search.drain()).toBe(0);
    register.putProduct(aProduct(20, { name: { vi: 'Bút bi' }, listing: 'unreviewed' }));
    await drainAll(search);
    expect((await ask(search, { q: 'but bi' })).total).toBe(0);
    register.putCertificate(aCertificate(20, [20]));
    await drainAll(search);
    expect((await ask(search, { q: 'but bi', tier: 'A' })).total).toBe(1);
    expect(await search.health()).toMatchObject({ engine: 'embedded', ready: true, pending: 0 });
  });

  it('keeps the mark of a record that is written again while it is being indexed', async () => {
    const register = aRegister();
    const search = open(register);
    await search.start();
    await drainAll(search);
    register.putProduct(aProduct(1, { name: { vi: 'Giấy một' }, revision: 2 }));
    register.meanwhile = () => register.putProduct(aProduct(1, { name: { vi: 'Giấy hai' }, revision: 3 }));
    await search.drain();
    expect(register.marks).toEqual(new Set([idOf(1)]));
    await drainAll(search);
    expect((await ask(search, { q: 'giay hai' })).total).toBe(1);
    expect((await ask(search, { q: 'giay mot ' })).total).toBe(0);
  });

  it('catches up after a crash between the store and the index', async () => {
    const register = aRegister();
    const first = open(register);
    await first.start();
    register.putProduct(aProduct(30, { name: { vi: 'Thước kẻ' } }));
    await first.close();
    await expect(first.drain()).rejects.toThrow('search is closed');
    expect(register.marks.has(idOf(30))).toBe(true);
    const second = open(register);
    await second.start();
    await drainAll(second);
    expect((await ask(second, { q: 'thuoc ke' })).total).toBe(1);
    expect(register.marks.size).toBe(0);
  });

  it('never shows what the store no longer bears out, even before it is drained', async () => {
    const register = aRegister();
    const search = open(register);
    await search.start();
    const certificate = aCertificate(1, [1]);
    register.putCertificate({
      ...certificate,
      events: [{ type: 'revoked', on: '2026-01-01', reason: 'x', recordedAt: '2026-01-02T00:00:00.000Z' }],
    });
    for (const filter of [{ scheme: 'VN-ECOLABEL' }, { tier: 'A' }, { priority: true, group: 'office-paper' }]) {
      const { items, total } = await ask(search, filter);
      expect([items, total]).toEqual([[], 0]);
    }
    expect((await ask(search, { q: 'la xanh' })).items[0]).toMatchObject({ tier: null, labels: [{ valid: false }] });
    register.products.delete(idOf(7));
    expect(numbers(await ask(search, { q: 'bot giat' }))).toEqual([]);
    register.marks.add(idOf(7));
    await drainAll(search);
    expect((await ask(search, { facets: 'group' })).facets['group']?.map(({ value }) => value)).not.toContain(
      'laundry-detergent',
    );
  });

  it('pages through marked and unmarked names without a gap and without repeating', async () => {
    const register = createRegister({ groups: [paint] });
    const random = randomFrom(4);
    for (let number = 1; number <= 250; number++) {
      const vi = random() < 0.5 ? `Sơn ${number}` : `Son ${number}`;
      register.putProduct(aProduct(number, { name: { vi }, group: 'construction-paint' }));
    }
    const search = open(register);
    await search.start();
    for (const limit of [20, 30, 100]) {
      const seen: string[] = [];
      const names: string[] = [];
      for (let page = 1; seen.length < 250; page++) {
        const { items, total } = await ask(search, { q: 'sơn', page, limit });
        expect(total).toBe(250);
        seen.push(...items.map(({ id }) => id));
        names.push(...items.map(({ name }) => name.vi));
      }
      expect(new Set(seen).size).toBe(250);
      const marked = names.slice(0, 100).map((name) => name.startsWith('Sơn'));
      expect(marked.lastIndexOf(true)).toBeLessThan(marked.indexOf(false));
    }
  });

  it('answers while it is built anew, and a second build waits for the first', async () => {
    const register = aRegister();
    const port = createEmbeddedSearch();
    const search = open(register, port);
    await search.start();
    const builds = [search.start(), search.start()];
    expect((await ask(search, { q: 'giay in' })).total).toBe(2);
    await Promise.all(builds);
    expect((await port.health()).documents).toBe(register.products.size);
  });
});

describe('the words of officers', () => {
  it.each([
    ['giấy in A4', 'office-paper'],
    ['giấy văn phòng tái chế'.normalize('NFD'), 'office-paper'],
    ['máy tính xách tay', 'notebook-computer'],
    ['máy lạnh', 'air-conditioner'],
    ['bong den led tuyp', 'led-lamp'],
    ['bóng đèn huỳnh quang', 'fluorescent-lamp'],
    ['son nuoc noi that', 'construction-paint'],
    ['nuoc rua bat', 'hand-dishwashing'],
    ['bao bì nhựa tái chế', 'plastic-packaging'],
    ['hộp mực máy in', 'toner-cartridge'],
    ['catridge', 'toner-cartridge'],
    ['máy phô-tô', 'photocopier'],
    ['laptop', 'notebook-computer'],
  ])('“%s” finds the group %s first', async (q, group) => {
    const register = await officersRegister();
    expect((await ask(register, { q })).items[0]?.group).toBe(group);
  });
});

let officers: Promise<SearchService> | null = null;

/** One product of every reference group, named by it. */
async function officersRegister(): Promise<SearchService> {
  officers ??= (async () => {
    const register = createRegister({ groups: (groups as ProductGroup[]).map((group) => aGroup(group.code, group)) });
    register.groups.forEach(({ code, name }, at) => register.putProduct(aProduct(at + 1, { name, group: code })));
    const service = open(register);
    await service.start();
    return service;
  })();
  return officers;
}
