import type {
  LineDecision,
  Organisation,
  PriorityList,
  Province,
  Purchase,
  PurchaseLine,
  Share,
  ShareQuery,
} from '../../schemas/types.d.ts';
import type { Facts } from '../../server/purchases/decision.rules.ts';
import { naiveDecision } from '../rules/naive/decision.ts';

/** Everything that a share may rest on, as an auditor reads it. */
export interface Register {
  purchases: Purchase[];
  agencies: Organisation[];
  provinces: Province[];
  editions: PriorityList[];
  facts: Facts;
}

interface Line {
  purchase: Purchase;
  line: PurchaseLine;
  decision: Pick<LineDecision, 'status' | 'tier' | 'inScope' | 'edition' | 'scheme'>;
}

/** What is expected of a share: the measures of the whole, and of each group by key. */
export interface NaiveShare {
  whole: Record<string, Share>;
  groups: Record<string, Record<string, Share>>;
  lines: number;
  exempt: { amount: string; lines: number };
  foreign: { currency: string; amount: string; lines: number }[];
  withLines: number;
  editions: string[];
}

/**
 * The share written down a second time, straight from the contract and by other means than the server's: every line is
 * added with its sign, a reversal under the decision of the line that it takes back.
 */
export function naiveShare(register: Register, query: ShareQuery & { knownAt: string }): NaiveShare {
  const known = register.agencies.filter(({ recordedAt }) => recordedAt <= query.knownAt);
  const asked = { ...query, agencies: known, provinceRows: register.provinces };
  const decisionOf = decisionsFor(register, query);
  const within = register.purchases
    .filter(({ kind }) => kind !== 'framework')
    .filter(({ basisDate }) => basisDate >= query.from && basisDate <= query.to)
    .filter(
      ({ agency, basisDate }) => query.agency === undefined || chain(known, agency, basisDate).includes(query.agency),
    )
    .flatMap((purchase) =>
      purchase.lines
        .filter(({ recordedAt }) => recordedAt <= query.knownAt)
        .map((line) => ({ purchase, line, decision: decisionOf(purchase, originalOf(purchase, line)) })),
    );
  const lines = within.filter(({ purchase }) => purchase.currency === 'VND');
  const left = standing(lines);
  const byKey = groupedBy(lines, (line) => keyOf(line, asked));
  // A group all of whose lines were taken back is no group any more.
  const keys = [...new Set(left.map((line) => keyOf(line, asked)))];
  const isOverTheWhole = query.groupBy === 'tier' || query.groupBy === 'scheme';
  const exempt = left.filter(({ line }) => line.exemption);
  return {
    whole: measures(lines, lines, query),
    groups: query.groupBy
      ? Object.fromEntries(
          keys.map((key) => {
            const part = byKey.get(key)!;
            return [key, measures(part, isOverTheWhole ? lines : part, query)];
          }),
        )
      : {},
    lines: left.length,
    exempt: { amount: String(amountOf(exempt)), lines: exempt.length },
    foreign: foreignOf(standing(within.filter(({ purchase }) => purchase.currency !== 'VND'))),
    withLines: new Set(left.map(({ purchase }) => purchase.agency)).size,
    editions: [...new Set(left.flatMap(({ decision }) => decision.edition ?? []))].sort(),
  };
}

function foreignOf(lines: Line[]): NaiveShare['foreign'] {
  return [...new Set(lines.map(({ purchase }) => purchase.currency))].sort().map((currency) => {
    const those = lines.filter(({ purchase }) => purchase.currency === currency);
    return { currency, amount: String(amountOf(those)), lines: those.length };
  });
}

function amountOf(lines: Line[]): bigint {
  return lines.reduce((total, { line }) => total + BigInt(line.amountNet), 0n);
}

/** The decision that was known, or the one that another edition would have given. */
function decisionsFor(
  { editions, facts }: Register,
  { edition: code, knownAt }: ShareQuery & { knownAt: string },
): (purchase: Purchase, line: PurchaseLine) => Line['decision'] {
  const simulated = editions.find((edition) => edition.code === code);
  if (simulated === undefined) return (_, line) => decisionAt(line, knownAt);
  const always = {
    ...simulated,
    status: 'published' as const,
    publishedAt: '0001-01-01T00:00:00.000Z',
    effectiveFrom: '0001-01-01',
  };
  const schemeOf = new Map(facts.certificates.map(({ id, scheme }) => [id, scheme]));
  return ({ basisDate, supplier }, line) => {
    const decision = naiveDecision({ ...line, basisDate, supplier }, { ...facts, editions: [always] }, knownAt);
    const scheme = schemeOf.get(decision.certificate ?? '');
    return { ...decision, ...(scheme && { scheme }) };
  };
}

function groupedBy(lines: Line[], keyOfLine: (line: Line) => string): Map<string, Line[]> {
  const groups = new Map<string, Line[]>();
  for (const line of lines) {
    const key = keyOfLine(line);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [line]);
    else group.push(line);
  }
  return groups;
}

/** The lines that nothing among `all` takes back. */
function standing(lines: Line[], all = lines): Line[] {
  const takenBack = new Set(all.map(({ purchase, line }) => `${purchase.id} ${line.reverses}`));
  return lines.filter(
    ({ purchase, line }) => line.reverses === undefined && !takenBack.has(`${purchase.id} ${line.lineNo}`),
  );
}

function originalOf(purchase: Purchase, line: PurchaseLine): PurchaseLine {
  return line.reverses === undefined ? line : purchase.lines.find(({ lineNo }) => lineNo === line.reverses)!;
}

function decisionAt({ green, earlier }: PurchaseLine, knownAt: string): LineDecision {
  return [green, ...earlier.toReversed()].find(({ knownFrom }) => knownFrom <= knownAt)!;
}

function chain(agencies: Organisation[], code: string, day: string): string[] {
  const parents = agencies.find((agency) => agency.code === code)?.parents ?? [];
  const parent = parents.find((run) => isWithin(run, day))?.code;
  return parent === undefined ? [code] : [code, ...chain(agencies, parent, day)];
}

function isWithin({ from = '0', through = '9' }: { from?: string; through?: string }, day: string): boolean {
  return from <= day && day <= through;
}

interface Asked extends Pick<ShareQuery, 'groupBy' | 'agency' | 'provinces'> {
  agencies: Organisation[];
  provinceRows: Province[];
}

function keyOf({ purchase, line, decision }: Line, asked: Asked): string {
  const [year, month] = purchase.basisDate.split('-') as [string, string];
  const { code, taxCode, name } = purchase.supplier;
  const keys: Record<NonNullable<ShareQuery['groupBy']>, () => string | undefined> = {
    month: () => `${year}-${month}`,
    quarter: () => `${year}-Q${Math.floor((Number(month) - 1) / 3) + 1}`,
    year: () => year,
    agency: () => branchOf(purchase, asked),
    level: () => levelOf(purchase, asked),
    province: () => provinceOf(purchase, asked),
    group: () => line.group,
    scheme: () => decision.scheme,
    tier: () => decision.tier ?? undefined,
    method: () => purchase.method,
    nature: () => line.nature,
    funding: () => purchase.funding,
    supplier: () => code ?? taxCode ?? name,
  };
  return asked.groupBy ? (keys[asked.groupBy]() ?? 'none') : '';
}

function branchOf(purchase: Purchase, { agencies, agency }: Asked): string {
  const up = chain(agencies, purchase.agency, purchase.basisDate);
  if (agency === undefined) return up.at(-1)!;
  return up[up.indexOf(agency) - 1] ?? 'self';
}

function levelOf(purchase: Purchase, { agencies }: Asked): string {
  const up = chain(agencies, purchase.agency, purchase.basisDate).map((code) =>
    agencies.find((one) => one.code === code),
  );
  const level = up.find((agency) => agency?.level)?.level;
  if (level) return level === 'central' ? 'central' : 'local';
  return up.at(-1)?.provinces?.some((run) => isWithin(run, purchase.basisDate)) ? 'local' : 'central';
}

const lastDayOf63 = '2025-06-30';

function provinceOf(
  { agency, basisDate }: Purchase,
  { agencies, provinceRows, provinces = 'asDated' }: Asked,
): string | undefined {
  const up = chain(agencies, agency, basisDate).map((code) => agencies.find((one) => one.code === code));
  const place = up.flatMap((one) => one?.provinces?.find((run) => isWithin(run, basisDate)) ?? [])[0];
  if (place === undefined) return undefined;
  const meant = provinceRows.find(
    (row) => row.code === place.code && isWithin(row, place.from ?? place.through ?? '2030-01-01'),
  );
  const map = provinces === 'asDated' ? (basisDate <= lastDayOf63 ? '63' : '34') : provinces;
  if (meant === undefined) return 'unknown';
  if (map === (meant.through === undefined ? '34' : '63')) return meant.code;
  if (map === '63') return meant.mergedFrom?.length === 1 ? meant.mergedFrom[0]! : 'unknown';
  return (
    provinceRows.find((row) => row.through === undefined && row.mergedFrom?.includes(meant.code))?.code ?? 'unknown'
  );
}

function measures(part: Line[], base: Line[], { tiers }: ShareQuery): Record<string, Share> {
  const counts = tiers.split(',');
  const isGreen = ({ decision }: Line) => decision.status === 'green' && counts.includes(decision.tier ?? '');
  const isUnknown = ({ decision }: Line) => decision.status === 'unknown';
  const inScope = ({ decision }: Line) => decision.inScope;
  const sum = (lines: Line[]) => lines.reduce((total, { line }) => total + BigInt(line.amountNet), 0n);
  const green = part.filter(isGreen);
  const possible = part.filter((line) => isGreen(line) || isUnknown(line));
  const ofPurchase = groupedBy(base, ({ purchase }) => purchase.id);
  const contracts = (lines: Line[]) => {
    const ids = new Set(lines.map(({ purchase }) => purchase.id));
    return [...ids].filter((id) => sum(ofPurchase.get(id)!) > 0n);
  };
  return {
    M1: share(sum(green), sum(base)),
    M2: share(sum(green.filter(inScope)), sum(base.filter(inScope))),
    M3: share(sum(part.filter(inScope)), sum(base)),
    M4: share(BigInt(contracts(standing(green, base)).length), BigInt(contracts(standing(base)).length)),
    'M1 low': share(sum(green), sum(base)),
    'M1 high': share(sum(possible), sum(base)),
    'M2 low': share(sum(green.filter(inScope)), sum(base.filter(inScope))),
    'M2 high': share(sum(possible.filter(inScope)), sum(base.filter(inScope))),
  };
}

function share(numerator: bigint, denominator: bigint): Share {
  return {
    numerator: String(numerator),
    denominator: String(denominator),
    value: denominator === 0n ? null : rounded(numerator, denominator),
  };
}

/** Half up to 4 decimals, by long division. */
function rounded(numerator: bigint, denominator: bigint): string {
  const digits = ((numerator * 100_000n) / denominator + 5n) / 10n;
  const text = String(digits).padStart(5, '0');
  return `${text.slice(0, -4)}.${text.slice(-4)}`;
}
