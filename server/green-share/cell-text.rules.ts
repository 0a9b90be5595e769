import type { Cell, CellPart } from './cell.rules.ts';
import { exactly, type Exact } from './exact.rules.ts';
import { SIZE, type Tally } from './tally.rules.ts';

/** The parts of a cell as text. */
export type CellText = Partial<Record<CellPart, string>>;

/**
 * A part as it is written: its keys, and of each place of their tallies the sums in the order of the keys, 0 where all are
 * zero. A sum is a number where that is exact, else digits. A few long rows of numbers are read much faster than many short ones.
 */
interface Columns {
  keys: string[];
  sums: ((number | string)[] | 0)[];
}

/** A cell as it is stored. */
export function writeCell(cell: Cell): CellText {
  return Object.fromEntries(
    Object.entries(cell).map(([part, tallies]) => [part, JSON.stringify(columnsOf([...tallies]))]),
  );
}

/** A cell from what is stored of it. */
export function readCell(text: CellText): Cell {
  return Object.fromEntries(
    Object.entries(text).map(([part, columns]) => [part, new Map(rowsOf(JSON.parse(columns) as Columns))]),
  );
}

/** Whether two cells say the same, whatever the order of their keys. */
export function isSameCell(one: Cell, other: Cell): boolean {
  return inOrder(one) === inOrder(other);
}

function inOrder(cell: Cell): string {
  const rows = Object.entries(cell).flatMap(([part, tallies]) =>
    [...tallies].map(([key, tally]) => JSON.stringify([part, key, ...tally.map(writeSum)])),
  );
  return rows.toSorted().join('\n');
}

function columnsOf(tallies: [string, Tally][]): Columns {
  const sums = Array.from({ length: SIZE }, (_, place) => {
    const column = tallies.map(([, tally]) => writeSum(tally[place]!));
    return column.every((sum) => sum === 0) ? 0 : column;
  });
  return { keys: tallies.map(([key]) => key), sums };
}

function rowsOf({ keys, sums }: Columns): [string, Tally][] {
  return keys.map((key, at) => [key, sums.map((column) => (column === 0 ? 0 : readSum(column[at]!)))]);
}

function writeSum(sum: Exact): number | string {
  return typeof sum === 'number' ? sum : String(sum);
}

function readSum(sum: number | string): Exact {
  return typeof sum === 'number' ? sum : exactly(sum);
}
