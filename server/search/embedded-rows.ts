import { TypedFastBitSet } from 'typedfastbitset';

/** Rows as bits: sets are joined, cut and counted 32 rows at a time. */
export type RowSet = TypedFastBitSet;

/** The set of some rows. */
export function setOf(rows: number[]): RowSet {
  const set = new TypedFastBitSet();
  for (const row of rows) set.add(row);
  return set;
}

/** The same function of a row, worked out once for each: what decides among equals is asked for again and again, or never. */
export function onceARow(rows: number, work: (row: number) => number): (row: number) => number {
  const known = new Uint32Array(rows);
  return (row) => (known[row] ||= work(row) + 1) - 1;
}
