import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { GroupAttribute, LabelScheme, PriorityList, SearchQuery, Tier } from '../../schemas/types.d.ts';
import { tierOf } from '../../server/reference/tier.rules.ts';
import type { Clause } from '../../server/search/clause.rules.ts';
import { buildSearchDoc, dayNumber } from '../../server/search/document.rules.ts';
import { alternativesTo, correctionsOf, explainIn, spell } from '../../server/search/explain.rules.ts';
import { wordsOf } from '../../server/search/fold.rules.ts';
import { markedFirst } from '../../server/search/marks.rules.ts';
import { groupsNamedIn } from '../../server/search/named-groups.rules.ts';
import { buildRequest, unknownValue, valuesOf } from '../../server/search/query.rules.ts';
import { readLiterally } from '../../server/search/reading.rules.ts';
import { type LawOnDay, priorityClause, tierClause } from '../../server/search/tier-clauses.rules.ts';
import { aGroup, anAgreement, anEdition, aScheme, aSource, meets } from '../search/support.ts';

const on = '2026-03-14';
const changedAt = '2026-03-01T00:00:00.000Z';
const noLaw: LawOnDay = { on, edition: null, schemes: [], agreements: [] };
const noAttributes = new Map<string, GroupAttribute>();
const aQuery = (parts: Partial<SearchQuery> = {}): SearchQuery => ({ page: 1, limit: 20, ...parts });
const folded = (q: string) => readLiterally(q).words.map((word) => word.folded);

describe('a query', () => {
  it('is its first ten folded words', () => {
    expect(folded('Giấy  in, A4')).toEqual(['giay', 'in', 'a4']);
    expect(folded('một hai ba bốn năm sáu bảy tám chín mười mười-một')).toHaveLength(10);
  });

  it('lets the last word be a beginning unless a space ends it', () => {
    expect(buildRequest(aQuery({ q: 'giay i' }), noLaw, { attributes: noAttributes }).prefixLast).toBe(true);
    expect(buildRequest(aQuery({ q: 'giay in ' }), noLaw, { attributes: noAttributes }).prefixLast).toBe(false);
  });

  it('finds nothing where it holds no letter and no digit, and browses where it is empty', () => {
    const finds = (q: string) => {
      const doc = buildSearchDoc(aSource(1));
      return buildRequest(aQuery({ q }), noLaw, { attributes: noAttributes }).filters.every(({ where }) =>
        meets(doc, where),
      );
    };
    expect(finds('?!…')).toBe(false);
    expect(finds('   ')).toBe(true);
    expect(finds('')).toBe(true);
  });

  it('asks for what is preferred among equals only where words rank', () => {
    const preferredFor = (q: string) => buildRequest(aQuery({ q }), noLaw, { attributes: noAttributes }).prefer;
    expect(preferredFor('giay')).toHaveLength(2);
    expect(preferredFor('')).toEqual([]);
  });

  it('takes comma-separated values once each', () => {
    expect(valuesOf(' A,B ,,A')).toEqual(['A', 'B']);
    expect(valuesOf(undefined)).toEqual([]);
  });

  it('names a kind, tier or facet that there is none of', () => {
    expect(unknownValue(aQuery({ kind: 'good,thing' }), noAttributes)).toEqual({ parameter: 'kind', value: 'thing' });
    expect(unknownValue(aQuery({ tier: 'D' }), noAttributes)).toEqual({ parameter: 'tier', value: 'D' });
    expect(unknownValue(aQuery({ facets: 'group,constructor' }), noAttributes)).toEqual({
      parameter: 'facets',
      value: 'constructor',
    });
    expect(
      unknownValue(aQuery({ kind: 'service', tier: 'A,C', facets: 'tier,priority', group: 'any' }), noAttributes),
    ).toBeNull();
  });

  it('shows what is listed and still offered on the day', () => {
    const found = (source: Parameters<typeof aSource>[1]) =>
      buildRequest(aQuery(), noLaw, { attributes: noAttributes }).filters.every(({ where }) =>
        meets(buildSearchDoc(aSource(1, source)), where),
      );
    const certificates = [{ scheme: 'S', schemeName: { vi: 'S' }, numbers: ['1'], runs: [], changedAt }];
    const withdrawal = (day: string) => ({
      fields: { withdrawal: { on: day, reason: 'x', recordedAt: '2026-01-01T00:00:00.000Z' } },
    });
    expect(found({})).toBe(true);
    expect(found({ fields: { listing: 'unreviewed' } })).toBe(false);
    expect(found({ fields: { listing: 'unreviewed' }, certificates })).toBe(true);
    expect(found(withdrawal('2026-03-13'))).toBe(false);
    expect(found(withdrawal('2026-03-14'))).toBe(false);
    expect(found(withdrawal('2026-03-15'))).toBe(true);
  });

  it('means “or” inside a parameter and “and” between them', () => {
    const { filters } = buildRequest(aQuery({ group: 'a,b', kind: 'good' }), noLaw, { attributes: noAttributes });
    const found = (group: string, kind: 'good' | 'service') => {
      const doc = buildSearchDoc(aSource(1, { fields: { group, kind } }));
      return filters.every(({ where }) => meets(doc, where));
    };
    expect([found('a', 'good'), found('b', 'good'), found('c', 'good'), found('a', 'service')]).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});

describe('a document', () => {
  it('holds each field as folded words, codes whole and split, measures both ways', () => {
    const doc = buildSearchDoc(
      aSource(1, {
        fields: {
          name: { vi: 'Máy lạnh 12000 BTU', en: 'Air conditioner 1.5HP' },
          brand: 'Gió Mát',
          model: 'FTKA35U-V2',
          aliases: ['FTKA 35U'],
          description: { vi: 'Tiết kiệm điện' },
        },
        group: aGroup('air-conditioner', { name: { vi: 'Điều hòa' }, synonyms: ['máy lạnh'] }),
        certificates: [
          {
            scheme: 'E',
            schemeName: { vi: 'Nhãn năng lượng' },
            numbers: ['12/DEMO', '12A/DEMO'],
            level: '5',
            runs: [{ from: '2026-01-01', through: null }],
            changedAt,
          },
        ],
      }),
    );
    expect(doc).toMatchObject({
      s_name_vi: 'may lanh 12000 btu',
      s_brand: 'gio mat ftka u v',
      s_category: 'dieu hoa van phong pham office supplies',
      s_alias: 'may lanh 12000btu 5 hp',
      s_label: 'nhan nang luong 12 demo 12a demo',
      s_text: 'tiet kiem dien',
      runs: [{ scheme: 'E', level: '5', from: dayNumber('2026-01-01'), through: null }],
    });
    for (const word of ['ftka35uv2', 'ftka35u', 'v2', 'ftka', '35', 'ftka35u', '35u'])
      expect(doc[/\d/.test(word) ? 's_code' : 's_brand'].split(' ')).toContain(word);
  });

  it('numbers days so that the next day is the next number', () => {
    expect(dayNumber('1970-01-01')).toBe(0);
    expect(dayNumber('2024-03-01') - dayNumber('2024-02-28')).toBe(2);
  });
});

const bases = [
  'statutory',
  'legacy-transitional',
  'statutory-preference',
  'equivalent-buyer-decides',
  'information-only',
] as const;
const groups = ['g1', 'g2', 'g3'];
const codes = ['S0', 'S1', 'S2', 'S3', 'S4', 'S5'];
const levels = ['1', '2', '3'];
const aLaw = fc.record({
  schemes: fc.tuple(
    ...codes.map((code) =>
      fc
        .record({
          basis: fc.constantFrom(...bases),
          subject: fc.constantFrom('product' as const, 'product' as const, 'organisation' as const),
        })
        .map((parts): LabelScheme => aScheme(code, { ...parts, levels })),
    ),
  ),
  edition: fc.option(
    fc
      .array(
        fc.record({
          group: fc.constantFrom(...groups),
          obligation: fc.constant('mandatory' as const),
          accepts: fc.array(
            fc.record({
              scheme: fc.constantFrom(...codes),
              minLevel: fc.option(fc.constantFrom(...levels, 'none such'), { nil: undefined }),
              criteria: fc.option(fc.subarray(['N1', 'N2'], { minLength: 1 }), { nil: undefined }),
            }),
            { maxLength: 3 },
          ),
        }),
        { maxLength: 4 },
      )
      .map((entries): PriorityList => anEdition(entries)),
  ),
  agreements: fc.array(
    fc
      .record({
        scheme: fc.constantFrom(...codes),
        groups: fc.subarray(groups),
        from: fc.constantFrom('2026-03-13', on, '2026-03-15'),
        through: fc.option(fc.constantFrom('2026-03-13', on, '2026-03-15'), { nil: undefined }),
      })
      .map(({ scheme, groups: covered, ...parts }) => anAgreement(scheme, covered, parts)),
    { maxLength: 2 },
  ),
});
const someLabels = fc.array(
  fc.record({
    scheme: fc.constantFrom(...codes),
    level: fc.option(fc.constantFrom(...levels), { nil: undefined }),
    criterion: fc.option(fc.constantFrom('N1', 'N2'), { nil: undefined }),
    isValid: fc.boolean(),
  }),
  { maxLength: 3 },
);

describe('tiers and priority as clauses', () => {
  interface Label {
    scheme: string;
    level?: string | undefined;
    criterion?: string | undefined;
    isValid: boolean;
  }
  const docWith = (group: string, labels: Label[]) => {
    const certificates = labels.map(({ scheme, level, criterion, isValid }, at) => ({
      scheme,
      schemeName: { vi: scheme },
      ...(level !== undefined && { level }),
      ...(criterion !== undefined && { criterion }),
      numbers: [String(at)],
      runs: [isValid ? { from: on, through: on } : { from: '2026-03-15', through: null }],
      changedAt,
    }));
    return buildSearchDoc(aSource(1, { fields: { group }, certificates }));
  };

  it('pick the products whose best valid label has that tier', () => {
    fc.assert(
      fc.property(aLaw, fc.constantFrom(...groups), someLabels, (parts, group, labels) => {
        const law = { on, ...parts };
        const tiers = labels.flatMap(({ scheme: code, level, criterion, isValid }): Tier[] => {
          const scheme = parts.schemes.find((candidate) => candidate.code === code);
          if (!scheme || !isValid) return [];
          const { tier } = tierOf({
            ...law,
            scheme,
            group,
            certificate: {
              id: 'c',
              ...(level !== undefined && { level }),
              ...(criterion !== undefined && { criterion }),
            },
          });
          return tier ? [tier] : [];
        });
        const best = tiers.sort()[0];
        // The register gives products no certificate of a scheme that certifies organisations.
        const isPossible = labels.every(
          ({ scheme }) => parts.schemes.find(({ code }) => code === scheme)?.subject === 'product',
        );
        fc.pre(isPossible);
        const doc = docWith(group, labels);
        expect((['A', 'B', 'C'] as const).filter((tier) => meets(doc, tierClause(tier, law)))).toEqual(
          best ? [best] : [],
        );
      }),
      { numRuns: 3000 },
    );
  });

  it('pick the groups on the edition with a valid label that their entry accepts', () => {
    const law: LawOnDay = {
      ...noLaw,
      schemes: [aScheme('S0'), aScheme('S1', { levels: ['1', '2', '3'] })],
      edition: anEdition([
        { group: 'g1', obligation: 'mandatory', accepts: [{ scheme: 'S0' }, { scheme: 'S1', minLevel: '2' }] },
        { group: 'g3', obligation: 'preferred', accepts: [{ scheme: 'S0', criteria: ['N1', 'N2'] }] },
      ]),
    };
    const isPriority = (group: string, scheme: string, level?: string, criterion?: string) =>
      meets(docWith(group, [{ scheme, level, criterion, isValid: true }]), priorityClause(law));
    expect(isPriority('g1', 'S0')).toBe(true);
    expect(isPriority('g2', 'S0')).toBe(false);
    expect(isPriority('g1', 'S1', '1')).toBe(false);
    expect(isPriority('g1', 'S1', '2')).toBe(true);
    expect(isPriority('g1', 'S1', '3')).toBe(true);
    expect(isPriority('g1', 'S1')).toBe(false);
    expect(['N1', 'N2', 'N3', undefined].map((criterion) => isPriority('g3', 'S0', undefined, criterion))).toEqual([
      true,
      true,
      false,
      false,
    ]);
    const ended = docWith('g1', [{ scheme: 'S0', level: undefined, isValid: false }]);
    expect(meets(ended, priorityClause(law))).toBe(false);
    const labelled = docWith('g1', [{ scheme: 'S0', level: undefined, isValid: true }]);
    expect(meets(labelled, priorityClause({ ...law, edition: null }))).toBe(false);
  });

  it('ask for each label by the day, so that nothing need be done at midnight', () => {
    const law: LawOnDay = { ...noLaw, schemes: [aScheme('S0')] };
    expect(tierClause('A', law)).toEqual({ any: [{ valid: 'S0', on: dayNumber(on) } satisfies Clause] });
  });
});

describe('a query without a hit', () => {
  it('is tried with sounds that are confused in writing', () => {
    expect(correctionsOf('giac')).toContain('giat');
    expect(correctionsOf('son')).toEqual(expect.arrayContaining(['xon', 'song']));
    expect(correctionsOf('lilong')).toContain('nilong');
    expect(correctionsOf('chang')).toEqual(expect.arrayContaining(['trang', 'chan']));
    expect(correctionsOf('gaiy')).toContain('giay');
    expect(correctionsOf('12000')).toEqual([]);
  });

  it('is tried with one word spelt otherwise first, then with fewer words', () => {
    const tried = alternativesTo(wordsOf('bột giặc khô'), new Set(['giac'])).map((words) =>
      words.map(({ folded: word }) => word).join(' '),
    );
    expect(tried.indexOf('bot giat kho')).toBeGreaterThanOrEqual(0);
    expect(tried.indexOf('bot giat kho')).toBeLessThan(tried.indexOf('bot kho'));
    expect(tried).toContain('bot');
    expect(tried.every((query) => query !== '' && !query.includes('giac'))).toBe(true);
  });

  it('is proposed with the marks that the words have where they were found', () => {
    expect(spell(wordsOf('bot giat OMO'), ['Bột giặt Omo'])).toBe('bột giặt OMO');
    expect(spell(wordsOf('xyz'), ['Bột giặt'])).toBe('xyz');
  });

  it('is explained in the reader’s language', () => {
    expect(explainIn('vi', 'NO_SUCH_WORDS', ['giặc'])).toContain('giặc');
    expect(explainIn('en', 'NO_SUCH_WORDS', [])).toBe('No product has all of these words.');
    expect(explainIn('en', 'FILTERS_EXCLUDE_ALL', [])).not.toBe(explainIn('vi', 'FILTERS_EXCLUDE_ALL', []));
  });
});

describe('the order by marks', () => {
  const names = new Map([
    ['1', { vi: 'Son môi' }],
    ['2', { vi: 'Sơn nước' }],
    ['3', { vi: 'Sơn dầu', en: 'Oil paint' }],
    ['4', { vi: 'Són' }],
  ]);
  const order = (q: string, typos = [0, 0, 0, 0]) =>
    markedFirst(
      ['1', '2', '3', '4'].map((id, at) => ({ id, typos: typos[at] ?? 0 })),
      {
        words: wordsOf(q),
        named: new Set(),
        looked: new Map([...names].map(([id, name]) => [id, { name, group: 'g' }])),
      },
    )
      .map(({ id }) => id)
      .join('');

  it('puts names with the same marks first and keeps the order otherwise', () => {
    expect(order('sơn')).toBe('2314');
    expect(order('son')).toBe('1234');
    expect(order('sơ')).toBe('2314');
    expect(order('sơn nước')).toBe('2134');
  });

  it('puts the group that the query names before another that has its words in the name', () => {
    const looked = new Map([
      ['1', { name: { vi: 'Sửa điều hòa' }, group: 'repair' }],
      ['2', { name: { vi: 'Máy lạnh' }, group: 'cooler' }],
    ]);
    const cooler = aGroup('cooler', { name: { vi: 'Máy lạnh' }, synonyms: ['điều hòa'] });
    const repair = aGroup('repair', { name: { vi: 'Bảo trì' }, synonyms: ['sửa điều hòa'] });
    const first = (q: string) => {
      const named = groupsNamedIn(wordsOf(q), [repair, cooler]);
      const hits = ['1', '2'].map((id) => ({ id, typos: 0 }));
      return markedFirst(hits, { words: wordsOf(q), named, looked })[0]?.id;
    };
    expect(['điều hòa', 'dieu hoa inverter', 'sua dieu hoa', 'máy'].map(first)).toEqual(['2', '2', '1', '2']);
  });

  it('never puts more typos before fewer', () => {
    expect(order('sơn', [0, 1, 0, 1])).toBe('3124');
  });
});
