import type { Purchase } from '../../schemas/types.d.ts';
import type { Records } from '../core/records.ts';
import { readCell, writeCell, type CellText } from './cell-text.rules.ts';
import { addCell, addPurchase, type Cell, type CellPart } from './cell.rules.ts';
import { periodDays } from './period.rules.ts';
import { COUNTED_FIELDS } from './source.service.ts';

/** The cell of an agency's purchases of a month, or of all of a month where `agency` is null. */
export interface MonthCell {
  month: string;
  agency: string | null;
  /** The last instant at which anything in it became known. */
  latest: string;
  parts: CellText;
}

/** Where cells are kept. A cell is written only over the version that was read before its sources were. */
export interface CellStore {
  /** Cells of the months: of some agencies, of all of them, or the sums of the months; with `parts` only those. */
  read(what: {
    months: string[];
    agencies?: string[] | 'sum';
    parts?: readonly CellPart[];
  }): AsyncIterable<MonthCell & { version: number }>;
  /** The version of a month's sum; 0 where there is none. */
  version(month: string): Promise<number>;
  /** Whether it was written; an agency's cell then waits to be summed. */
  put(cell: MonthCell, version: number): Promise<boolean>;
  /** Months with cells that their sums do not have. */
  unsummedMonths(): Promise<string[]>;
  /** The cells of these versions are in their month's sum. */
  clearUnsummed(cells: (MonthCell & { version: number })[]): Promise<void>;
  /** Whether the cells cover every purchase that carries no mark. */
  isReady(): Promise<boolean>;
  clear(): Promise<void>;
  ready(): Promise<void>;
}

type MarkedPurchase = Purchase & Record<string, unknown>;

/** What cells are made from. */
export interface CellParts {
  store: CellStore;
  purchases: Pick<Records<Purchase>, 'stream' | 'unmark' | 'markAll'>;
  /** The mark that a purchase's cell does not have it yet. */
  mark: string;
}

/** The sums of purchases by agency and month, recomputed from the purchases when a mark says so. */
export interface ShareCells {
  /** Does some of the waiting work; how much, 0 when nothing was left. */
  pass(): Promise<number>;
  /** Brings the cells of the months up to what is committed when this is called. */
  refresh(months: string[], withSums: boolean): Promise<void>;
  read: CellStore['read'];
  /** Whether the cells may be used at all. */
  isReady(): Promise<boolean>;
}

/** After every instant: as known without an end. */
const ALL_KNOWN = '9999-12-31T23:59:59.999Z';
/** Agencies whose cells of a month are made at once. */
const atOnce = 100;
const purchasesAPass = 2000;

/** The cells over their store. */
export function createShareCells(parts: CellParts): ShareCells {
  const { store } = parts;
  return {
    async pass() {
      if (!(await store.isReady())) return prepare(parts);
      const waiting = await waitingMonths(parts, () => true, purchasesAPass);
      for (const [month, agencies] of waiting) await recompute(parts, month, agencies);
      // While purchases come in, sums wait: they are made on the spot for who asks.
      const months = waiting.size === 0 ? await store.unsummedMonths() : [];
      for (const month of months) await sumMonth(store, month);
      return waiting.size + months.length;
    },
    async refresh(months, withSums) {
      const asked = new Set(months);
      const waiting = await waitingMonths(parts, (month) => asked.has(month));
      for (const [month, agencies] of waiting) await recompute(parts, month, agencies);
      if (!withSums) return;
      for (const month of await store.unsummedMonths()) if (asked.has(month)) await sumMonth(store, month);
    },
    read: store.read,
    isReady: store.isReady,
  };
}

/** Every cell is made again: purchases written before there were cells carry no mark. */
async function prepare({ store, purchases, mark }: CellParts): Promise<number> {
  await store.clear();
  await purchases.markAll(mark);
  await store.ready();
  return 1;
}

/** By month the agencies with purchases that their cells do not have. */
async function waitingMonths(
  { purchases, mark }: CellParts,
  isAsked: (month: string) => boolean,
  most = Infinity,
): Promise<Map<string, Set<string>>> {
  const waiting = new Map<string, Set<string>>();
  let seen = 0;
  for await (const { agency, basisDate } of purchases.stream({ [mark]: { $gt: '' } }, ['agency', 'basisDate'])) {
    const month = basisDate.slice(0, 7);
    if (isAsked(month)) waiting.set(month, (waiting.get(month) ?? new Set()).add(agency));
    if (++seen >= most) break;
  }
  return waiting;
}

/** Makes cells of a month again, and once more those that somebody else wrote meanwhile. */
async function recompute(parts: CellParts, month: string, agencies: Iterable<string>): Promise<void> {
  let left = [...agencies];
  while (left.length > 0) {
    const [now, later] = [left.slice(0, atOnce), left.slice(atOnce)];
    left = [...later, ...(await recomputeOnce(parts, month, now))];
  }
}

async function recomputeOnce(parts: CellParts, month: string, agencies: string[]): Promise<string[]> {
  const { store, purchases, mark } = parts;
  const versions = new Map<string | null, number>();
  for await (const { agency, version } of store.read({ months: [month], agencies, parts: [] }))
    versions.set(agency, version);
  const made = await cellsOf(parts, month, agencies);
  const isWritten = await Promise.all(
    agencies.map((agency) => {
      const { cell, latest } = made.cells.get(agency) ?? { cell: {}, latest: '' };
      return store.put({ month, agency, latest, parts: writeCell(cell) }, versions.get(agency) ?? 0);
    }),
  );
  const written = new Set(agencies.filter((_, at) => isWritten[at]));
  await purchases.unmark(
    made.marked.filter(({ agency }) => written.has(agency)),
    mark,
  );
  return agencies.filter((agency) => !written.has(agency));
}

interface Made {
  cells: Map<string, { cell: Cell; latest: string }>;
  marked: Purchase[];
}

/** The cells as the purchases give them now, and the purchases among them that carried the mark. */
async function cellsOf(
  { purchases, mark }: Pick<CellParts, 'purchases' | 'mark'>,
  month: string,
  agencies?: string[],
): Promise<Made> {
  const { from, to } = periodDays(month)!;
  const made: Made = { cells: new Map(), marked: [] };
  const filter = { ...(agencies && { agency: { $in: agencies } }), basisDate: { $gte: from, $lte: to } };
  for await (const purchase of purchases.stream(filter, [...COUNTED_FIELDS, 'revision', mark])) {
    const known = made.cells.get(purchase.agency) ?? { cell: {}, latest: '' };
    addPurchase(known.cell, purchase, { knownAt: ALL_KNOWN });
    made.cells.set(purchase.agency, { cell: known.cell, latest: latestOf(purchase, known.latest) });
    if ((purchase as MarkedPurchase)[mark] !== undefined) made.marked.push(purchase);
  }
  return made;
}

/** The last instant at which anything of the purchase became known. */
function latestOf({ lines }: Purchase, before: string): string {
  let latest = before;
  for (const { recordedAt, green } of lines) {
    if (recordedAt > latest) latest = recordedAt;
    if (green.knownFrom > latest) latest = green.knownFrom;
  }
  return latest;
}

async function sumMonth(store: CellStore, month: string): Promise<void> {
  for (let isDone = false; !isDone;) {
    const version = await store.version(month);
    const [sum, summed]: [Cell, (MonthCell & { version: number })[]] = [{}, []];
    let latest = '';
    for await (const cell of store.read({ months: [month] })) {
      addCell(sum, readCell(cell.parts));
      if (cell.latest > latest) latest = cell.latest;
      summed.push(cell);
    }
    isDone = await store.put({ month, agency: null, latest, parts: writeCell(sum) }, version);
    if (isDone) await store.clearUnsummed(summed);
  }
}
