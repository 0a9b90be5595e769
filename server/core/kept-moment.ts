/** An answer that is kept for a moment. */
export interface Kept<A> {
  get(): Promise<A>;
  /** What is asked from now on is answered anew. */
  forget(): void;
}

/** Keeps an answer for so many milliseconds; those who ask at the same time share the question, a failed one is asked again. */
export function keepForAMoment<A>(ask: () => Promise<A>, ms: number): Kept<A> {
  let kept: { answer: Promise<A>; until: number } | null = null;
  return {
    get() {
      if (kept && performance.now() < kept.until) return kept.answer;
      const mine = { answer: ask(), until: performance.now() + ms };
      kept = mine;
      mine.answer.catch(() => {
        if (kept === mine) kept = null;
      });
      return mine.answer;
    },
    forget: () => void (kept = null),
  };
}
