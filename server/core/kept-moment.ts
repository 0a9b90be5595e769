/** An answer that is kept for a moment. */
export interface Kept<A> {
  /** The answer for the key, which is kept until another key is asked for. */
  get(key: string): Promise<A>;
  /** What is asked from now on is answered anew. */
  forget(): void;
}

/** What is known of each of many keys, kept for a moment. */
export interface KeptEach<A> {
  /** By key, what is known of those of the keys that have an answer, and maybe of others. */
  get(keys: string[]): Promise<ReadonlyMap<string, A>>;
  /** What is asked from now on is answered anew. */
  forget(): void;
}

/** Keeps each answer for so many milliseconds at the most: what was asked since the last look is forgotten all at once. */
export function keepEachForAMoment<A>(ask: (keys: string[]) => Promise<Map<string, A>>, ms: number): KeptEach<A> {
  let kept = { answers: new Map<string, A>(), until: 0 };
  const forget = (): void => void (kept = { answers: new Map(), until: performance.now() + ms });
  return {
    async get(keys) {
      if (performance.now() >= kept.until) forget();
      const { answers } = kept;
      const missing = keys.filter((key) => !answers.has(key));
      if (missing.length > 0) for (const [key, answer] of await ask(missing)) answers.set(key, answer);
      return answers;
    },
    forget,
  };
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
