/** The same items, each asked for while the one before is worked on. */
export async function* readAhead<T>(items: AsyncIterable<T>): AsyncGenerator<T> {
  const iterator = items[Symbol.asyncIterator]();
  try {
    let next = iterator.next();
    for (let one = await next; one.done !== true; one = await next) {
      next = iterator.next();
      // Whoever takes the items learns of a failure when they ask for the next.
      next.catch(() => {});
      yield one.value;
    }
  } finally {
    await iterator.return?.();
  }
}
