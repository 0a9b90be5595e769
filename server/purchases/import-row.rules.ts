import type { ImportRow, ImportTotals } from '../../schemas/types.d.ts';
import type { JoinedRow } from './ledger-purchase.rules.ts';
import type { LedgerField } from './ledger-words.rules.ts';

/** Counts the rows of an import; sums are exact. */
export interface Tally {
  rows: number;
  good: number;
  bad: number;
  alreadyThere: number;
  sum: bigint;
  sumBad: bigint;
  purchases: Set<string>;
  years: Map<string, { lines: number; sum: bigint }>;
}

/** What of a row its count rests on. */
export interface CountedRow extends Partial<Pick<JoinedRow, 'frame'>> {
  status: ImportRow['status'];
  key: string;
  amount?: string;
}

/** The count before the first row. */
export function emptyTally(): Tally {
  const counts = { rows: 0, good: 0, bad: 0, alreadyThere: 0 };
  return { ...counts, sum: 0n, sumBad: 0n, purchases: new Set(), years: new Map() };
}

/** Counts one row: the sums of the good ones and of the bad ones whose amount can be read make up the file's. */
export function tallyRow(tally: Tally, { status, key, amount = '0', frame }: CountedRow): void {
  tally.rows += 1;
  tally[status] += 1;
  if (status === 'bad') tally.sumBad += BigInt(amount);
  if (status !== 'good') return;
  tally.sum += BigInt(amount);
  tally.purchases.add(key);
  const year = frame?.basisDate.slice(0, 4) ?? '';
  const counted = tally.years.get(year) ?? { lines: 0, sum: 0n };
  tally.years.set(year, { lines: counted.lines + 1, sum: counted.sum + BigInt(amount) });
}

/** The control totals of a count. */
export function totalsOf({ rows, good, bad, alreadyThere, ...tally }: Tally): ImportTotals {
  const years = [...tally.years].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return {
    rows,
    good,
    bad,
    alreadyThere,
    purchases: tally.purchases.size,
    lines: good,
    sum: String(tally.sum),
    sumBad: String(tally.sumBad),
    years: years.map(([year, { lines, sum }]) => ({ year, lines, sum: String(sum) })),
  };
}

/** Why a row is not good. */
export type RowReason = ImportRow['reasons'][number];

/** The column that a field is read from, as a reason names it; nothing where it has none. */
export function placeOf(
  field: LedgerField | null,
  columns: Partial<Record<LedgerField, string>> = {},
): Pick<RowReason, 'column'> {
  const column = field === null ? undefined : columns[field];
  return column === undefined ? {} : { column };
}

/** Names one reading of a job's file. */
export function runOf({ id, run }: { id: string; run: number }): string {
  return `${id}.${run}`;
}
