/** An answer that is kept for a moment. */
export interface Kept<A> {
  /** The answer for the key, which is kept until another key is asked for. */
  get(key: string): Promise<A>;
  /** What is asked from now on is answered anew. */
  forget(): void;
}

/** Keeps the last answer for so many milliseconds; those who ask at the same time share the question, a failed one is asked again. */
export function keepForAMoment<A>(ask: (key: string) => Promise<A>, ms: number): Kept<A> {
  let kept: { key: string; answer: Promise<A>; until: number } | null = null;
  return {
    get(key) {
      if (kept?.key === key && performance.now() < kept.until) return kept.answer;
      const mine = { key, answer: ask(key), until: performance.now() + ms };
      kept = mine;
      mine.answer.catch(() => {
        if (kept === mine) kept = null;
      });
      return mine.answer;
    },
    forget: () => void (kept = null),
  };
}
