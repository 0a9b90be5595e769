import type { Need } from '../../../../schemas/types.d.ts';

/** Whether something that the list accepts is offered today for everything that was asked for and told. */
export function isMet({ accepted, published }: Need): boolean {
  return accepted > 0 && (published?.wants ?? []).every(({ matching }) => matching > 0);
}

/** The search for what was asked for in a group. */
export function searchOf(group: string, attributes: Record<string, string> = {}): string {
  const wanted = Object.entries(attributes).map(([key, value]) => [`attr.${key}`, value]);
  return `/?${new URLSearchParams([['group', group], ...wanted]).toString()}`;
}
