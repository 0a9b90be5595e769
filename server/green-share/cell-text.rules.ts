import type { Cell, CellPart } from './cell.rules.ts';
import { emptyTally, type Tally } from './tally.rules.ts';

/** The parts of a cell as text: of each key the places that are not zero, numbers where they are exact, else digits. */
export type CellText = Partial<Record<CellPart, string>>;

type Row = [key: string, ...placesAndSums: (number | string)[]];

/** A cell as it is stored. */
export function writeCell(cell: Cell): CellText {
  return Object.fromEntries(
    Object.entries(cell).map(([part, tallies]) => [part, JSON.stringify([...tallies].map(toRow))]),
  );
}

/** A cell from what is stored of it. */
export function readCell(text: CellText): Cell {
  return Object.fromEntries(
    Object.entries(text).map(([part, rows]) => [part, new Map((JSON.parse(rows) as Row[]).map(fromRow))]),
  );
}

/** Whether two cells say the same, whatever the order of their keys. */
export function isSameCell(one: Cell, other: Cell): boolean {
  return inOrder(one) === inOrder(other);
}

function inOrder(cell: Cell): string {
  const rows = Object.entries(cell).flatMap(([part, tallies]) =>
    [...tallies].map((tally) => `${part} ${JSON.stringify(toRow(tally))}`),
  );
  return rows.toSorted().join('\n');
}

function toRow([key, tally]: [string, Tally]): Row {
  const sums = tally.flatMap((sum, place) => (sum === 0n ? [] : [place, exact(sum)]));
  return [key, ...sums];
}

function exact(sum: bigint): number | string {
  const number = Number(sum);
  return Number.isSafeInteger(number) ? number : String(sum);
}

function fromRow([key, ...sums]: Row): [string, Tally] {
  const tally = emptyTally();
  for (let at = 0; at < sums.length; at += 2) tally[Number(sums[at])] = BigInt(sums[at + 1]!);
  return [key, tally];
}
