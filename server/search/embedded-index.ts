import type { Revision } from './agreement.rules.ts';
import type { SearchRequest } from './clause.rules.ts';
import type { SearchDoc } from './document.rules.ts';
import { type Columns, createColumns, dropRow, putRow } from './embedded-columns.ts';
import { orderOf } from './embedded-order.ts';
import { setOf } from './embedded-rows.ts';
import { fault } from './fault.rules.ts';
import { candidatesOf, countFacets, scanFilters } from './embedded-scan.ts';
import { createTextIndex, type TextIndex, typosOf } from './embedded-text.ts';
import { firstInOrder } from './embedded-top.ts';
import type { Facets, SearchAnswer } from './port.ts';

/** A page, and what counts its facets while nothing is written. */
interface Found extends Pick<SearchAnswer, 'hits' | 'total'> {
  facets(): Facets;
}

export interface EmbeddedIndex {
  put(docs: SearchDoc[]): void;
  remove(ids: { id: string; seq: number }[]): void;
  search(request: SearchRequest): Found;
  documents(): number;
  /** Some documents from a row on, and the row to go on from; null after the last. */
  revisions(from: number): { revisions: Revision[]; next: number | null };
}

const deepest = 10_000;
const revisionsAtOnce = 5000;

interface Parts {
  columns: Columns;
  text: TextIndex;
  rowOf: Map<string, number>;
  /** By row, of removed documents too, so that a late write of an older one does not bring it back. */
  seqs: number[];
  /** Of documents that were removed before they ever came. */
  seqsOfUnknown: Map<string, number>;
}

/** An empty index: words by MiniSearch, everything else in columns. */
export function createIndex(): EmbeddedIndex {
  const parts: Parts = {
    columns: createColumns(),
    text: createTextIndex(),
    rowOf: new Map(),
    seqs: [],
    seqsOfUnknown: new Map(),
  };
  let documents = 0;
  return {
    put(docs) {
      for (const doc of docs) documents += put(parts, doc);
    },
    remove(ids) {
      for (const id of ids) documents -= remove(parts, id);
    },
    search: (request) => search(parts, request),
    documents: () => documents,
    revisions: (from) => revisionsFrom(parts, from),
  };
}

/** How many documents there are more. */
function put(parts: Parts, doc: SearchDoc): number {
  const { columns, text, rowOf, seqs } = parts;
  if (doc.seq < seqOf(parts, doc.id)) return 0;
  const row = rowOf.get(doc.id) ?? columns.rows;
  const isNew = !columns.alive.has(row);
  text.put(row, doc);
  putRow(columns, row, doc);
  rowOf.set(doc.id, row);
  seqs[row] = doc.seq;
  return isNew ? 1 : 0;
}

/** How many documents there are less. */
function remove(parts: Parts, { id, seq }: { id: string; seq: number }): number {
  const { columns, text, rowOf, seqs, seqsOfUnknown } = parts;
  if (seq < seqOf(parts, id)) return 0;
  const row = rowOf.get(id);
  if (row === undefined) {
    seqsOfUnknown.set(id, seq);
    return 0;
  }
  seqs[row] = seq;
  if (!columns.alive.has(row)) return 0;
  text.drop(row);
  dropRow(columns, row);
  return 1;
}

function seqOf({ rowOf, seqs, seqsOfUnknown }: Parts, id: string): number {
  const row = rowOf.get(id);
  return (row === undefined ? seqsOfUnknown.get(id) : seqs[row]) ?? 0;
}

function revisionsFrom({ columns, seqs }: Parts, from: number): { revisions: Revision[]; next: number | null } {
  const end = Math.min(from + revisionsAtOnce, columns.rows);
  const revisions: Revision[] = [];
  for (let row = from; row < end; row++) {
    const id = columns.ids[row] ?? '';
    if (columns.alive.has(row)) revisions.push({ id, seq: seqs[row] ?? 0 });
  }
  return { revisions, next: end < columns.rows ? end : null };
}

function search({ columns, text, seqs }: Parts, request: SearchRequest): Found {
  const { words, prefixLast, page, size, filters, facets } = request;
  if (page * size > deepest) throw fault('page_too_deep', `no page ends after ${deepest} hits`);
  const scan = scanFilters(columns, filters, facets);
  const found = words.length > 0 ? text.match(words, prefixLast, candidatesOf(scan)) : null;
  const hits = found ? found.rows.filter((row) => scan.meeting.has(row)) : scan.meeting.array();
  const first = firstInOrder(hits, page * size, orderOf(columns, request, found));
  return {
    hits: first.slice((page - 1) * size).map((row, at) => ({
      id: columns.ids[row] ?? '',
      seq: seqs[row] ?? 0,
      typos: typosOf(found?.scores[row] ?? 0),
      rank: (page - 1) * size + at,
    })),
    total: hits.length,
    facets: () => countFacets(columns, facets, { scan, found: found && setOf(found.rows) }),
  };
}
