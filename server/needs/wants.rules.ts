/** Attributes that were asked for, by key: each value as `attr.<key>` of a search takes it. */
export type Wanted = Record<string, string>;

const mostAttributes = 6;

/** One text for the same attributes, in whatever order and spacing they were asked for; empty for none. */
export function writeWants(wanted: Wanted): string {
  return Object.entries(wanted)
    .map(([key, text]) => `${key}=${valuesIn(text).join(',')}`)
    .toSorted()
    .slice(0, mostAttributes)
    .join('&');
}

/** The attributes that a text says. */
export function readWants(wants: string): Wanted {
  const parts = wants === '' ? [] : wants.split('&');
  return Object.fromEntries(parts.map((part) => [part.slice(0, part.indexOf('=')), part.slice(part.indexOf('=') + 1)]));
}

function valuesIn(text: string): string[] {
  return [...new Set(text.split(',').map((value) => value.trim()))].toSorted();
}
