import type { Purchase } from '../../schemas/types.d.ts';
import { readCell, writeCell } from './cell-columns.rules.ts';
import { addCell, addPurchase, type Cell } from './cell.rules.ts';
import type { CellParts, CellStore, StoredCell } from './cells.service.ts';
import { periodDays } from './period.rules.ts';
import { COUNTED_FIELDS } from './source.service.ts';

type MarkedPurchase = Purchase & Record<string, unknown>;

/** After every instant: as known without an end. */
const ALL_KNOWN = '9999-12-31T23:59:59.999Z';
/** Agencies whose cells of a month are made at once. */
const atOnce = 100;
const writtenAtOnce = 10;

/** Makes cells of a month again, and once more those that somebody else wrote meanwhile. */
export async function recompute(parts: CellParts, month: string, agencies: Iterable<string>): Promise<void> {
  let left = [...agencies];
  while (left.length > 0) {
    const [now, later] = [left.slice(0, atOnce), left.slice(atOnce)];
    left = [...later, ...(await recomputeOnce(parts, month, now))];
  }
}

/** Makes the cells of a month for the first time. */
export async function makeMonth(parts: CellParts, month: string): Promise<void> {
  await recompute(parts, month, await recomputeOnce(parts, month, null));
}

/** Makes cells of some agencies, or of all with purchases in the month; gives those that somebody else wrote meanwhile. */
async function recomputeOnce(parts: CellParts, month: string, asked: string[] | null): Promise<string[]> {
  const { store, purchases, mark } = parts;
  const versions = new Map<string | null, number>();
  for await (const { agency, version } of store.read({ months: [month], ...(asked && { agencies: asked }), parts: [] }))
    versions.set(agency, version);
  const made = await cellsOf(parts, month, asked ?? undefined);
  const agencies = asked ?? [...made.cells.keys()];
  const written = new Set<string>();
  // A few at a time: what is written is made into text first, which holds the event loop.
  for (let at = 0; at < agencies.length; at += writtenAtOnce) {
    await Promise.all(
      agencies.slice(at, at + writtenAtOnce).map(async (agency) => {
        const { cell, latest } = made.cells.get(agency) ?? { cell: {}, latest: '' };
        const next = { month, agency, latest, parts: writeCell(cell) };
        if (await store.put(next, versions.get(agency) ?? 0)) written.add(agency);
      }),
    );
  }
  await purchases.unmark(
    made.marked.filter(({ agency }) => written.has(agency)),
    mark,
  );
  return agencies.filter((agency) => !written.has(agency));
}

/** Cells of a month as its purchases give them. */
export interface Made {
  cells: Map<string, { cell: Cell; latest: string }>;
  marked: Purchase[];
}

/** The cells as the purchases give them now, and the purchases among them that carried the mark. */
export async function cellsOf(
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

/** Adds up the cells of a month, again where one of its sums was written meanwhile. */
export async function sumMonth(store: CellStore, month: string): Promise<void> {
  for (let isDone = false; !isDone;) {
    const version = await store.version(month);
    const [sum, versions, unsummed]: [Cell, Map<string, number>, StoredCell[]] = [{}, new Map(), []];
    let latest = '';
    for await (const cell of store.read({ months: [month] })) {
      addCell(sum, readCell(cell.parts));
      if (cell.latest > latest) latest = cell.latest;
      versions.set(cell.agency!, cell.version);
      if (cell.isUnsummed) unsummed.push(cell);
    }
    isDone = await store.put({ month, agency: null, latest, parts: writeCell(sum), versions }, version);
    if (isDone) await store.clearUnsummed(unsummed);
  }
}
