/** Runs the tasks one after the other, for what two at once could not decide rightly: neither sees what the other is about to write. */
export function oneAtATime(): <T>(task: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (task) => {
    const done = last.then(task, task);
    last = done.catch(() => null);
    return done;
  };
}
