import type { LineDecision, Purchase, PurchaseLine } from '../../schemas/types.d.ts';
import { liveLines } from '../purchases/correction.rules.ts';
import { decisionKnownAt } from '../purchases/history.rules.ts';
import { exactly } from './exact.rules.ts';
import {
  addContract,
  addLine,
  addTally,
  emptyTally,
  linesOf,
  takeTally,
  type CountedAmount,
  type Standing,
  type Tally,
} from './tally.rules.ts';

/** What a share rests on of a purchase. */
export interface CountedPurchase extends Pick<Purchase, 'agency' | 'basisDate' | 'method' | 'supplier'> {
  kind?: string;
  funding?: string;
  currency: string;
  lines: CountedLine[];
}

/** What a share rests on of a line. */
export interface CountedLine extends Pick<
  PurchaseLine,
  'lineNo' | 'reverses' | 'recordedAt' | 'amountNet' | 'group' | 'green' | 'earlier'
> {
  nature?: string;
  exemption?: object;
}

/** What lines can be told apart by, beside the day and the agency. */
export type Dimension = 'group' | 'scheme' | 'method' | 'nature' | 'funding' | 'supplier';

/** What a cell has tallies by. The last three only say that they occur: what the figure rests on, and what it leaves out. */
export type CellPart = 'agency' | Dimension | 'edition' | 'ruleVersion' | 'currency';

/** Tallies over some purchases by the keys of each part. A cell over more purchases is the sum of cells over fewer. */
export type Cell = Partial<Record<CellPart, Map<string, Tally>>>;

/** A line that stands, with the decision on it. */
export interface StandingLine<L extends CountedLine = CountedLine> extends CountedAmount {
  line: L;
  decision: LineDecision;
}

const ALWAYS: readonly CellPart[] = ['agency', 'edition', 'ruleVersion', 'currency'];

/** Every dimension. */
export const DIMENSIONS: readonly Dimension[] = ['group', 'scheme', 'method', 'nature', 'funding', 'supplier'];

type KeyOf = (line: Pick<StandingLine, 'line' | 'decision'>, purchase: CountedPurchase) => string | undefined;

const KEYS: Record<CellPart, KeyOf> = {
  agency: (_, { agency }) => agency,
  group: ({ line }) => line.group,
  scheme: ({ decision }) => decision.scheme,
  method: (_, { method }) => method,
  nature: ({ line }) => line.nature,
  funding: (_, { funding }) => funding,
  supplier: (_, { supplier: { code, taxCode, name } }) => code ?? taxCode ?? name?.normalize('NFC').trim(),
  edition: ({ decision }) => decision.edition,
  ruleVersion: ({ decision }) => decision.ruleVersion,
  currency: (_, { currency }) => currency,
};

/** The key of a line in a dimension; `none` where it has no value. */
export function keyIn(
  dimension: Dimension,
  line: Pick<StandingLine, 'line' | 'decision'>,
  purchase: CountedPurchase,
): string {
  return KEYS[dimension](line, purchase) ?? 'none';
}

/** Whether amounts of the purchase count: only đồng do, and a framework does not, because its call-offs do. */
export function isCounted({ kind, currency }: Pick<CountedPurchase, 'kind' | 'currency'>): boolean {
  return kind !== 'framework' && currency === 'VND';
}

/**
 * The lines that stood at an instant, each under the decision known then. A line that was taken back and its reversal are
 * both left out, which is what adding the two would give.
 */
export function standingLines<L extends CountedLine>({ lines }: { lines: L[] }, knownAt: string): StandingLine<L>[] {
  return liveLines(lines, knownAt).map((line) => {
    const decision = decisionKnownAt(line, knownAt);
    const { status, tier, inScope } = decision;
    const standing = status === 'green' ? (tier ?? 'notGreen') : status;
    return {
      line,
      decision,
      amount: exactly(line.amountNet),
      standing,
      inScope,
      isExempt: line.exemption !== undefined,
    };
  });
}

/** Adds a purchase as it was known at an instant; `dimensions` are those of which the cell is to have tallies. */
export function addPurchase(
  cell: Cell,
  purchase: CountedPurchase,
  { knownAt, dimensions = DIMENSIONS }: { knownAt: string; dimensions?: readonly Dimension[] },
): void {
  if (purchase.kind === 'framework') return;
  const lines = standingLines(purchase, knownAt);
  if (!isCounted(purchase)) return addPart(cell, 'currency', { lines, purchase });
  for (const part of [...ALWAYS, ...dimensions]) {
    if (part !== 'currency') addPart(cell, part, { lines, purchase });
  }
}

/** Adds the tallies of one cell into another. */
export function addCell(into: Cell, cell: Cell): void {
  for (const [part, tallies] of Object.entries(cell) as [CellPart, Map<string, Tally>][]) {
    for (const [key, tally] of tallies) addTally(tallyIn(into, part, key), tally);
  }
}

/** Takes the tallies of one cell out of another that has it in its sum; keys of which nothing is left go with them. */
export function takeCell(from: Cell, cell: Cell): void {
  for (const [part, tallies] of Object.entries(cell) as [CellPart, Map<string, Tally>][]) {
    for (const [key, tally] of tallies) {
      const left = tallyIn(from, part, key);
      takeTally(left, tally);
      if (linesOf(left) === 0n) from[part]!.delete(key);
    }
  }
}

function addPart(
  cell: Cell,
  part: CellPart,
  { lines, purchase }: { lines: StandingLine[]; purchase: CountedPurchase },
): void {
  const standings = new Map<string, { of: Set<Standing>; isContract: boolean }>();
  for (const line of lines) {
    const key = KEYS[part](line, purchase) ?? 'none';
    addLine(tallyIn(cell, part, key), line);
    const seen = standings.get(key) ?? { of: new Set(), isContract: false };
    standings.set(key, seen);
    seen.of.add(line.standing);
    seen.isContract ||= line.amount > 0;
  }
  // A purchase with no line left above zero is no contract. Schemes share the contracts of the whole.
  const isContract = lines.some(({ amount }) => amount > 0);
  for (const [key, seen] of standings) {
    if (part === 'scheme' ? isContract : seen.isContract) addContract(tallyIn(cell, part, key), seen.of);
  }
}

function tallyIn(cell: Cell, part: CellPart, key: string): Tally {
  const tallies = (cell[part] ??= new Map<string, Tally>());
  let tally = tallies.get(key);
  if (tally === undefined) tallies.set(key, (tally = emptyTally()));
  return tally;
}
