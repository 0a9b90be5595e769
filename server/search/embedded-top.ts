/**
 * The first `count` items in the order of `compare`, sorted. Few of many are kept in a heap whose top is the last of
 * them, so that a page of a large result costs a scan, not a sort.
 */
export function firstInOrder(items: number[], count: number, compare: (a: number, b: number) => number): number[] {
  if (count * 8 >= items.length) return items.toSorted(compare).slice(0, count);
  const heap: number[] = [];
  for (const item of items) {
    if (heap.length < count) siftUp(heap, item, compare);
    else if (compare(item, heap[0] ?? item) < 0) replaceTop(heap, item, compare);
  }
  return heap.sort(compare);
}

function siftUp(heap: number[], item: number, compare: (a: number, b: number) => number): void {
  let at = heap.push(item) - 1;
  while (at > 0) {
    const parent = (at - 1) >>> 1;
    const above = heap[parent] ?? item;
    if (compare(item, above) <= 0) break;
    heap[at] = above;
    at = parent;
  }
  heap[at] = item;
}

function replaceTop(heap: number[], item: number, compare: (a: number, b: number) => number): void {
  let at = 0;
  for (;;) {
    const left = at * 2 + 1;
    if (left >= heap.length) break;
    const right = left + 1;
    const isRightLater = right < heap.length && compare(heap[right] ?? item, heap[left] ?? item) > 0;
    const child = isRightLater ? right : left;
    const below = heap[child] ?? item;
    if (compare(below, item) <= 0) break;
    heap[at] = below;
    at = child;
  }
  heap[at] = item;
}
