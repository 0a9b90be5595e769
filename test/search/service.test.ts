import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Product, ProductGroup } from '../../schemas/types.d.ts';
import type { SearchService } from '../../server/search/service.ts';
import groups from '../../seed/data/groups.json' with { type: 'json' };
import { aCertificate, createRegister, type Register, today } from './register.ts';
import { aRegister, ask, numbers, open } from './small-register.ts';
import { aGroup, aProduct, idOf } from './support.ts';

// Each test here starts a worker of its own: a second each on a busy machine.
jest.setTimeout(30_000);

const ascending = (found: number[]) => found.toSorted((a, b) => a - b);

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
