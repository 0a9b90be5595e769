import type { LineDecision, Purchase, PurchaseLine, Tier } from '../../../schemas/types.d.ts';

interface Asked {
  tiers: Tier[];
  groupBy?:
    | 'month'
    | 'quarter'
    | 'year'
    | 'agency'
    | 'group'
    | 'scheme'
    | 'tier'
    | 'method'
    | 'nature'
    | 'funding'
    | 'supplier';
  knownAt: string;
}

/** Exact numerators and denominators of every measure, `domain.md` 7.2 and the contract's "Share" read aloud. */
export interface NaiveMeasures {
  M1: [bigint, bigint];
  M2: [bigint, bigint];
  M3: [bigint, bigint];
  M4: [bigint, bigint];
  highM1: [bigint, bigint];
  highM2: [bigint, bigint];
}

/** A line and its reversal are both added here, the reversal under the decision of the line that it takes back. */
export function naiveMeasures(everything: Purchase[], asked: Asked, key?: string): NaiveMeasures {
  const { tiers, knownAt } = asked;
  const purchases = everything.filter(countsAtAll);
  const rows = purchases.flatMap((purchase) =>
    purchase.lines
      .filter((line) => purchase.recordedAt <= knownAt && line.recordedAt <= knownAt)
      .map((line) => {
        const original = purchase.lines.find((other) => other.lineNo === line.reverses) ?? line;
        const decision = naiveDecisionAt(original, knownAt);
        return { purchase, line: original, value: BigInt(line.amountNet), decision };
      }),
  );
  const isOfKey = (row: (typeof rows)[number]) =>
    key === undefined || naiveKey(asked.groupBy!, row.purchase, { line: row.line, decision: row.decision }) === key;
  const isOfBase = (row: (typeof rows)[number]) =>
    asked.groupBy === 'tier' || asked.groupBy === 'scheme' || isOfKey(row);
  const isGreen = (row: (typeof rows)[number]) =>
    row.decision.status === 'green' && tiers.some((tier) => tier === row.decision.tier);
  const sum = (...tests: ((row: (typeof rows)[number]) => boolean)[]) =>
    rows.filter((row) => tests.every((test) => test(row))).reduce((total, row) => total + row.value, 0n);
  const inScope = (row: (typeof rows)[number]) => row.decision.inScope;
  const greenOrUnknown = (row: (typeof rows)[number]) => isGreen(row) || row.decision.status === 'unknown';

  /** The lines of a purchase that nothing has taken back. */
  const left = (purchase: Purchase) =>
    rows.filter(
      (row) =>
        row.purchase === purchase &&
        rows.filter((other) => other.purchase === purchase && other.line === row.line).length === 1,
    );
  const contracts = purchases.filter((purchase) => left(purchase).some((row) => row.value > 0n && isOfBase(row)));
  const greenContracts = contracts.filter((purchase) => left(purchase).some((row) => isGreen(row) && isOfKey(row)));
  return {
    M1: [sum(isGreen, isOfKey), sum(isOfBase)],
    M2: [sum(isGreen, inScope, isOfKey), sum(inScope, isOfBase)],
    M3: [sum(inScope, isOfKey), sum(isOfBase)],
    M4: [BigInt(greenContracts.length), BigInt(contracts.length)],
    highM1: [sum(greenOrUnknown, isOfKey), sum(isOfBase)],
    highM2: [sum(greenOrUnknown, inScope, isOfKey), sum(inScope, isOfBase)],
  };
}

/** Frameworks are recorded but not counted, and only đồng count. */
export function countsAtAll({ kind, currency }: Purchase): boolean {
  return kind !== 'framework' && currency === 'VND';
}

/** The group that a line falls into. */
export function naiveKey(
  groupBy: NonNullable<Asked['groupBy']>,
  purchase: Purchase,
  { line, decision }: { line: PurchaseLine; decision: LineDecision },
): string {
  const [year, month] = purchase.basisDate.split('-');
  const quarter = { '01': 1, '02': 1, '03': 1, '04': 2, '05': 2, '06': 2, '07': 3, '08': 3, '09': 3 }[month!] ?? 4;
  return {
    month: `${year}-${month}`,
    quarter: `${year}-Q${quarter}`,
    year: year!,
    agency: purchase.agency,
    group: line.group ?? 'none',
    scheme: decision.scheme ?? 'none',
    tier: decision.status === 'green' ? String(decision.tier) : 'none',
    method: purchase.method,
    nature: line.nature ?? 'none',
    funding: purchase.funding ?? 'none',
    supplier: purchase.supplier.code ?? purchase.supplier.taxCode ?? purchase.supplier.name ?? 'none',
  }[groupBy];
}

/** What was known of a line at an instant: the newest decision that is not newer. */
export function naiveDecisionAt(line: PurchaseLine, knownAt: string): LineDecision {
  const known = [line.green, ...line.earlier].filter((decision) => decision.knownFrom <= knownAt);
  return known.sort((a, b) => (a.knownFrom < b.knownFrom ? 1 : -1))[0]!;
}

/** Half-up to 4 decimals by the fifth digit of the long division. */
export function naiveValue([numerator, denominator]: [bigint, bigint]): string | null {
  if (denominator === 0n) return null;
  const digits = ((numerator * 100_000n) / denominator).toString().padStart(6, '0');
  const up = Number(digits.at(-1)) >= 5 ? 1n : 0n;
  const rounded = (BigInt(digits.slice(0, -1)) + up).toString().padStart(5, '0');
  return `${rounded.slice(0, -4)}.${rounded.slice(-4)}`;
}
