interface MarkedProps {
  text: string;
  /** From and to of each word, in their order. */
  ranges: number[][] | undefined;
}

/** A text with the words that were looked for marked in it. */
export function Marked({ text, ranges }: MarkedProps) {
  if (ranges === undefined) return text;
  const last = ranges.at(-1)?.[1] ?? 0;
  return (
    <>
      {ranges.flatMap(([from = 0, to = 0], at) => [
        text.slice(ranges[at - 1]?.[1] ?? 0, from),
        <mark key={from}>{text.slice(from, to)}</mark>,
      ])}
      {text.slice(last)}
    </>
  );
}
