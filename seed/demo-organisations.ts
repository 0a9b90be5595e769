import type { OrganisationInput } from '../schemas/types.d.ts';
import { instantAt, type DemoCalendar } from './demo-calendar.ts';
import type { DemoOperation } from './demo-operation.ts';
import rows from './data/demo-organisations.json' with { type: 'json' };

const organisations = rows as OrganisationInput[];

/** Fictional agencies on three levels, suppliers, certification bodies and a laboratory, entered on the first day. */
export function organisationOperations({ opening }: DemoCalendar): DemoOperation[] {
  return organisations.map((input) => {
    // An agency is entered after the one above it.
    const at = instantAt(opening, `08:${depthOf(input)}0`);
    return { at, key: input.code, do: 'organisation', input };
  });
}

/** The agencies that buy: all but the roots, the lowest level twice as often. */
export function buyers(): { code: string; weight: number }[] {
  return organisations
    .filter(({ kind, parent }) => kind === 'agency' && parent !== undefined)
    .map((agency) => ({ code: agency.code, weight: depthOf(agency) }));
}

/** The body that registers certificates of the scheme; null where none of the fictional ones does. */
export function certifierOf(scheme: string): string | null {
  return organisations.find(({ mayCertify }) => mayCertify?.includes(scheme))?.code ?? null;
}

function depthOf({ parent }: OrganisationInput): number {
  const above = organisations.find(({ code }) => code === parent);
  return above ? depthOf(above) + 1 : 0;
}
