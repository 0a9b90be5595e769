import type { Organisation } from '../../schemas/types.d.ts';
import { holdsOn } from './span.rules.ts';

/** What a body certifies: in a scheme, for products of these groups, by an act on a day. */
export interface CertifyingAct {
  scheme: string;
  groups: string[];
  on: string;
}

/**
 * Why the organisation may not do it, or null: it has no mandate for the scheme, none on that day, or none that holds on
 * the day, not suspended, and covers every group. Without dates a mandate is for always, without groups for all.
 */
export function refuseAct(
  { mayCertify = [] }: Pick<Organisation, 'mayCertify'>,
  { scheme, groups, on }: CertifyingAct,
): 'scheme' | 'day' | 'groups' | null {
  const ofScheme = mayCertify.filter((mandate) => mandate.scheme === scheme);
  if (ofScheme.length === 0) return 'scheme';
  const onDay = ofScheme.filter(
    ({ suspended = [], ...mandate }) => holdsOn(mandate, on) && !suspended.some((days) => holdsOn(days, on)),
  );
  if (onDay.length === 0) return 'day';
  const isCovered = (group: string) => onDay.some((mandate) => mandate.groups?.includes(group) ?? true);
  return groups.every(isCovered) ? null : 'groups';
}
