import { ApiProblem } from '../api/client.ts';

/** `/lines/0/amountNet` is the field `lines.0.amountNet`. */
export function fieldPath(pointer: string): string {
  return pointer.slice(1).replaceAll('/', '.');
}

/**
 * The server's words for each field that it names, in the shape the form takes. What is about one member of these lists
 * stands at the list, which has one field for them all.
 */
export function fieldErrors(error: unknown, lists: readonly string[] = []): Record<string, string> {
  if (!(error instanceof ApiProblem)) return {};
  const words = new Map<string, string>();
  for (const { pointer, detail } of error.errors) {
    const field = fieldOf(pointer, lists);
    const before = words.get(field);
    words.set(field, before === undefined || before === detail ? detail : `${before} ${detail}`);
  }
  return Object.fromEntries(words);
}

/** The pointers that lead to a text field of the form or to one of these lists, which then shows them itself. */
export function shownPointers(error: unknown, values: object, lists: readonly string[] = []): string[] {
  if (!(error instanceof ApiProblem)) return [];
  return error.errors
    .map(({ pointer }) => pointer)
    .filter((pointer) => lists.includes(fieldOf(pointer, lists)) || typeof valueAt(values, pointer) === 'string');
}

function fieldOf(pointer: string, lists: readonly string[]): string {
  const path = fieldPath(pointer);
  const list = path.replace(/\.\d+$/, '');
  return lists.includes(list) ? list : path;
}

function valueAt(values: object, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .reduce<unknown>((value, name) => {
      return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
    }, values);
}
