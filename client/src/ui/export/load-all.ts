import { request } from '../../api/client.ts';
import type { List, Query } from '../../api/client.ts';

/** Rows that a file may have: beyond it the reader narrows the filters. */
export const mostRows = 10_000;

/** How far a download is. */
export interface Progress {
  done: number;
  total: number;
}

/** Everything a table has, how many entries its list has, and whether the bound left some of them out. */
export interface Loaded<Row> {
  rows: Row[];
  total: number;
  isCut: boolean;
}

/** Gets every row of a table, telling how far it is. */
export type LoadRows<Row> = (how: {
  signal: AbortSignal;
  onProgress: (progress: Progress) => void;
}) => Promise<Loaded<Row>>;

/** Follows the cursors of a list, all pages and not only the shown ones, up to the bound. */
export function listLoader<Row>(path: string, query: Query): LoadRows<Row> {
  return async ({ signal, onProgress }) => {
    const rows: Row[] = [];
    let cursor: string | undefined;
    let total = 0;
    do {
      const page: List<Row> = await request(path, { query: { ...query, limit: 100, cursor }, signal });
      rows.push(...page.items);
      total = page.total;
      cursor = page.next ?? undefined;
      onProgress({ done: rows.length, total: Math.min(total, mostRows) });
    } while (cursor !== undefined && rows.length < mostRows);
    return { rows: rows.slice(0, mostRows), total, isCut: total > mostRows };
  };
}

/** A table that stands on the page as a whole. */
export function shownRows<Row>(rows: Row[]): LoadRows<Row> {
  return async () => ({ rows, total: rows.length, isCut: false });
}
