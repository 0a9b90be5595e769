import type { Cell, CellPart } from './cell.rules.ts';
import { exactly, type Exact } from './exact.rules.ts';
import { emptyTally, SIZE, type Tally } from './tally.rules.ts';

/**
 * A part of a cell as it is kept: its keys, the places at which some tally is not zero, and of each of these places the sums
 * in the order of the keys. Sums are the bytes of 64-bit floats, which are read many times faster than digits; digits where
 * one is too large for that.
 */
export interface Columns {
  keys: string;
  places: number[];
  sums: Uint8Array | string;
}

/** The parts of a cell as they are kept. */
export type KeptParts = Partial<Record<CellPart, Columns>>;

/** A cell to be read through. The tally that comes with a key is the reader's only until the next one comes. */
export type ScannedCell = Partial<Record<CellPart, Iterable<[string, Tally]>>>;

/** A cell as it is kept. */
export function writeCell(cell: Cell): KeptParts {
  return Object.fromEntries(Object.entries(cell).map(([part, tallies]) => [part, columnsOf([...tallies])]));
}

/** A cell from what is kept of it. */
export function readCell(kept: KeptParts): Cell {
  return Object.fromEntries(
    Object.entries(kept).map(([part, columns]) => {
      const copies = [...scan(columns, () => emptyTally())];
      return [part, new Map(copies)];
    }),
  );
}

/** The same cell without a tally of its own for each key. */
export function scanCell(kept: KeptParts): ScannedCell {
  return Object.fromEntries(
    Object.entries(kept).map(([part, columns]) => {
      const tally = emptyTally();
      return [part, { [Symbol.iterator]: () => scan(columns, () => tally) }];
    }),
  );
}

/** Whether two cells say the same, whatever the order of their keys. */
export function isSameCell(one: Cell, other: Cell): boolean {
  return inOrder(one) === inOrder(other);
}

function inOrder(cell: Cell): string {
  const rows = Object.entries(cell).flatMap(([part, tallies]) =>
    [...tallies].map(([key, tally]) => JSON.stringify([part, key, ...tally.map(String)])),
  );
  return rows.toSorted().join('\n');
}

function columnsOf(tallies: [string, Tally][]): Columns {
  const all = Array.from({ length: SIZE }, (_, place) => place);
  const places = all.filter((place) => tallies.some(([, tally]) => tally[place] !== 0));
  const sums = places.flatMap((place) => tallies.map(([, tally]) => tally[place]!));
  return { keys: JSON.stringify(tallies.map(([key]) => key)), places, sums: written(sums) };
}

function written(sums: Exact[]): Columns['sums'] {
  if (sums.every((sum) => typeof sum === 'number')) return new Uint8Array(Float64Array.from(sums).buffer);
  return JSON.stringify(sums.map(String));
}

function* scan({ keys: kept, places, sums }: Columns, tallyFor: () => Tally): Generator<[string, Tally]> {
  const keys = JSON.parse(kept) as string[];
  // Copied, because floats are read from whole multiples of their size only.
  const columns: ArrayLike<Exact> =
    typeof sums === 'string'
      ? (JSON.parse(sums) as string[]).map(exactly)
      : new Float64Array(new Uint8Array(sums).buffer);
  for (const [at, key] of keys.entries()) {
    const tally = tallyFor();
    for (let column = 0; column < places.length; column++) tally[places[column]!] = columns[column * keys.length + at]!;
    yield [key, tally];
  }
}
