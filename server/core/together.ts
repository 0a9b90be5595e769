interface Waiting<Q, A> {
  question: Q;
  answer(given: A): void;
  refuse(error: unknown): void;
}

/**
 * Asks together what is asked at the same moment: one message to the store in place of one each. Answers come in the
 * order of the questions; a look that fails fails for all of them.
 */
export function together<Q, A>(
  answerAll: (questions: Q[]) => Promise<A[]>,
  mostAtOnce = 1000,
): (question: Q) => Promise<A> {
  let waiting: Waiting<Q, A>[] = [];
  const ask = async (batch: Waiting<Q, A>[]): Promise<void> => {
    try {
      const answers = await answerAll(batch.map(({ question }) => question));
      batch.forEach(({ answer }, at) => answer(answers[at]!));
    } catch (error) {
      batch.forEach(({ refuse }) => refuse(error));
    }
  };
  const askAll = (): void => {
    const all = waiting;
    waiting = [];
    for (let at = 0; at < all.length; at += mostAtOnce) void ask(all.slice(at, at + mostAtOnce));
  };
  return (question) =>
    new Promise((answer, refuse) => {
      // Once every promise that is resolved already has run on: each of them may ask as well.
      if (waiting.length === 0) queueMicrotask(() => process.nextTick(askAll));
      waiting.push({ question, answer, refuse });
    });
}
