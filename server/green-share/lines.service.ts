import type { Purchase, ShareLine, ShareLinesQuery, ShareQuery } from '../../schemas/types.d.ts';
import { badQuery, Problem } from '../core/problem.ts';
import type { Filter, Page } from '../core/records.ts';
import type { Actor } from '../core/route.ts';
import { settleQuestion, type Asked, type ShareParts } from './asked.service.ts';
import { isCounted, keyIn, standingLines, type StandingLine } from './cell.rules.ts';
import { foldAsked } from './figure.service.ts';
import { periodKey } from './period.rules.ts';
import { dimensionOf, isOverTheWhole } from './share.rules.ts';
import { lineSheet } from './sheet.rules.ts';
import { decidedAsAsked, filterOf, purchasesOf } from './source.service.ts';

const purchasesAtOnce = 200;
const cursorForm = /^(\d{4}-\d{2}-\d{2}) ([0-9a-f]{24}) (\d+)$/;

/** The lines behind a figure of the share. */
export interface ShareLinesService {
  /**
   * A page of the lines that the denominator of M1 is made of: of the whole, or of one group.
   * @throws Problem 400 as the share does, and for a key without a grouping; 401 and 403 as the share does, and for the
   * lines of another's agency
   */
  page(actor: Actor, query: ShareLinesQuery): Promise<Page<ShareLine>>;
  /** The same lines, all of them, as a table in the reader's language. @throws Problem as `page` */
  sheet(actor: Actor, query: ShareLinesQuery, language: 'vi' | 'en'): Promise<LineSheet>;
}

/** A table of lines; its name says where they are fictional. */
export interface LineSheet {
  name: string;
  header: string[];
  rows: AsyncIterable<string[]>;
}

/** The lines over the purchases' records. `isBelow` says whether an agency is another or stands below it. */
export function createShareLinesService(
  parts: ShareParts,
  isBelow: (agency: string, top: string) => Promise<boolean>,
): ShareLinesService {
  const settle = async (actor: Actor, query: ShareLinesQuery) => {
    const { key, limit: _limit, cursor: _cursor, ...asked } = query;
    if (key !== undefined && query.groupBy === undefined) throw badQuery('key', 'KEY_WITHOUT_GROUPS');
    return settleQuestion(parts, actor, await withinReach(actor, asked, isBelow));
  };
  return {
    async page(actor, query) {
      return pageOf(parts, await settle(actor, query), query);
    },
    async sheet(actor, query, language) {
      const asked = await settle(actor, query);
      const { header, row } = lineSheet(language, parts.isDemo);
      const name = `share-lines-${query.from}-${query.to}${parts.isDemo ? '-demo' : ''}`;
      return { name, header, rows: rowsOf(allLines(parts, asked, query.key), row) };
    },
  };
}

/** An officer asks for lines of the own agency or one below it, and of the own where none is named. */
async function withinReach(
  { role, org }: Actor,
  query: ShareQuery,
  isBelow: (agency: string, top: string) => Promise<boolean>,
): Promise<ShareQuery> {
  if (role !== 'officer' || org === undefined) return query;
  const { agency = org } = query;
  if (!(await isBelow(agency, org))) throw new Problem('OTHER_ORGANISATION', { code: agency });
  return { ...query, agency };
}

/** Purchase by purchase in the order of the days, from the purchase of the cursor on. */
async function pageOf(parts: ShareParts, asked: Asked, query: ShareLinesQuery): Promise<Page<ShareLine>> {
  const items: ShareLine[] = [];
  const total = (await foldAsked(parts, asked)).linesIn(query.key);
  let after = query.cursor === undefined ? undefined : readCursor(query.cursor);
  while (items.length <= query.limit) {
    const purchases = await nextPurchases(parts, asked, { key: query.key, after });
    for (const purchase of purchases) {
      const seen = purchase.id === after?.purchase ? after.lineNo : 0;
      items.push(...linesOf(asked, query.key, purchase).filter(({ lineNo }) => lineNo > seen));
    }
    const last = purchases.at(-1);
    if (last === undefined) break;
    after = { day: last.basisDate, purchase: last.id, lineNo: Infinity };
  }
  const page = items.slice(0, query.limit);
  return { items: page, total, next: items.length > page.length ? writeCursor(page.at(-1)!) : null };
}

async function nextPurchases(
  parts: ShareParts,
  asked: Asked,
  { key, after }: { key: string | undefined; after: Position | undefined },
): Promise<Purchase[]> {
  const days = { ...asked.days, ...(after && { from: after.day }) };
  const filter = filterOf(asked, days);
  if (filter === null) return [];
  // Of the day itself those behind the cursor; the purchase of the cursor again only while lines of it are left.
  const beyond = after && {
    $or: [{ basisDate: { $gt: after.day } }, { _id: { [after.lineNo === Infinity ? '$gt' : '$gte']: after.purchase } }],
  };
  const found = await parts.purchases.find(
    { basisDate: { $gte: days.from, $lte: days.to }, $and: [filter, narrowing(asked.query, key), beyond ?? {}] },
    purchasesAtOnce,
    { basisDate: 1, _id: 1 },
  );
  return decidedAsAsked(parts, asked, found);
}

async function* allLines(parts: ShareParts, asked: Asked, key: string | undefined): AsyncIterable<ShareLine> {
  for await (const purchase of purchasesOf(parts, asked, { days: asked.days, narrowed: narrowing(asked.query, key) }))
    yield* linesOf(asked, key, purchase);
}

async function* rowsOf(lines: AsyncIterable<ShareLine>, row: (line: ShareLine) => string[]): AsyncIterable<string[]> {
  for await (const line of lines) yield row(line);
}

function linesOf(asked: Asked, key: string | undefined, purchase: Purchase): ShareLine[] {
  if (!isCounted(purchase)) return [];
  const { id, agency, basisDate, reference, demo } = purchase;
  const standing = standingLines(purchase, asked.cutOff).filter((line) => isOf(asked, key, { line, purchase }));
  return standing.map(({ line, decision }) => {
    const earlier = line.earlier.filter(({ knownFrom }) => knownFrom < decision.knownFrom);
    return { ...line, green: decision, earlier, purchase: id, agency, basisDate, reference, ...(demo && { demo }) };
  });
}

/** Whether a line is in the denominator of the group; for tiers and schemes that is the whole. */
function isOf(
  { query: { groupBy }, question: { keyOfAgency } }: Asked,
  key: string | undefined,
  { line, purchase }: { line: StandingLine; purchase: Purchase },
): boolean {
  if (key === undefined || isOverTheWhole(groupBy)) return true;
  const dimension = dimensionOf(groupBy);
  if (dimension) return keyIn(dimension, line, purchase) === key;
  if (groupBy === 'month' || groupBy === 'quarter' || groupBy === 'year')
    return periodKey(purchase.basisDate, groupBy) === key;
  return keyOfAgency?.(purchase.agency, purchase.basisDate) === key;
}

/** What of the key the store can look for. */
function narrowing({ groupBy }: ShareQuery, key: string | undefined): Filter {
  if (key === undefined || key === 'none') return {};
  switch (groupBy) {
    case 'group':
    case 'nature':
      return { [`lines.${groupBy}`]: key };
    case 'method':
    case 'funding':
      return { [groupBy]: key };
    default:
      return {};
  }
}

interface Position {
  day: string;
  purchase: string;
  lineNo: number;
}

function writeCursor({ basisDate, purchase, lineNo }: ShareLine): string {
  return btoa(`${basisDate} ${purchase} ${lineNo}`).replace(/=+$/, '');
}

function readCursor(cursor: string): Position {
  const [, day, purchase, lineNo] = cursorForm.exec(decoded(cursor)) ?? [];
  if (day === undefined || purchase === undefined) throw badQuery('cursor', 'other');
  return { day, purchase, lineNo: Number(lineNo) };
}

function decoded(cursor: string): string {
  try {
    return atob(cursor);
  } catch {
    return '';
  }
}
