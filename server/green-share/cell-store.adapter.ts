import { setImmediate } from 'node:timers/promises';
import type { Connection } from 'mongoose';
import type { CellPart } from './cell.rules.ts';
import type { CellStore, MonthCell } from './cells.service.ts';

interface StoredCell {
  _id: string;
  month: string;
  agency: string | null;
  version: number;
  latest: string;
  /** The month's sum does not have it yet. */
  unsummed?: true;
  /** Missing where none of them was asked for. */
  parts?: MonthCell['parts'];
}

const holdMs = 15;
const batchSize = 200;
/** Changes with what a cell holds: cells of another form are made again. */
const form = 1;

type Cells = ReturnType<typeof cellsOf>;

/** The cells as documents: one for an agency's month, one for a whole month. */
export async function openCellStore(connection: Connection): Promise<CellStore> {
  const cells = cellsOf(connection);
  await cells.createIndexes([
    { key: { month: 1, agency: 1 } },
    { key: { unsummed: 1 }, partialFilterExpression: { unsummed: { $exists: true } } },
  ]);
  const state = connection.collection<{ _id: string; form: number }>('shareState');
  return {
    read: (what) => read(cells, what),
    version: async (month) => (await cells.findOne({ _id: month }, { projection: { version: 1 } }))?.version ?? 0,
    put: (cell, version) => put(cells, cell, version),
    async unsummedMonths() {
      const months = new Set<string>();
      for await (const { month } of cells.find({ unsummed: true }, { projection: { month: 1 } })) months.add(month);
      return [...months];
    },
    async clearUnsummed(summed) {
      const updates = summed.map(({ month, agency, version }) => ({
        updateOne: { filter: { _id: idOf(month, agency), version }, update: { $unset: { unsummed: '' as const } } },
      }));
      if (updates.length > 0) await cells.bulkWrite(updates, { ordered: false });
    },
    isReady: async () => (await state.findOne({ _id: 'cells' }))?.form === form,
    async clear() {
      await state.deleteMany({});
      await cells.deleteMany({});
    },
    ready: async () => void (await state.updateOne({ _id: 'cells' }, { $set: { form } }, { upsert: true })),
  };
}

function cellsOf(connection: Connection) {
  return connection.collection<StoredCell>('shareCells');
}

async function* read(
  cells: Cells,
  { months, agencies, parts }: Parameters<CellStore['read']>[0],
): ReturnType<CellStore['read']> {
  const projection = parts && { month: 1, agency: 1, version: 1, latest: 1, ...shown(parts) };
  const whose = agencies === 'sum' ? { agency: null } : { agency: agencies ? { $in: agencies } : { $ne: null } };
  const found = cells.find({ month: { $in: months }, ...whose }, { ...(projection && { projection }), batchSize });
  let since = performance.now();
  for await (const cell of found) {
    yield fromStored(cell);
    if (performance.now() - since < holdMs) continue;
    await setImmediate();
    since = performance.now();
  }
}

async function put(cells: Cells, { month, agency, latest, parts }: MonthCell, version: number): Promise<boolean> {
  const _id = idOf(month, agency);
  const unsummed = agency !== null && { unsummed: true as const };
  const next = { month, agency, version: version + 1, latest, parts, ...unsummed };
  if (version > 0) return (await cells.replaceOne({ _id, version }, next)).matchedCount === 1;
  try {
    await cells.insertOne({ _id, ...next });
    return true;
  } catch (error) {
    // Somebody else was first.
    if ((error as { code?: number }).code === 11000) return false;
    throw error;
  }
}

function shown(parts: readonly CellPart[]): Record<string, 1> {
  return Object.fromEntries(parts.map((part) => [`parts.${part}`, 1]));
}

function idOf(month: string, agency: string | null): string {
  return agency === null ? month : `${month} ${agency}`;
}

function fromStored({ month, agency, version, latest, parts = {} }: StoredCell): MonthCell & { version: number } {
  return { month, agency, version, latest, parts };
}
