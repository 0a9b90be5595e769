import { ensure } from './errors.ts';
import { compareKeys, sortKey, type KeyPattern } from './keys.ts';
import type { Stream } from './turns.ts';
import { isDoc, pathParts, type Doc } from './values.ts';

type Row<T> = { key: string; item: T };

const MEMORY = 100 * 1024 * 1024;
/** So many are sorted at once, and beside them the first ones where a limit asks for no more than so many. */
const [RUN, FIRST] = [250, 1000];

/** A sort document as a pattern. Throws 2 for a direction other than 1 and -1, or a path without a name. */
export function parseSort(sort: unknown): KeyPattern {
  if (sort === undefined || sort === null) return [];
  ensure(isDoc(sort), 14, 'sort must be a document');
  return Object.entries(sort).map(([path, direction]) => {
    ensure(direction === 1 || direction === -1, 2, `Illegal sort direction for ${path}: 1 and -1 are supported`);
    pathParts(path);
    return [path, direction];
  });
}

/** Sorts items by the documents `of` them, in runs that are merged as they are taken. Throws 292 where by their sizes in bytes they are over 100 MB. */
export function* sorted<T>(
  items: Stream<T>,
  pattern: KeyPattern,
  { of, sizeOf, top = Infinity }: { of: (item: T) => Doc; sizeOf: (item: T) => number; top?: number },
): Stream<T> {
  const kept = top <= FIRST ? top : 0;
  const runs: Row<T>[][] = [];
  let [run, bytes]: [Row<T>[], number] = [[], 0];
  for (const item of items) {
    if (item !== undefined) {
      if (kept === 0) bytes += sizeOf(item);
      ensure(bytes <= MEMORY, 292, `Sort exceeded memory limit of ${MEMORY} bytes`);
      run.push({ key: sortKey(of(item), pattern), item });
    }
    if (run.length >= kept + RUN) {
      const inOrder = sortRun(run);
      if (kept === 0) runs.push(inOrder);
      run = inOrder.slice(0, kept);
    }
    yield undefined;
  }
  for (const { item } of merge([...runs, sortRun(run)])) yield item;
}

const sortRun = <T>(run: Row<T>[]): Row<T>[] => run.sort((a, b) => compareKeys(a.key, b.key));

/** Of equal keys the earlier run's come first. */
function* merge<T>(runs: Row<T>[][]): Generator<Row<T>> {
  const half = runs.length >> 1;
  const parts = half === 0 ? runs.map((run) => run.values()) : [runs.slice(0, half), runs.slice(half)].map(merge<T>);
  const [left, right] = parts.map((part) => (): Row<T> | undefined => part.next().value);
  let [a, b] = [left?.(), right?.()];
  while (a ?? b)
    if (a && (!b || a.key <= b.key)) {
      yield a;
      a = left?.();
    } else if (b) {
      yield b;
      b = right?.();
    }
}
