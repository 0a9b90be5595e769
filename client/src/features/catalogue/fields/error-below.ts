import type { ReactNode } from 'react';

/** The words about each field, by its path in the form. */
export type FormErrors = Readonly<Record<string, ReactNode>>;

/** The first words about a list or one of its members. */
export function errorBelow(errors: FormErrors, path: string): ReactNode {
  const found = Object.keys(errors).find((key) => key === path || key.startsWith(`${path}.`));
  return found === undefined ? undefined : errors[found];
}
