import type { Asked, ShareParts } from './asked.service.ts';
import { readCell, scanCell } from './cell-columns.rules.ts';
import { takeCell, type Cell, type CellPart } from './cell.rules.ts';
import { periodDays, wholeMonths, type Days } from './period.rules.ts';
import { membersWithin, standingOver } from './place.rules.ts';
import { createShareFold, dimensionOf, type ShareFold } from './share.rules.ts';
import { fieldsFor, purchasesOf } from './source.service.ts';

/** Lines to be folded: of the days, and of one agency where it is named. */
interface Rest {
  days: Days;
  agency?: string;
}

/**
 * Everything that is asked for, folded: whole months as known now from their cells, the rest line by line. The figure is
 * the same either way.
 */
export async function foldAsked(parts: ShareParts, asked: Asked): Promise<ShareFold> {
  const fold = createShareFold(asked.question);
  for (const { days, agency } of await addCells(parts, asked, fold)) {
    const purchases = purchasesOf(parts, asked, {
      days,
      ...(agency !== undefined && { agency }),
      fields: fieldsFor(asked),
    });
    for await (const purchase of purchases) fold.add(purchase, asked.cutOff);
  }
  return fold;
}

/** Adds what cells can answer, and gives what is left to be folded. */
async function addCells(parts: ShareParts, asked: Asked, fold: ShareFold): Promise<Rest[]> {
  const { months, broken } = wholeMonths(asked.days);
  if (!(await mayUseCells(parts, asked)) || months.length === 0) return [{ days: asked.days }];
  const isNational = asked.query.agency === undefined;
  await parts.cells.refresh(months, isNational);
  const apart = isNational ? await addSums(parts, asked, { fold, months }) : months;
  return [...broken.map((days) => ({ days })), ...(await addAgencyCells(parts, asked, { fold, months: apart }))];
}

/** Cells hold what is known now, under the lines' own decisions. */
async function mayUseCells({ cells }: ShareParts, { query, edition, isPending }: Asked): Promise<boolean> {
  return query.knownAt === undefined && edition === null && !isPending && (await cells.isReady());
}

interface Target {
  fold: ShareFold;
  months: string[];
}

/** Adds the sums of whole months; gives the months that have to be taken agency by agency. */
async function addSums(parts: ShareParts, asked: Asked, { fold, months }: Target): Promise<string[]> {
  const { isHidden = () => false } = asked.question;
  const isByLine = dimensionOf(asked.query.groupBy) !== undefined;
  const [apart, mixed]: [string[], MixedSum[]] = [[], []];
  for await (const sum of parts.cells.read({ months, agencies: 'sum', parts: partsFor(asked) })) {
    const { month, latest } = sum;
    const cell = scanCell(sum.parts);
    const agencies = [...(cell.agency ?? [])].map(([agency]) => agency);
    const days = daysOfPlace(asked, month);
    const isSplit = days.length > 1 && agencies.some((agency) => standing(asked, agency, days) === 'split');
    const hidden = isByLine ? agencies.filter(isHidden) : [];
    // A purchase recorded after the question was asked is not in its answer.
    if (latest > asked.cutOff || isSplit) apart.push(month);
    else if (hidden.length > 0)
      mixed.push({ month, cell: readCell(sum.parts), hidden, versions: sum.versions ?? new Map() });
    else fold.addCell(cell, firstDay(month));
  }
  return [...apart, ...(await addMixed(parts, asked, { fold, mixed }))];
}

/** A month's sum that has hidden agencies' lines among the others. */
interface MixedSum {
  month: string;
  cell: Cell;
  hidden: string[];
  versions: ReadonlyMap<string, number>;
}

/** Adds sums, the cells of hidden agencies apart from the rest; gives the months whose sum has other versions of them. */
async function addMixed(
  { cells }: ShareParts,
  asked: Asked,
  { fold, mixed }: { fold: ShareFold; mixed: MixedSum[] },
): Promise<string[]> {
  if (mixed.length === 0) return [];
  const hidden = new Map<string, { agency: string | null; version: number; cell: Cell }[]>();
  const agencies = [...new Set(mixed.flatMap((sum) => sum.hidden))];
  const months = mixed.map(({ month }) => month);
  for await (const { month, agency, version, parts } of cells.read({ months, agencies, parts: partsFor(asked) }))
    hidden.set(month, [...(hidden.get(month) ?? []), { agency, version, cell: readCell(parts) }]);
  return mixed.flatMap((sum) => {
    const own = (hidden.get(sum.month) ?? []).filter(({ agency }) => sum.hidden.includes(agency!));
    if (own.length < sum.hidden.length || own.some((one) => sum.versions.get(one.agency!) !== one.version))
      return [sum.month];
    for (const { cell } of own) {
      takeCell(sum.cell, cell);
      fold.addCell(cell, firstDay(sum.month));
    }
    fold.addCell(sum.cell, firstDay(sum.month));
    return [];
  });
}

/** Adds the agencies' cells of months; gives the agencies' months that have to be folded line by line. */
async function addAgencyCells({ cells }: ShareParts, asked: Asked, { fold, months }: Target): Promise<Rest[]> {
  if (months.length === 0) return [];
  const { places, query, days } = asked;
  const below = query.agency === undefined ? [] : membersWithin(places, query.agency, days);
  const agencies = query.agency === undefined ? undefined : [...new Set(below.flatMap((run) => run.agencies))];
  const daysIn = new Map(months.map((month) => [month, daysOfPlace(asked, month)]));
  const rest: Rest[] = [];
  const found = cells.read({ months, ...(agencies && { agencies }), parts: partsFor(asked) });
  for await (const { month, agency, latest, parts } of found) {
    if (agency === null) continue;
    const how = standing(asked, agency, daysIn.get(month)!);
    if (how === 'out') continue;
    if (how === 'in' && latest <= asked.cutOff) fold.addCell(scanCell(parts), firstDay(month));
    else rest.push({ agency, days: periodDays(month)! });
  }
  return rest;
}

/** The first day of a month, and those on which some agency stands elsewhere than the day before. */
function daysOfPlace({ changes }: Asked, month: string): string[] {
  return [firstDay(month), ...changes.filter((day) => day.startsWith(month) && day !== firstDay(month))];
}

function standing({ places, query, question }: Asked, agency: string, days: string[]): 'in' | 'out' | 'split' {
  return standingOver(places, { query, agency, keyOfAgency: question.keyOfAgency! }, days);
}

function partsFor({ query: { groupBy } }: Asked): CellPart[] {
  const dimension = dimensionOf(groupBy);
  return ['agency', 'edition', 'ruleVersion', 'currency', ...(dimension ? [dimension] : [])];
}

function firstDay(month: string): string {
  return `${month}-01`;
}
