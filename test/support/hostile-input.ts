/** What says nothing to a reader, as it stands in an address: none of it may be heard by a filter either. */
export const noise: [what: string, sent: string][] = [
  ['double quotes', encodeURIComponent('""')],
  ['quotes of every kind', encodeURIComponent('\'`“”‘’«»"')],
  ['an end of the engine’s list', encodeURIComponent('"]}) (["')],
  ['backslashes', encodeURIComponent('\\\\"\\')],
  ['brackets', encodeURIComponent('(){}[]<>')],
  ['comparisons', encodeURIComponent('>= != || && ; -- /* */')],
  ['an operator without letters', encodeURIComponent('${}$#|*?^~')],
  ['lone surrogates', '%ED%A0%80%ED%BF%BF'],
  ['broken escapes', '%FF%FE%C0%80%%'],
  ['control characters', '%00%01%07%1B%7F%C2%85'],
  ['line ends', '%0D%0A%0D%0A'],
  ['right-to-left marks', encodeURIComponent('\u200f\u202e\u2067\u061c')],
  ['zero-width characters', encodeURIComponent('\u200b\u200c\u200d\u2060\ufeff\u00ad')],
  ['emoji joined to one', encodeURIComponent('👩‍👩‍👧‍👦🏳️‍🌈')],
  ['marks piled up', encodeURIComponent('\u0336\u0489'.repeat(20))],
];
/** What would be a condition if a value could become one; each is one value that nothing has. */
export const conditions = [
  'office-paper" OR kind = "service',
  'office-paper"] OR seq EXISTS OR group IN ["office-paper',
  "office-paper' OR '1'='1",
  'office-paper OR true',
  'NOT office-paper',
  'office-paper AND tier = A',
  '0 TO 99999999',
  '$gt',
  '{"$ne":null}',
  '[object Object]',
  '__proto__',
  'constructor',
  'toString',
  '\u202eoffice-paper',
  'office-paper\u0000',
  'OFFICE-PAPER',
  'office-paper\u200b',
  '.*',
  '*',
  '%',
  '\ufffd',
  'x'.repeat(450),
];
export const values = [...conditions.map(encodeURIComponent), ...noise.map(([, sent]) => sent)].filter(
  (sent) => decodable(sent).trim() !== '',
);
/** The values, as many of them in one list as a parameter takes. */
export const together: string[] = [];
for (const value of values) {
  const last = together.pop() ?? value;
  if (last === value) together.push(value);
  else if (decodable(last).length + decodable(value).length > 400) together.push(last, value);
  else together.push(`${last},${value}`);
}
/** Microseconds of the processor: the clock on the wall also counts what else a machine does. */
export const slowest = 1_000_000;

/** The text of an address, or a mark for what is no text. */
export function decodable(sent: string): string {
  try {
    return decodeURIComponent(sent);
  } catch {
    return '\ufffd';
  }
}
