import { ApiProblem } from '../../api/client.ts';
import { fieldPath } from '../../ui/field-errors.ts';

const lists = new Set(['aliases', 'authorised', 'places']);

/** The server's words at the fields of the form: what is about one member of a list stands at the list. */
export function productErrors(error: unknown): Record<string, string> {
  if (!(error instanceof ApiProblem)) return {};
  return Object.fromEntries(error.errors.map(({ pointer, detail }) => [fieldOf(pointer), detail]));
}

/** Every pointer that leads to a field of the form, which then shows the words itself. */
export function productPointers(error: unknown, values: object): string[] {
  if (!(error instanceof ApiProblem)) return [];
  return error.errors.map(({ pointer }) => pointer).filter((pointer) => (pointer.split('/')[1] ?? '') in values);
}

/** The words about attributes, by the attribute's key. */
export function attributeErrors(errors: Record<string, unknown>): Record<string, string> {
  const prefix = 'attributes.';
  const own = Object.entries(errors).filter(([path]) => path.startsWith(prefix));
  return Object.fromEntries(own.map(([path, words]) => [path.slice(prefix.length).split('.')[0] ?? '', String(words)]));
}

function fieldOf(pointer: string): string {
  const path = fieldPath(pointer);
  const field = path.split('.')[0] ?? '';
  return lists.has(field) ? field : path;
}
