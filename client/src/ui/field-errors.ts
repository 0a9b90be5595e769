import { ApiProblem } from '../api/client.ts';

/** `/lines/0/amountNet` is the field `lines.0.amountNet`. */
export function fieldPath(pointer: string): string {
  return pointer.slice(1).replaceAll('/', '.');
}

/** The server's words for each field that it names, in the shape the form takes. */
export function fieldErrors(error: unknown): Record<string, string> {
  if (!(error instanceof ApiProblem)) return {};
  return Object.fromEntries(error.errors.map(({ pointer, detail }) => [fieldPath(pointer), detail]));
}

/** The pointers that lead to a text field of the form, which then shows them itself. */
export function shownPointers(error: unknown, values: object): string[] {
  if (!(error instanceof ApiProblem)) return [];
  return error.errors.map(({ pointer }) => pointer).filter((pointer) => typeof valueAt(values, pointer) === 'string');
}

function valueAt(values: object, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .reduce<unknown>((value, name) => {
      return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
    }, values);
}
