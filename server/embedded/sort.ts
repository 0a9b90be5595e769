import { calculateObjectSize } from 'bson';
import { StoreError } from './errors.ts';
import { compareKeys, sortKey, type KeyPattern } from './keys.ts';
import { PIECE_DOCUMENTS, Turns } from './turns.ts';
import { isDoc, pathParts, type Doc } from './values.ts';

const MEMORY = 100 * 1024 * 1024;

interface Row<T> {
  key: string;
  item: T;
}

/** A sort document as a pattern. Throws 2 for a direction other than 1 and -1, or a path without a name. */
export function parseSort(sort: unknown): KeyPattern {
  if (sort === undefined || sort === null) return [];
  if (!isDoc(sort)) throw new StoreError(14, 'sort must be a document');
  return Object.entries(sort).map(([path, direction]) => {
    if (direction !== 1 && direction !== -1)
      throw new StoreError(2, `Illegal sort direction for ${path}: 1 and -1 are supported`);
    pathParts(path);
    return [path, direction];
  });
}

/** Sorts what comes in pieces, in runs that are merged as they grow; with a limit no run grows beyond it. Throws 292 over 100 MB without one. */
export async function* sortPieces<T extends { doc: Doc }>(
  pieces: AsyncIterable<T[]>,
  pattern: KeyPattern,
  top = Infinity,
): AsyncGenerator<T[]> {
  const turns = new Turns();
  const runs: Row<T>[][] = [];
  let bytes = 0;
  for await (const items of pieces) {
    if (top === Infinity) for (const { doc } of items) bytes += calculateObjectSize(doc);
    if (bytes > MEMORY) throw new StoreError(292, `Sort exceeded memory limit of ${MEMORY} bytes`);
    const rows = items.map((item) => ({ key: sortKey(item.doc, pattern), item }));
    runs.push(rows.sort((a, b) => compareKeys(a.key, b.key)).slice(0, top));
    while (runs.length > 1 && (runs.at(-2)?.length ?? 0) <= (runs.at(-1)?.length ?? 0))
      await mergeLast(runs, top, turns);
    await turns.pass();
  }
  while (runs.length > 1) await mergeLast(runs, top, turns);
  const [sorted = []] = runs;
  for (let at = 0; at < sorted.length; at += PIECE_DOCUMENTS)
    yield sorted.slice(at, at + PIECE_DOCUMENTS).map(({ item }) => item);
}

async function mergeLast<T>(runs: Row<T>[][], top: number, turns: Turns): Promise<void> {
  const [a = [], b = []] = runs.splice(-2);
  const merged: Row<T>[] = [];
  for (let i = 0, j = 0; merged.length < top && i + j < a.length + b.length;) {
    const [left, right] = [a[i], b[j]];
    if (left && (!right || left.key <= right.key)) {
      merged.push(left);
      i += 1;
    } else if (right) {
      merged.push(right);
      j += 1;
    }
    if ((i + j) % 1000 === 0) await turns.pass();
  }
  runs.push(merged);
}
