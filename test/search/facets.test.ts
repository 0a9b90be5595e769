import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { CertificateEvent, GroupAttribute, SearchQuery, SearchResult } from '../../schemas/types.d.ts';
import type { SearchService } from '../../server/search/service.ts';
import { aCertificate, createRegister } from './register.ts';
import { aGroup, anAgreement, anEdition, aProduct, aScheme, randomFrom } from './support.ts';

/** What is counted, in plain words; the register is made from it, and the counts are made from it a second time. */
interface Row {
  group: string;
  kind: string;
  supplier: string;
  words: string[];
  isAccepted: boolean;
  goneOn: string | null;
  price: number | null;
  grammage: number | null;
  size: string | null;
  duplex: boolean | null;
  labels: { scheme: string; level: string | null; from: string; through: string; revokedOn: string | null }[];
}
type Asked = Pick<SearchQuery, 'q' | 'minPrice' | 'maxPrice' | 'attr'> & {
  validOn: string;
  priority?: boolean;
} & Partial<Record<'kind' | 'group' | 'family' | 'supplier' | 'scheme' | 'tier' | 'level', string>>;

const wanted = 10_000;
const size = 400;
const days = ['2024-12-31', '2025-06-15', '2026-03-14', '2027-01-01', '2031-05-05'];
const allWords = ['zenith', 'quartz', 'marble', 'velvet'];
const families: Record<string, string> = {
  paper: 'office',
  pen: 'office',
  lamp: 'light',
  cooler: 'cold',
  clean: 'work',
};
const groupsOf = Object.keys(families);
const suppliers = Array.from({ length: 12 }, (_, at) => `SUP-${at}`);
const sizes = ['A3', 'A4', 'A5'];
const steps = [70, 80, 100];
const single = ['kind', 'group', 'family', 'supplier'];
const facets = [...single, 'scheme', 'tier', 'level', 'priority', 'price', 'attr.grammage', 'attr.size', 'attr.duplex'];

const attributes: GroupAttribute[] = [
  { key: 'grammage', name: { vi: 'Định lượng' }, type: 'number', steps },
  { key: 'size', name: { vi: 'Khổ' }, type: 'code', codes: sizes.map((value) => ({ value, name: { vi: value } })) },
  { key: 'duplex', name: { vi: 'Hai mặt' }, type: 'boolean' },
];

const random = randomFrom(2611);
const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!;
const some = <T>(from: readonly T[], part: number): T[] => from.filter(() => random() < part);
const maybe = <T>(part: number, value: () => T): T | null => (random() < part ? value() : null);

function aRow(): Row {
  const labelled = some(['VN-ECOLABEL', 'VN-ENERGY', 'FOREIGN', 'RECOGNISED'], 0.3);
  return {
    group: pick(groupsOf),
    kind: random() < 0.8 ? 'good' : 'service',
    supplier: pick(suppliers),
    words: some(allWords, 0.4),
    isAccepted: random() < 0.85,
    goneOn: maybe(0.15, () => pick(days)),
    price: maybe(0.7, () => 1 + Math.floor(random() * 50)),
    grammage: maybe(0.6, () => 60 + Math.floor(random() * 60)),
    size: maybe(0.5, () => pick(sizes)),
    duplex: maybe(0.5, () => random() < 0.5),
    labels: labelled.map((scheme) => ({
      scheme,
      level: scheme === 'VN-ENERGY' ? pick(['1', '2', '3', '4', '5']) : null,
      from: pick(days.slice(0, 3)),
      through: pick(days.slice(2)),
      revokedOn: maybe(0.2, () => pick(days.slice(2, 4))),
    })),
  };
}

const rows = Array.from({ length: size }, aRow);

const validOf = ({ labels }: Row, on: string) =>
  labels.filter(
    ({ from, through, revokedOn }) =>
      from <= on && on <= through && (revokedOn === null || on < revokedOn || on < from),
  );

/** The values that the row has of a facet on the day: said from the row, by other words than the search says it. */
function ownValues(row: Row, facet: string, on: string): string[] {
  const valid = validOf(row, on);
  const isStarred =
    valid.some(({ scheme, level }) => scheme === 'VN-ENERGY' && Number(level) >= 4) && row.group === 'cooler';
  const isNational = valid.some(({ scheme }) => scheme === 'VN-ECOLABEL');
  const isRecognised = row.group === 'lamp' && valid.some(({ scheme }) => scheme === 'RECOGNISED');
  if (facet === 'family') return [families[row.group]!];
  if (facet === 'scheme') return [...new Set(valid.map(({ scheme }) => scheme))];
  if (facet === 'level') return [...new Set(valid.flatMap(({ level }) => level ?? []))];
  if (facet === 'priority') return [String(isStarred || (row.group === 'paper' && isNational))];
  if (facet === 'tier') return isNational || isRecognised ? ['A'] : isStarred ? ['B'] : [];
  if (facet === 'attr.grammage')
    return row.grammage === null
      ? []
      : [row.grammage < 70 ? '..<70' : row.grammage < 80 ? '70..<80' : row.grammage < 100 ? '80..<100' : '100..'];
  const { kind, group, supplier } = row;
  const plain: Record<string, string | boolean | null> = {
    kind,
    group,
    supplier,
    'attr.size': row.size,
    'attr.duplex': row.duplex,
  };
  const value = plain[facet];
  return value === null || value === undefined ? [] : [String(value)];
}

/** Whether the row is found, the choice of one facet left out. */
function isFound(row: Row, asked: Asked, without: string): boolean {
  const on = asked.validOn;
  const isShown = (row.isAccepted || row.labels.length > 0) && (row.goneOn === null || on < row.goneOn);
  const isSaid = (asked.q ?? '').split(' ').every((word) => word === '' || row.words.includes(word));
  const isPriced =
    without === 'price' ||
    asked.minPrice === undefined ||
    (row.price !== null && row.price >= Number(asked.minPrice) && row.price <= Number(asked.maxPrice));
  const isChosen = facets.every((facet) => {
    const { priority, attr, ...others } = asked;
    const choices: Record<string, string | undefined> = {
      ...others,
      ...(priority !== undefined && { priority: String(priority) }),
    };
    const chosen = facet.startsWith('attr.') ? attr?.[facet.slice(5)] : choices[facet];
    if (chosen === undefined || facet === without || facet === 'price') return true;
    return chosen.split(',').some((value) => ownValues(row, facet, on).includes(value));
  });
  return isShown && isSaid && isPriced && isChosen;
}

function aQuestion(): Asked {
  const choices: [string, () => string][] = [
    ['kind', () => pick(['good', 'service'])],
    ['group', () => some(groupsOf, 0.4).join(',') || 'pen'],
    ['family', () => pick(['office', 'light,cold', 'work,office'])],
    ['supplier', () => some(suppliers, 0.4).join(',') || 'SUP-1'],
    ['scheme', () => pick(['VN-ECOLABEL', 'VN-ENERGY,FOREIGN', 'RECOGNISED', 'FOREIGN,RECOGNISED'])],
    ['tier', () => pick(['A', 'B', 'A,B', 'C'])],
    ['level', () => pick(['5', '4,5', '1,2,3'])],
  ];
  const chosen = Object.fromEntries(some(choices, 0.18).map(([name, value]) => [name, value()]));
  const attr = Object.fromEntries(
    some(
      [
        ['grammage', pick(['80..<100', '..<70', '100..,70..<80'])],
        ['size', pick(['A4', 'A3,A5'])],
        ['duplex', pick(['true', 'false', 'true,false'])],
      ],
      0.12,
    ),
  ) as Record<string, string>;
  const low = Math.floor(random() * 30);
  return {
    ...chosen,
    validOn: pick(days),
    ...(random() < 0.3 && { q: `${some(allWords, 0.3).join(' ')} ` }),
    ...(random() < 0.15 && { priority: random() < 0.5 }),
    ...(random() < 0.15 && { minPrice: String(low), maxPrice: String(low + 20) }),
    ...(Object.keys(attr).length > 0 && { attr }),
  };
}

let service: SearchService;

beforeAll(async () => {
  const register = createRegister({
    groups: groupsOf.map((code) =>
      aGroup(code, { family: { code: families[code]!, name: { vi: families[code]! } }, attributes }),
    ),
    schemes: [
      aScheme('VN-ECOLABEL'),
      aScheme('VN-ENERGY', { basis: 'statutory-preference', levels: ['1', '2', '3', '4', '5'] }),
      aScheme('FOREIGN', { basis: 'equivalent-buyer-decides' }),
      aScheme('RECOGNISED', { basis: 'equivalent-buyer-decides' }),
    ],
    agreements: [anAgreement('RECOGNISED', ['lamp'])],
    edition: anEdition([
      { group: 'paper', obligation: 'mandatory', accepts: [{ scheme: 'VN-ECOLABEL' }] },
      { group: 'cooler', obligation: 'preferred', accepts: [{ scheme: 'VN-ENERGY', minLevel: '4' }] },
    ]),
  });
  rows.forEach((row, number) => {
    const own = { grammage: row.grammage, size: row.size, duplex: row.duplex };
    const said = Object.entries(own).filter((entry): entry is [string, number | string | boolean] => entry[1] !== null);
    register.putProduct(
      aProduct(number, {
        kind: row.kind as 'good',
        name: { vi: `Món ${row.words.join(' ')}` },
        group: row.group,
        supplier: row.supplier,
        listing: row.isAccepted ? 'accepted' : 'unreviewed',
        attributes: Object.fromEntries(said),
        ...(row.price !== null && { price: { amountNet: String(row.price), unit: 'EA', on: '2025-01-01' } as never }),
        ...(row.goneOn !== null && {
          withdrawal: { on: row.goneOn, reason: 'x', recordedAt: '2024-01-01T00:00:00.000Z' },
        }),
      }),
    );
    row.labels.forEach(({ scheme, level, from, through, revokedOn }, at) => {
      const revoked: CertificateEvent = {
        type: 'revoked',
        on: revokedOn ?? '',
        reason: 'x',
        recordedAt: '2024-06-02T00:00:00.000Z',
      };
      const dates = { issuedOn: from, validFrom: from, validThrough: through };
      const more = { ...(level !== null && { level }), events: revokedOn === null ? [] : [revoked] };
      register.putCertificate(aCertificate(number * 10 + at, [number], { scheme, ...dates, ...more }));
    });
  });
  service = register.service();
  await service.start();
});
afterAll(() => service.close());

it(`counts ${wanted.toLocaleString('en')} facet values as brute force does, and those of single-valued facets add up to the total`, async () => {
  let counted = 0;
  let questions = 0;
  let empty = 0;
  const wrong: unknown[] = [];
  const compare = (what: unknown, own: unknown, expected: unknown) => {
    if (JSON.stringify(own) !== JSON.stringify(expected)) wrong.push({ what, own, expected });
  };
  while (counted < wanted) {
    const asked = aQuestion();
    const answer: SearchResult = await service.search({ ...asked, page: 1, limit: 1, facets: facets.join(',') }, 'vi');
    questions += 1;
    const found = rows.filter((row) => isFound(row, asked, ''));
    if (found.length === 0) empty += 1;
    compare(asked, answer.total, found.length);
    for (const facet of facets.filter((name) => name !== 'price')) {
      const within = rows.filter((row) => isFound(row, asked, facet));
      const counts: Record<string, number> = {};
      for (const row of within)
        for (const value of ownValues(row, facet, asked.validOn)) counts[value] = (counts[value] ?? 0) + 1;
      const own = answer.facets[facet]!;
      const sorted = (entries: [string, number][]) => entries.toSorted(([a], [b]) => (a < b ? -1 : 1));
      compare({ asked, facet }, sorted(own.map(({ value, count }) => [value, count])), sorted(Object.entries(counts)));
      counted += own.length;
      const sum = own.reduce((total, { count }) => total + count, 0);
      if (single.includes(facet)) compare({ asked, sum: facet }, sum, within.length);
    }
    for (const [name, of] of [
      ['price', 'price'],
      ['attr.grammage', 'grammage'],
    ] as const) {
      const numbers = rows.filter((row) => isFound(row, asked, name)).flatMap((row) => row[of] ?? []);
      const range = numbers.length > 0 ? { min: Math.min(...numbers), max: Math.max(...numbers) } : undefined;
      compare({ asked, range: name }, answer.ranges[name], range);
    }
  }
  console.log(
    `facets: ${counted} values of ${questions} questions (${empty} without a hit) as brute force has them, ${wrong.length} wrong`,
  );
  expect(wrong.slice(0, 3)).toEqual([]);
  expect(empty).toBeLessThan(questions / 2);
}, 120_000);
