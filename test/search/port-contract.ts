import { afterAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Clause, Facet, Filter } from '../../server/search/clause.rules.ts';
import type { SearchDoc } from '../../server/search/document.rules.ts';
import type { SearchAnswer, SearchPort } from '../../server/search/port.ts';
import { typosBetween } from '../../server/search/typo.rules.ts';
import { textFields } from '../../server/search/document.rules.ts';
import { aDoc, aRequest, idOf, inBatches, meets, randomFrom, write } from './support.ts';

const hostile = [
  '"quoted" \'single\'',
  '\\ \\\\ %5C',
  'AND OR NOT',
  '[group = "x"] OR (1=1)',
  '{"$gt": ""}',
  '__proto__ constructor hasOwnProperty toString',
  'x'.repeat(10_240),
  'từ '.repeat(3000),
  '\ud800 \udfff lone',
  '\u0000\u0001\u001f\u007f',
  '*** ... ???',
  '🌱 绿色 зелёный',
  'a'.repeat(64),
];

// Hundreds of searches in one test: more than five seconds on a machine that is busy.
jest.setTimeout(30_000);

/** In what engines may differ. */
interface Traits {
  /** Its index is still there when the process starts again. */
  keepsIndex: boolean;
  /** Words of long texts are found only as they are, not begun and not with typos. */
  keepsTextsExact: boolean;
}

/** The guarantees of a search engine, whichever it is. */
export function describeSearchPort(engine: string, create: () => SearchPort, traits: Traits): void {
  describe(`search on ${engine}`, () => {
    const port = create();
    const ids = async (q: string, parts: Parameters<typeof aRequest>[1] = {}) =>
      (await port.search(aRequest(q, parts))).hits.map(({ id }) => Number.parseInt(id, 16));
    const load = async (docs: SearchDoc[]) => port.rebuild(inBatches(docs));

    beforeEach(async () => {
      await port.init();
      await load([]);
    });
    afterAll(() => port.close());

    it('finds the same without marks, with marks, composed, decomposed and in capitals', async () => {
      await load([aDoc(1, 'Máy lạnh treo tường'), aDoc(2, 'Máy giặt'), aDoc(3, 'Mây lanh'), aDoc(4, 'Tủ lạnh')]);
      const plain = await ids('may lanh');
      expect(plain.length).toBe(2);
      for (const q of ['máy lạnh', 'máy lạnh'.normalize('NFD'), 'MÁY LẠNH', 'Máy  Lạnh!'])
        expect(await ids(q)).toEqual(plain);
      await load([aDoc(1, 'Đèn bàn'), aDoc(2, 'Ðèn'), aDoc(3, 'Bàn')]);
      expect(new Set(await ids('den'))).toEqual(new Set([1, 2]));
      expect(new Set(await ids('ĐÈN'))).toEqual(new Set([1, 2]));
    });

    it('finds a product exactly when every word is there, begins there or is there with the typos allowed', async () => {
      const random = randomFrom(7);
      const vocabulary =
        'giay muc may in den led son nuoc bot giat photocopy cartridge laptop monitor recycled paper12 12000 18000'.split(
          ' ',
        );
      const pick = () => vocabulary[Math.floor(random() * vocabulary.length)] ?? '';
      const docs = Array.from({ length: 50 }, (_, at) =>
        aDoc(at + 1, [pick(), pick(), pick()].join(' '), { s_brand: pick(), s_alias: pick() }),
      );
      await load(docs);
      const judged = new Map<string, boolean>();
      const isClose = (word: string, term: string) => {
        const pair = `${word} ${term}`;
        if (!judged.has(pair)) judged.set(pair, typosBetween(word, term) !== null);
        return judged.get(pair) === true;
      };
      const broken = (word: string) => {
        const at = Math.floor(random() * word.length);
        const cut = word.slice(0, at) + word.slice(at + 1);
        const swapped = word.slice(0, at) + (word[at + 1] ?? '') + (word[at] ?? '') + word.slice(at + 2);
        return (
          [word, cut, swapped, word.slice(0, 4), `${word.slice(0, at)}x${word.slice(at)}`][Math.floor(random() * 5)] ??
          word
        );
      };
      for (let round = 0; round < 150; round++) {
        const q =
          [pick(), broken(pick()), broken(pick())].slice(0, 1 + Math.floor(random() * 3)).join(' ') +
          (random() < 0.3 ? ' ' : '');
        const request = aRequest(q);
        // Engines may look for very short beginnings in fewer fields.
        const last = request.words.at(-1) ?? '';
        if (request.prefixLast && last.length < (request.words.length === 1 ? 4 : 2)) continue;
        const isFound = (doc: SearchDoc) =>
          request.words.every((word, at) => {
            const isPrefix = request.prefixLast && at === request.words.length - 1;
            const own = textFields.flatMap((field) => doc[field].split(' '));
            return own.some((term) => (isPrefix && term.startsWith(word)) || isClose(word, term));
          });
        const expected = docs.filter(isFound).map(({ id }) => id);
        const { total, hits } = await port.search(request);
        expect({ q, total, ids: hits.map(({ id }) => id).sort() }).toEqual({
          q,
          total: expected.length,
          ids: expected,
        });
      }
    });

    it('puts fewer typos before more, then earlier fields before later ones', async () => {
      await load([
        aDoc(1, 'photocopi'),
        aDoc(2, 'Máy', { s_supplier: 'photocopy' }),
        aDoc(3, 'photocopy'),
        aDoc(4, 'fotocopi'),
        aDoc(5, 'Máy', { s_brand: 'photocopy' }),
      ]);
      expect(await ids('photocopy ')).toEqual([3, 5, 2, 1]);
    });

    it('puts words side by side before words apart, and whole words before beginnings', async () => {
      await load([aDoc(1, 'giấy trắng để in'), aDoc(2, 'giấy in trắng'), aDoc(3, 'giấy inox')]);
      expect(await ids('giay in')).toEqual([2, 3, 1]);
    });

    it('finds a model code first, whole, split or begun', async () => {
      const code = { s_code: 'ftka35uavmv ftka 35 uavmv' };
      await load([aDoc(1, 'Máy FTKA35UAVMV cũ'), aDoc(2, 'Máy lạnh', code), aDoc(3, 'Máy', { s_text: 'ftka35uavmv' })]);
      for (const q of ['FTKA35UAVMV', 'ftka35uavm', 'ftka35uavvm']) expect((await ids(q))[0]).toBe(2);
      expect(await ids('ftka 35 uavmv')).toEqual([2, 1]);
    });

    it('begins only the last word, and not after a space', async () => {
      await load([aDoc(1, 'photocopy giấy'), aDoc(2, 'giấy photo')]);
      expect(new Set(await ids('giay phot'))).toEqual(new Set([1, 2]));
      expect(await ids('giay photo ')).toEqual([2]);
      expect(await ids('giay phot ')).toEqual([]);
      expect(await ids('phot giay')).toEqual([]);
      expect(await ids('pho')).toHaveLength(2);
      expect(await ids('pho ')).toEqual([]);
    });

    it('forgives one typo from five letters on and two from nine, a swap counting as one', async () => {
      await load([aDoc(1, 'monitor'), aDoc(2, 'cartridge'), aDoc(3, 'giay')]);
      for (const q of ['monitr ', 'monitorr ', 'moniter ', 'monitro ']) expect(await ids(q)).toEqual([1]);
      for (const q of ['cartrigde ', 'cartrigdee ', 'catrrigde ', 'acrtridge ', 'crtrridge '])
        expect(await ids(q)).toEqual([2]);
      for (const q of ['xonitor ', 'mnitr ', 'giya ', 'gia ', 'catridxx ', 'xatrridge '])
        expect(await ids(q)).toEqual([]);
    });

    it('never takes a number for another', async () => {
      await load([aDoc(1, 'Máy 18000 BTU'), aDoc(2, 'Máy 12000 BTU'), aDoc(3, 'Máy 120000 BTU')]);
      expect(await ids('12000 btu')).toEqual([2]);
      expect(await ids('12000 ')).toEqual([2]);
    });

    it('keeps long texts to exact words', async () => {
      await load([aDoc(1, 'Giấy', { s_text: 'bao bi nhua tai che photocopy' })]);
      expect(await ids('photocopy ')).toEqual([1]);
      const loosely = traits.keepsTextsExact ? [] : [1];
      expect(await ids('photocopi ')).toEqual(loosely);
      expect(await ids('photoc')).toEqual(loosely);
    });

    it('counts every facet as a count by hand would, each without its own filter', async () => {
      const { docs, clauses, facets } = aRandomCatalogue(randomFrom(11));
      await load(docs);
      const random = randomFrom(12);
      const some = <T>(items: T[]): T[] => items.filter(() => random() < 0.35);
      for (let round = 0; round < 2000; round++) {
        const filters = Object.entries(clauses).flatMap(([facet, values]): Filter[] =>
          random() < 0.4 ? [{ ...(random() < 0.9 && { facet }), where: { any: some(values) } }] : [],
        );
        const q = random() < 0.4 ? (['giấy', 'den', 'may in'][round % 3] ?? '') : '';
        const answer = await port.search(aRequest(q, { filters, facets, size: 100 }));
        const words = aRequest(q).words;
        const found = docs.filter((doc) =>
          words.every((word) =>
            doc.s_name_vi.split(' ').some((own) => own.startsWith(word) && (own === word || word === words.at(-1))),
          ),
        );
        expect({ round, answer: await summary(answer) }).toEqual({ round, answer: byHand(found, filters, facets) });
      }
    });

    it('sums a facet of single values to the total', async () => {
      const { docs, facets } = aRandomCatalogue(randomFrom(5));
      await load(docs);
      const answer = await port.search(aRequest('', { facets }));
      const counts = await answer.facets;
      const sum = (name: string) => counts[name]?.values.reduce((total, { count }) => total + count, 0);
      expect(sum('group')).toBe(docs.length);
      expect(sum('kind')).toBe(answer.total);
    });

    it('cuts a facet at 200 values and says so', async () => {
      await load(Array.from({ length: 230 }, (_, at) => aDoc(at + 1, 'Giấy', { supplierId: `S${at}` })));
      const answer = await port.search(aRequest('', { facets: [{ name: 'supplier', field: 'supplierId' }] }));
      const { supplier } = await answer.facets;
      expect(supplier?.truncated).toBe(true);
      expect(supplier?.values).toHaveLength(200);
    });

    it('pages without a gap and without repeating, in every order', async () => {
      const { docs } = aRandomCatalogue(randomFrom(3));
      await load(docs);
      for (const sort of ['relevance', 'name', 'price', '-price', '-recordedAt'] as const) {
        for (const q of ['', 'giay']) {
          const whole = await port.search(aRequest(q, { sort, size: 100 }));
          const seen: string[] = [];
          for (let page = 1; seen.length < whole.total; page++)
            seen.push(...(await port.search(aRequest(q, { sort, page, size: 7 }))).hits.map(({ id }) => id));
          expect(seen).toHaveLength(whole.total);
          expect(new Set(seen).size).toBe(whole.total);
          expect(seen.slice(0, 100)).toEqual(whole.hits.map(({ id }) => id));
        }
      }
    });

    it('sorts by name in Vietnamese letter order and by the latest record, equal ones by id', async () => {
      await load([
        aDoc(1, 'Đèn', { recordedAt: 5 }),
        aDoc(2, 'Dao', { recordedAt: 9 }),
        aDoc(3, 'Ấm', { recordedAt: 9 }),
        aDoc(4, 'An', { recordedAt: 1 }),
        aDoc(5, 'Ăn', { recordedAt: 2 }),
        aDoc(6, 'Đèn', { recordedAt: 5 }),
        aDoc(7, 'Đèn', { recordedAt: 7 }),
      ]);
      expect(await ids('', { sort: 'name' })).toEqual([4, 5, 3, 2, 7, 1, 6]);
      expect(await ids('', { sort: '-recordedAt' })).toEqual([2, 3, 7, 1, 6, 5, 4]);
    });

    it('sorts by price either way, those without one last, equal ones by the latest record and id', async () => {
      await load([
        aDoc(1, 'Giấy', { priceMinor: 500 }),
        aDoc(2, 'Giấy'),
        aDoc(3, 'Giấy', { priceMinor: 12_000 }),
        aDoc(4, 'Giấy', { priceMinor: 500.25 }),
        aDoc(5, 'Giấy', { priceMinor: 500 }),
        aDoc(6, 'Giấy', { recordedAt: Date.parse('2027-01-01') }),
      ]);
      expect(await ids('', { sort: 'price' })).toEqual([1, 5, 4, 3, 6, 2]);
      expect(await ids('', { sort: '-price' })).toEqual([3, 4, 1, 5, 6, 2]);
    });

    it('forgets the attributes and the price that a newer revision does not have', async () => {
      const filters: Filter[] = [
        {
          where: {
            any: [
              { field: 'attr_size', in: ['A4'] },
              { field: 'attr_weight', gte: 0 },
              { field: 'priceMinor', gte: 0 },
            ],
          },
        },
      ];
      await write(port, [aDoc(1, 'Giấy', { seq: 1, attr_size: 'A4', attr_weight: 80, priceMinor: 5 })]);
      expect(await ids('', { filters })).toEqual([1]);
      await write(port, [aDoc(1, 'Giấy', { seq: 2 })]);
      expect(await ids('', { filters })).toEqual([]);
      expect(await ids('')).toEqual([1]);
    });

    it('sees a label valid on its first and last day and not beside them', async () => {
      await load([
        aDoc(1, 'Giấy', {
          runs: [
            { scheme: 'S', from: 100, through: 200 },
            { scheme: 'S', from: 300, through: null },
          ],
        }),
        aDoc(2, 'Giấy', { runs: [{ scheme: 'S', level: '3', from: 100, through: 100 }] }),
      ]);
      const valid = (on: number, levels?: string[]) =>
        ids('', { filters: [{ where: { valid: 'S', on, ...(levels && { levels }) } }] });
      expect(await valid(99)).toEqual([]);
      expect(await valid(100)).toEqual([1, 2]);
      expect(await valid(101)).toEqual([1]);
      expect(await valid(200)).toEqual([1]);
      expect(await valid(201)).toEqual([]);
      expect(await valid(299)).toEqual([]);
      expect(await valid(300)).toEqual([1]);
      expect(await valid(99_999)).toEqual([1]);
      expect(await valid(100, ['3'])).toEqual([2]);
      expect(await valid(100, ['4'])).toEqual([]);
      expect(await valid(101, ['3'])).toEqual([]);
    });

    it('shows a write once it is settled, and never lets an older revision replace a newer', async () => {
      await write(port, [aDoc(1, 'Giấy cũ', { seq: 3 })]);
      expect(await ids('giay')).toEqual([1]);
      await write(port, [aDoc(1, 'Bút bi', { seq: 4 })]);
      expect(await ids('giay')).toEqual([]);
      expect(await ids('but')).toEqual([1]);
      await write(port, [aDoc(1, 'Giấy cũ', { seq: 3 })]);
      expect(await ids('giay')).toEqual([]);
      await write(port, [aDoc(1, 'Bút chì', { seq: 4 })]);
      expect(await ids('chi')).toEqual([1]);
      await port.settle(await port.remove([{ id: idOf(1), seq: 3 }]), 5000);
      expect(await ids('chi')).toEqual([1]);
      await port.settle(
        await port.remove([
          { id: idOf(1), seq: 5 },
          { id: idOf(9), seq: 1 },
        ]),
        5000,
      );
      expect(await ids('chi')).toEqual([]);
      await write(port, [aDoc(1, 'Bút chì', { seq: 4 })]);
      expect(await ids('')).toEqual([]);
      expect(await port.health()).toMatchObject({ ready: true, documents: 0, pending: 0 });
    });

    it('answers from the whole old index during a rebuild, and keeps what is written meanwhile', async () => {
      const docs = Array.from({ length: 300 }, (_, at) => aDoc(at + 1, 'Giấy', { seq: 1 }));
      await load(docs);
      let release = () => {};
      const gate = new Promise<void>((resolve) => {
        release = resolve;
      });
      const slowly = async function* () {
        for await (const batch of inBatches(docs, 50)) {
          yield batch;
          if (batch[0]?.id === idOf(101)) await gate;
        }
      };
      const rebuilt = port.rebuild(slowly());
      await write(port, [aDoc(500, 'Bút', { seq: 1 }), aDoc(1, 'Mực', { seq: 2 })]);
      await port.settle(await port.remove([{ id: idOf(299), seq: 2 }]), 5000);
      const before = await port.search(aRequest('', { size: 1 }));
      release();
      const totals = await Promise.all(
        Array.from({ length: 20 }, async () => (await port.search(aRequest('', { size: 1 }))).total),
      );
      await rebuilt;
      expect(new Set([before.total, ...totals])).toEqual(new Set([300]));
      expect((await port.search(aRequest('', { size: 1 }))).total).toBe(300);
      expect(await ids('but')).toEqual([500]);
      expect(await ids('muc')).toEqual([1]);
    });

    it('keeps its index where a rebuild fails half-way', async () => {
      await load([aDoc(1, 'Giấy')]);
      const failing = async function* () {
        yield [aDoc(2, 'Bút')];
        throw new Error('the store went away');
      };
      await expect(port.rebuild(failing())).rejects.toThrow('the store went away');
      expect(await ids('')).toEqual([1]);
    });

    it('takes any text as words and nothing else', async () => {
      await load([aDoc(1, 'Giấy'), aDoc(2, 'and or not')]);
      const filters: Filter[] = [{ where: { field: 'group', in: ['g'] } }];
      for (const q of hostile) {
        const { total } = await port.search(aRequest(q, { filters, facets: [{ name: 'kind', field: 'kind' }] }));
        expect(total).toBeLessThanOrEqual(2);
        const inFilter = await port.search(aRequest('', { filters: [{ where: { field: 'group', in: [q] } }] }));
        expect(inFilter.total).toBe(0);
      }
      await write(
        port,
        hostile.map((q, at) => aDoc(at + 10, q)),
      );
      expect((await port.search(aRequest(''))).total).toBe(hostile.length + 2);
    });

    it('refuses an unknown field and a page too deep by a named fault, and goes on', async () => {
      await load([aDoc(1, 'Giấy')]);
      const unknown = { field: '__proto__', in: ['x'] } as unknown as Clause;
      await expect(port.search(aRequest('', { filters: [{ where: unknown }] }))).rejects.toMatchObject({
        code: 'bad_filter',
      });
      await expect(port.search(aRequest('', { page: 101, size: 100 }))).rejects.toMatchObject({
        code: 'page_too_deep',
      });
      await expect(port.search({ ...aRequest('giay'), filters: null as never })).rejects.toMatchObject({
        code: 'failed',
      });
      expect(await ids('giay')).toEqual([1]);
    });

    it('answers the same after a restart from the same documents', async () => {
      const { docs, facets } = aRandomCatalogue(randomFrom(21));
      await load(docs);
      const request = aRequest('giay', { facets, size: 50 });
      const before = await port.search(request);
      const again = create();
      const atOnce = await again.search(request).then(
        () => 'found',
        (error: { code: string }) => error.code,
      );
      expect(atOnce).toBe(traits.keepsIndex ? 'found' : 'not_ready');
      await again.rebuild(inBatches(docs.toReversed()));
      const { hits, total, facets: counts } = await again.search(request);
      expect({ hits, total }).toEqual({ hits: before.hits, total: before.total });
      expect(await counts).toEqual(await before.facets);
      await again.close();
      expect(await again.health()).toMatchObject({ ready: traits.keepsIndex });
    });
  });
}

function aRandomCatalogue(random: () => number) {
  const one = <T>(items: T[]): T => items[Math.floor(random() * items.length)] as T;
  const schemes = Array.from({ length: 40 }, (_, at) => `S${at}`);
  const days = [10, 20, 30, 40, 50];
  const docs = Array.from({ length: 150 }, (_, at) =>
    aDoc(at + 1, one(['Giấy in', 'Giấy A4', 'Đèn LED', 'Máy in', 'Mực']), {
      ...(random() < 0.6 && { attr_weight: one([70, 80, 80.5, 90, 100]) }),
      ...(random() < 0.6 && { attr_size: one(['A3', 'A4', 'A5']) }),
      ...(random() < 0.5 && { attr_recycled: one(['true', 'false']) }),
      ...(random() < 0.7 && { priceMinor: one([1000, 1500, 1500.5, 90_000]) }),
      group: one(['paper', 'lamp', 'printer']),
      kind: one(['good', 'service']),
      supplierId: one(['A', 'B', 'C', 'D']),
      recordedAt: Math.floor(random() * 20),
      ...(random() < 0.3 && { withdrawnDay: one(days) }),
      runs: Array.from({ length: Math.floor(random() * 3) }, () => ({
        scheme: random() < 0.7 ? one(['S0', 'S1']) : one(schemes),
        ...(random() < 0.5 && { level: one(['1', '2']) }),
        ...(random() < 0.5 && { criterion: one(['N1', 'N2']) }),
        from: one(days),
        through: random() < 0.3 ? null : one(days),
      })),
    }),
  );
  const valid = ['S0', 'S1', 'S39'].flatMap((scheme): Clause[] => [
    { valid: scheme, on: 30 },
    { valid: scheme, levels: ['2'], on: 20 },
    { valid: scheme, criteria: ['N1'], on: 20 },
  ]);
  const classes: Clause[] = [
    { field: 'attr_weight', below: 80 },
    { field: 'attr_weight', gte: 80, below: 90 },
    { field: 'attr_weight', gte: 90 },
    { field: 'attr_weight', gte: 80.5, lte: 80.5 },
  ];
  const clauses: Record<string, Clause[]> = {
    group: ['paper', 'lamp', 'printer'].map((value) => ({ field: 'group', in: [value] })),
    kind: [{ field: 'kind', in: ['good'] }],
    supplier: ['A', 'B', 'none'].map((value) => ({ field: 'supplierId', in: [value] })),
    scheme: valid,
    tier: [
      {
        all: [
          { field: 'group', in: ['paper', 'lamp'] },
          { valid: 'S0', on: 30 },
        ],
      },
      { not: { valid: 'S1', on: 30 } },
    ],
    offered: [{ not: { field: 'withdrawnDay', lte: 30 } }],
    size: ['A3', 'A4', 'none'].map((value) => ({ field: 'attr_size', in: [value] })),
    weight: classes,
    price: [
      { field: 'priceMinor', lte: 1500 },
      { field: 'priceMinor', gte: 1500.5, lte: 90_000 },
    ],
    recycled: [{ field: 'attr_recycled', in: ['true'] }, { not: { field: 'attr_recycled', in: ['true'] } }],
  };
  const facets: Facet[] = [
    { name: 'group', field: 'group' },
    { name: 'kind', field: 'kind' },
    { name: 'supplier', field: 'supplierId' },
    { name: 'scheme', values: valid.map((where, at) => ({ value: String(at), where })) },
    { name: 'tier', values: (clauses['tier'] ?? []).map((where, at) => ({ value: String(at), where })) },
    { name: 'size', field: 'attr_size' },
    { name: 'recycled', field: 'attr_recycled' },
    { name: 'absent', field: 'attr_absent' },
    {
      name: 'weight',
      values: classes.map((where, at) => ({ value: String(at), where })),
      range: 'attr_weight',
    },
    { name: 'price', values: [], range: 'priceMinor' },
  ];
  return { docs, clauses, facets };
}

async function summary({ total, facets }: SearchAnswer) {
  const told = Object.entries(await facets).map(([name, { values, range }]) => [name, { values, range }]);
  return { total, facets: Object.fromEntries(told) };
}

function byHand(docs: SearchDoc[], filters: Filter[], facets: Facet[]) {
  const left = (without?: string) =>
    docs.filter((doc) =>
      filters.every(({ facet, where }) => (facet !== undefined && facet === without) || meets(doc, where)),
    );
  const counted = (facet: Facet) => {
    const found = left(facet.name);
    const values =
      'field' in facet
        ? [...new Set(docs.map((doc) => doc[facet.field]))].flatMap((value) =>
            typeof value === 'string' ? [{ value, where: { field: facet.field, in: [value] } }] : [],
          )
        : facet.values;
    const counts = values
      .map(({ value, where }) => ({ value, count: found.filter((doc) => meets(doc, where)).length }))
      .filter(({ count }) => count > 0)
      .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
    const field = 'range' in facet ? facet.range : undefined;
    const numbers = found.map((doc) => field && doc[field]).filter((number) => typeof number === 'number');
    const range = numbers.length > 0 ? { min: Math.min(...numbers), max: Math.max(...numbers) } : undefined;
    return { values: counts, range };
  };
  return { total: left().length, facets: Object.fromEntries(facets.map((facet) => [facet.name, counted(facet)])) };
}
