import type { Connection } from 'mongoose';
import { createPause } from '../core/clock.ts';
import { together } from '../core/together.ts';
import { DIMENSIONS, type CellPart, type Dimension } from './cell.rules.ts';
import type { CellStore, MonthCell, StoredCell } from './cells.service.ts';

interface CellDocument {
  _id: string;
  month: string;
  agency: string | null;
  version: number;
  latest: string;
  /** The month's sum does not have it yet. */
  unsummed?: true;
  /** Missing where none of them was asked for. */
  parts?: MonthCell['parts'];
  /** Of a month's sum: the versions of the cells in it by agency, as text because codes are no names of fields. */
  versions?: string;
}

/** Sums are large: a few at once are read without holding the event loop. */
const [batchSize, sumsAtOnce] = [100, 4];
/** Changes with what a cell holds: cells of another form are made again. */
const form = 4;
/** The documents that a month's sum is cut into: what no line is told apart by, and that with each dimension. */
const CUTS: readonly (Dimension | null)[] = [null, ...DIMENSIONS];

type Cells = ReturnType<typeof cellsOf>;

/** The cells as documents: one for an agency's month, and for a whole month one for each dimension, because it is large. */
export async function openCellStore(connection: Connection): Promise<CellStore> {
  const cells = cellsOf(connection);
  await cells.createIndexes([
    { key: { month: 1, agency: 1 } },
    { key: { unsummed: 1 }, partialFilterExpression: { unsummed: { $exists: true } } },
  ]);
  const insert = together((made: CellDocument[]) => insertAll(cells, made));
  const state = connection.collection<{ _id: string; form: number; unmade: string[] }>('shareState');
  return {
    read: (what) => read(cells, what),
    months: () => cells.distinct('month'),
    version: async (month) => (await cells.findOne({ _id: month }, { projection: { version: 1 } }))?.version ?? 0,
    put: (cell, version) =>
      cell.agency === null ? putSum(cells, cell, version) : putCell({ cells, insert }, cell, version),
    async unsummedMonths() {
      const months = new Set<string>();
      for await (const { month } of cells.find({ unsummed: true }, { projection: { month: 1 } })) months.add(month);
      return [...months];
    },
    async clearUnsummed(summed) {
      const updates = summed.map(({ version, ...cell }) => ({
        updateOne: { filter: { _id: cellId(cell), version }, update: { $unset: { unsummed: '' as const } } },
      }));
      if (updates.length > 0) await cells.bulkWrite(updates, { ordered: false });
    },
    async unmade() {
      const known = await state.findOne({ _id: 'cells' });
      return known?.form === form ? known.unmade : null;
    },
    async begin(months) {
      await state.deleteMany({});
      await cells.deleteMany({});
      await state.insertOne({ _id: 'cells', form, unmade: months });
    },
    made: async (month) => void (await state.updateOne({ _id: 'cells' }, { $pull: { unmade: month } })),
  };
}

function cellsOf(connection: Connection) {
  return connection.collection<CellDocument>('shareCells');
}

async function* read(
  cells: Cells,
  { months, agencies, parts }: Parameters<CellStore['read']>[0],
): ReturnType<CellStore['read']> {
  const projection = parts && { month: 1, agency: 1, version: 1, latest: 1, unsummed: 1, versions: 1, ...shown(parts) };
  const filter = agencies === 'sum' ? { _id: { $in: sumIds(months, parts) } } : cellFilter(months, agencies);
  const found = cells.find(filter, {
    ...(projection && { projection }),
    batchSize: agencies === 'sum' ? sumsAtOnce : batchSize,
    promoteBuffers: true,
  });
  const pause = createPause();
  for await (const cell of found) {
    yield fromStored(cell);
    await pause();
  }
}

function cellFilter(months: string[], agencies: string[] | undefined): object {
  return { month: { $in: months }, agency: agencies ? { $in: agencies } : { $ne: null } };
}

/** Of each month the one document that has the parts; all of them where no parts are named. */
function sumIds(months: string[], parts: readonly CellPart[] | undefined): string[] {
  const cuts = parts ? [DIMENSIONS.find((dimension) => parts.includes(dimension)) ?? null] : CUTS;
  return months.flatMap((month) => cuts.map((cut) => sumId(month, cut)));
}

interface CellWrites {
  cells: Cells;
  insert(cell: CellDocument): Promise<boolean>;
}

async function putCell(
  { cells, insert }: CellWrites,
  { month, agency, latest, parts }: MonthCell,
  version: number,
): Promise<boolean> {
  const _id = cellId({ month, agency });
  const next = { month, agency, latest, parts, version: version + 1, unsummed: true as const };
  if (version > 0) return (await cells.replaceOne({ _id, version }, next)).matchedCount === 1;
  return insert({ _id, ...next });
}

/** Inserts each cell by a write of its own, all with one message; false for each where somebody else was first. */
async function insertAll(cells: Cells, made: CellDocument[]): Promise<boolean[]> {
  const taken = await takenAmong(cells.insertMany(made, { ordered: false }));
  return made.map((_, at) => !taken.has(at));
}

/** The first of the documents decides who was first; the others never go back behind what is there. */
async function putSum(cells: Cells, { versions = new Map(), ...sum }: MonthCell, version: number): Promise<boolean> {
  const pairs = JSON.stringify([...versions]);
  const [first, ...rest] = CUTS.map((cut) => {
    const others = new Set<string>(DIMENSIONS.filter((dimension) => dimension !== cut));
    const parts = Object.fromEntries(Object.entries(sum.parts).filter(([part]) => !others.has(part)));
    const replacement = { ...sum, parts, versions: pairs, version: version + 1 };
    const filter = { _id: sumId(sum.month, cut), version: cut === null ? version : { $lte: version } };
    return { replaceOne: { filter, replacement, upsert: cut !== null || version === 0 } };
  });
  let isFirst = false;
  const written = cells.bulkWrite([first!], { ordered: false });
  const taken = await takenAmong(written.then((done) => (isFirst = done.matchedCount + done.upsertedCount === 1)));
  if (!isFirst || taken.size > 0) return false;
  await takenAmong(cells.bulkWrite(rest, { ordered: false }));
  return true;
}

interface WriteError {
  index: number;
  code: number;
}

/** The places in a message of writes where somebody else was first. */
async function takenAmong(written: Promise<unknown>): Promise<ReadonlySet<number>> {
  try {
    await written;
    return new Set();
  } catch (error) {
    const errors = [(error as { writeErrors?: WriteError | WriteError[] }).writeErrors ?? []].flat();
    if (errors.length === 0 || errors.some(({ code }) => code !== 11000)) throw error;
    return new Set(errors.map(({ index }) => index));
  }
}

function shown(parts: readonly CellPart[]): Record<string, 1> {
  return Object.fromEntries(parts.map((part) => [`parts.${part}`, 1]));
}

function cellId({ month, agency }: Pick<MonthCell, 'month' | 'agency'>): string {
  return `${month} ${agency}`;
}

/** No code of an agency has a space. */
function sumId(month: string, cut: Dimension | null): string {
  return cut === null ? month : `${month} by ${cut}`;
}

function fromStored({ _id, unsummed, versions, parts = {}, ...cell }: CellDocument): StoredCell {
  const summed = versions !== undefined && { versions: new Map(JSON.parse(versions) as [string, number][]) };
  return { ...cell, parts, isUnsummed: unsummed === true, ...summed };
}
