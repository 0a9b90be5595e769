import type { Asked, ShareParts } from './asked.service.ts';
import { readCell } from './cell-text.rules.ts';
import type { CellPart } from './cell.rules.ts';
import { periodDays, wholeMonths, type Days } from './period.rules.ts';
import { membersWithin, standingOver } from './place.rules.ts';
import { createShareFold, dimensionOf, type ShareFold } from './share.rules.ts';
import { COUNTED_FIELDS, purchasesOf } from './source.service.ts';

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
      fields: COUNTED_FIELDS,
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
async function addSums({ cells }: ShareParts, asked: Asked, { fold, months }: Target): Promise<string[]> {
  const apart: string[] = [];
  for await (const { month, latest, parts } of cells.read({ months, agencies: 'sum', parts: partsFor(asked) })) {
    const cell = readCell(parts);
    const isSplit = [...(cell.agency ?? new Map<string, never>()).keys()].some(
      (agency) => standing(asked, agency, month) === 'split',
    );
    // A purchase recorded after the question was asked is not in its answer.
    if (latest > asked.cutOff || isSplit) apart.push(month);
    else fold.addCell(cell, firstDay(month));
  }
  return apart;
}

/** Adds the agencies' cells of months; gives the agencies' months that have to be folded line by line. */
async function addAgencyCells({ cells }: ShareParts, asked: Asked, { fold, months }: Target): Promise<Rest[]> {
  if (months.length === 0) return [];
  const { places, query, days } = asked;
  const below = query.agency === undefined ? [] : membersWithin(places, query.agency, days);
  const agencies = query.agency === undefined ? undefined : [...new Set(below.flatMap((run) => run.agencies))];
  const rest: Rest[] = [];
  const found = cells.read({ months, ...(agencies && { agencies }), parts: partsFor(asked) });
  for await (const { month, agency, latest, parts } of found) {
    if (agency === null) continue;
    const how = standing(asked, agency, month);
    if (how === 'out') continue;
    if (how === 'in' && latest <= asked.cutOff) fold.addCell(readCell(parts), firstDay(month));
    else rest.push({ agency, days: periodDays(month)! });
  }
  return rest;
}

function standing({ places, query, question, changes }: Asked, agency: string, month: string): 'in' | 'out' | 'split' {
  const within = changes.filter((day) => day.startsWith(month) && day !== firstDay(month));
  return standingOver(places, { query, agency, keyOfAgency: question.keyOfAgency! }, [firstDay(month), ...within]);
}

function partsFor({ query: { groupBy } }: Asked): CellPart[] {
  const dimension = dimensionOf(groupBy);
  return ['agency', 'edition', 'ruleVersion', 'currency', ...(dimension ? [dimension] : [])];
}

function firstDay(month: string): string {
  return `${month}-01`;
}
