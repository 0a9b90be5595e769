import { cellsOf, recompute, sumMonth, type Made } from './cell-making.service.ts';
import { isSameCell, readCell } from './cell-columns.rules.ts';
import { addCell, DIMENSIONS, type Cell, type CellPart } from './cell.rules.ts';
import type { CellParts, StoredCell } from './cells.service.ts';

/** What a look at every cell found. */
export interface CellFindings {
  agree: number;
  /** What the purchases do not give: `agency` is null for a month's sum. */
  differ: { month: string; agency: string | null }[];
  /** Cells whose purchases carry the mark, and sums that wait for a cell: not wrong, and made before they are used. */
  waiting: number;
}

/** How often what differs is looked at: somebody may have written between the looks at the cell and at its purchases. */
const looks = 3;

/**
 * Makes every cell again from the purchases and compares it with the one that is kept; with `repair` those that differ are
 * written anew. Null where the cells are not made yet.
 */
export async function verifyCells(parts: CellParts, repair: boolean): Promise<CellFindings | null> {
  if ((await parts.store.unmade())?.length !== 0) return null;
  const found: CellFindings = { agree: 0, differ: [], waiting: 0 };
  for (const month of await everyMonth(parts)) {
    const inMonth = await verifyMonth(parts, month);
    found.agree += inMonth.agree;
    found.waiting += inMonth.waiting;
    found.differ.push(...inMonth.differ);
    if (repair) await repairMonth(parts, month, inMonth);
  }
  return found;
}

async function everyMonth({ store, purchases }: CellParts): Promise<string[]> {
  const months = new Set(await store.months());
  for await (const { basisDate } of purchases.stream({}, ['basisDate'])) months.add(basisDate.slice(0, 7));
  return [...months].toSorted();
}

async function verifyMonth(parts: CellParts, month: string): Promise<CellFindings> {
  let found = await look(parts, month);
  for (let again = 1; again < looks && found.differ.length > 0; again++) found = await look(parts, month);
  return found;
}

async function repairMonth(parts: CellParts, month: string, { differ }: CellFindings): Promise<void> {
  const agencies = differ.flatMap(({ agency }) => agency ?? []);
  if (agencies.length > 0) await recompute(parts, month, agencies);
  if (differ.length > 0) await sumMonth(parts.store, month);
}

/** One look: the cells are read before the purchases, so that a purchase that they lack still carries its mark. */
async function look(parts: CellParts, month: string): Promise<CellFindings> {
  const stored = new Map<string, StoredCell>();
  const sums: StoredCell[] = [];
  for await (const sum of parts.store.read({ months: [month], agencies: 'sum' })) sums.push(sum);
  for await (const cell of parts.store.read({ months: [month] })) stored.set(cell.agency!, cell);
  const made = await cellsOf(parts, month);
  const waiting = new Set(made.marked.map(({ agency }) => agency));
  const found: CellFindings = { agree: 0, differ: [], waiting: 0 };
  const judge = (agency: string | null, isWaiting: boolean, isSame: boolean): void => {
    if (isWaiting) found.waiting += 1;
    else if (isSame) found.agree += 1;
    else found.differ.push({ month, agency });
  };
  const agencies = [...new Set([...stored.keys(), ...made.cells.keys()])];
  for (const agency of agencies.toSorted())
    judge(agency, waiting.has(agency), isAsMade(stored.get(agency), made, agency));
  const isUnsummed = [...stored.values()].some((cell) => cell.isUnsummed);
  judge(null, waiting.size > 0 || isUnsummed, areSumsOf(sums, made));
  return found;
}

function isAsMade(stored: StoredCell | undefined, { cells }: Made, agency: string): boolean {
  const made = cells.get(agency) ?? { cell: {}, latest: '' };
  return stored !== undefined && stored.latest === made.latest && isSameCell(readCell(stored.parts), made.cell);
}

/** Whether the documents of a month's sum are all there and say what the cells add up to. */
function areSumsOf(sums: StoredCell[], { cells }: Made): boolean {
  const whole: Cell = {};
  let latest = '';
  for (const made of cells.values()) {
    addCell(whole, made.cell);
    if (made.latest > latest) latest = made.latest;
  }
  const seen = new Set(sums.flatMap(({ parts }) => Object.keys(parts) as CellPart[]));
  const isSame = (sum: StoredCell) => {
    const cell = readCell(sum.parts);
    const asked = Object.fromEntries(Object.entries(whole).filter(([part]) => part in cell));
    return sum.latest === latest && isSameCell(cell, asked);
  };
  const isComplete = (Object.keys(whole) as CellPart[]).every((part) => seen.has(part));
  return isComplete && sums.length === DIMENSIONS.length + 1 && sums.every(isSame);
}
