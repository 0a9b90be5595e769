import type { LineDecision, Organisation, Purchase, PurchaseLine, Share, ShareQuery } from '../../schemas/types.d.ts';

interface Line {
  purchase: Purchase;
  line: PurchaseLine;
  decision: LineDecision;
}

/** What is expected of a share: the measures of the whole, and of each group by key. */
export interface NaiveShare {
  whole: Record<string, Share>;
  groups: Record<string, Record<string, Share>>;
}

/**
 * The share written down a second time, straight from the contract and by other means than the server's: every line is
 * added with its sign, a reversal under the decision of the line that it takes back.
 */
export function naiveShare(
  purchases: Purchase[],
  agencies: Organisation[],
  query: ShareQuery & { knownAt: string },
): NaiveShare {
  const known = agencies.filter(({ recordedAt }) => recordedAt <= query.knownAt);
  const lines = purchases
    .filter(({ basisDate }) => basisDate >= query.from && basisDate <= query.to)
    .filter(({ agency }) => query.agency === undefined || chain(known, agency).includes(query.agency))
    .flatMap((purchase) =>
      purchase.lines
        .filter(({ recordedAt }) => recordedAt <= query.knownAt)
        .map((line) => ({ purchase, line, decision: decisionAt(originalOf(purchase, line), query.knownAt) })),
    );
  // A group all of whose lines were taken back is no group any more.
  const keys = [...new Set(standing(lines).map((line) => keyOf(line, known, query)))];
  const isTier = query.groupBy === 'tier';
  return {
    whole: measures(lines, lines, query),
    groups: query.groupBy
      ? Object.fromEntries(
          keys.map((key) => {
            const part = lines.filter((line) => keyOf(line, known, query) === key);
            return [key, measures(part, isTier ? lines : part, query)];
          }),
        )
      : {},
  };
}

/** The lines that nothing among `all` takes back. */
function standing(lines: Line[], all = lines): Line[] {
  return lines.filter(
    ({ purchase, line }) =>
      line.reverses === undefined &&
      !all.some((other) => other.purchase.id === purchase.id && other.line.reverses === line.lineNo),
  );
}

function originalOf(purchase: Purchase, line: PurchaseLine): PurchaseLine {
  return line.reverses === undefined ? line : purchase.lines.find(({ lineNo }) => lineNo === line.reverses)!;
}

function decisionAt({ green, earlier }: PurchaseLine, knownAt: string): LineDecision {
  return [green, ...earlier.toReversed()].find(({ knownFrom }) => knownFrom <= knownAt)!;
}

function chain(agencies: Organisation[], code: string): string[] {
  const parent = agencies.find((agency) => agency.code === code)?.parent;
  return parent === undefined ? [code] : [code, ...chain(agencies, parent)];
}

function keyOf({ purchase, line, decision }: Line, agencies: Organisation[], { groupBy, agency }: ShareQuery): string {
  const [year, month] = purchase.basisDate.split('-') as [string, string];
  switch (groupBy) {
    case 'month':
      return `${year}-${month}`;
    case 'quarter':
      return `${year}-Q${{ '01': 1, '02': 1, '03': 1, '04': 2, '05': 2, '06': 2, '07': 3, '08': 3, '09': 3 }[month] ?? 4}`;
    case 'year':
      return year;
    case 'agency': {
      const up = chain(agencies, purchase.agency);
      if (agency === undefined) return up.at(-1)!;
      const below = up[up.indexOf(agency) - 1];
      return below ?? 'self';
    }
    case 'group':
      return line.group ?? 'none';
    case 'tier':
      return decision.tier ?? 'none';
    default:
      return '';
  }
}

function measures(part: Line[], base: Line[], { tiers }: ShareQuery): Record<string, Share> {
  const counts = tiers.split(',');
  const isGreen = ({ decision }: Line) => decision.status === 'green' && counts.includes(decision.tier ?? '');
  const isUnknown = ({ decision }: Line) => decision.status === 'unknown';
  const inScope = ({ decision }: Line) => decision.inScope;
  const sum = (lines: Line[]) => lines.reduce((total, { line }) => total + BigInt(line.amountNet), 0n);
  const green = part.filter(isGreen);
  const possible = part.filter((line) => isGreen(line) || isUnknown(line));
  const contracts = (lines: Line[]) => {
    const ids = new Set(lines.map(({ purchase }) => purchase.id));
    return [...ids].filter((id) => sum(base.filter(({ purchase }) => purchase.id === id)) > 0n);
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
