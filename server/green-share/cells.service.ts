import type { Purchase } from '../../schemas/types.d.ts';
import type { Records } from '../core/records.ts';
import { makeMonth, recompute, sumMonth } from './cell-making.service.ts';
import type { KeptParts } from './cell-columns.rules.ts';
import type { CellPart } from './cell.rules.ts';

/** The cell of an agency's purchases of a month, or of all of a month where `agency` is null. */
export interface MonthCell {
  month: string;
  agency: string | null;
  /** The last instant at which anything in it became known. */
  latest: string;
  parts: KeptParts;
  /** The versions of the agencies' cells that a month's sum is made of. */
  versions?: ReadonlyMap<string, number>;
}

/** A cell as it comes back; `isUnsummed` while its month's sum does not have it. */
export interface StoredCell extends MonthCell {
  version: number;
  isUnsummed: boolean;
}

/** Where cells are kept. A cell is written only over the version that was read before its sources were. */
export interface CellStore {
  /** Cells of the months: of some agencies, of all of them, or the sums of the months; with `parts` only those. */
  read(what: { months: string[]; agencies?: string[] | 'sum'; parts?: readonly CellPart[] }): AsyncIterable<StoredCell>;
  /** The months that have cells. */
  months(): Promise<string[]>;
  /** The version of a month's sum; 0 where there is none. */
  version(month: string): Promise<number>;
  /** Whether it was written; an agency's cell then waits to be summed. */
  put(cell: MonthCell, version: number): Promise<boolean>;
  /** Months with cells that their sums do not have. */
  unsummedMonths(): Promise<string[]>;
  /** The cells of these versions are in their month's sum. */
  clearUnsummed(cells: StoredCell[]): Promise<void>;
  /** Months whose cells are still to be made for the first time; null where no cell is of use. */
  unmade(): Promise<string[] | null>;
  /** Forgets every cell; those of the months are to be made. */
  begin(months: string[]): Promise<void>;
  /** The cells of the month cover every purchase that carries no mark. */
  made(month: string): Promise<void>;
}

/** What cells are made from. */
export interface CellParts {
  store: CellStore;
  purchases: Pick<Records<Purchase>, 'stream' | 'unmark'>;
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

const purchasesAPass = 2000;

/** The cells over their store. */
export function createShareCells(parts: CellParts): ShareCells {
  const { store } = parts;
  const isReady = async () => (await store.unmade())?.length === 0;
  return {
    async pass() {
      if (!(await isReady())) return prepare(parts);
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
    isReady,
  };
}

/** The cells of a month are made for the first time: purchases written before there were cells carry no mark. */
async function prepare(parts: CellParts): Promise<number> {
  const { store, purchases } = parts;
  const unmade = await store.unmade();
  if (unmade === null) {
    const months = new Set<string>();
    for await (const { basisDate } of purchases.stream({}, ['basisDate'])) months.add(basisDate.slice(0, 7));
    await store.begin([...months].toSorted());
  }
  const [month] = unmade ?? [];
  if (month !== undefined) {
    await makeMonth(parts, month);
    await store.made(month);
  }
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
