const most = 20_000;
const longest = 200;

/** The same pure function of a text, each answer worked out once: for what is met again and again, as the words of a language. */
export function remembered<A extends string | object>(work: (text: string) => A): (text: string) => A {
  const kept = new Map<string, A>();
  return (text) => {
    const known = kept.get(text);
    if (known !== undefined) return known;
    const answer = work(text);
    if (kept.size >= most) kept.clear();
    // What is longer is hardly met twice, and would fill the memory.
    if (text.length <= longest) kept.set(text, answer);
    return answer;
  };
}

/** The same of an object that does not change, for as long as somebody has it. */
export function rememberedOf<O extends object, A extends string | object>(work: (about: O) => A): (about: O) => A {
  const kept = new WeakMap<O, A>();
  return (about) => {
    const known = kept.get(about);
    if (known !== undefined) return known;
    const answer = work(about);
    kept.set(about, answer);
    return answer;
  };
}
