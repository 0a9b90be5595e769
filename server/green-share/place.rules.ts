import type { ShareQuery } from '../../schemas/types.d.ts';
import type { DatedTree } from '../organisations/tree.rules.ts';
import type { Days } from './period.rules.ts';

/** Where agencies stand from day to day, as it was known at one instant, and as far as the caller may see it. */
export interface Places {
  tree: DatedTree;
  /** The days after `from`, up to `to`, on which some agency stands elsewhere than the day before, in the tree or on the map. */
  changesWithin(from: string, to: string): string[];
  /** The agency's province on the day, by its code on that day or on the map of 34 or 63; null where it cannot be said. */
  provinceOn(agency: string, day: string, map: NonNullable<ShareQuery['provinces']>): string | null | undefined;
  /** Whether figures of the agency alone are kept from the caller. */
  isHidden(agency: string): boolean;
  /** The first day from which the agency is to report; always where it is not said. */
  reportsFrom(agency: string): string | undefined;
}

/** The key of the lines of agencies that do not publish, in answers to the public. */
export const WITHHELD = 'withheld';

/** The group of an agency on a day, for the groupings by `agency`, `level` and `province`. */
export function agencyKey(
  { tree, provinceOn }: Places,
  { groupBy, agency: top, provinces = 'asDated' }: Pick<ShareQuery, 'groupBy' | 'agency' | 'provinces'>,
): (agency: string, day: string) => string {
  const keys: Partial<Record<NonNullable<ShareQuery['groupBy']>, (agency: string, day: string) => string>> = {
    agency: (agency, day) => tree.branchOn(top ?? null, agency, day),
    level: (agency, day) => levelOn(tree, provinceOn, { agency, day }),
    province: (agency, day) => {
      const province = provinceOn(agency, day, provinces);
      return province === null ? 'unknown' : (province ?? 'none');
    },
  };
  return keys[groupBy ?? 'agency'] ?? keys.agency!;
}

/** By the level that the agency or the nearest above has; else central below a root without a province, local below another. */
function levelOn(
  tree: DatedTree,
  provinceOn: Places['provinceOn'],
  { agency, day }: { agency: string; day: string },
): string {
  const level = tree.levelOn(agency, day);
  if (level !== null) return level === 'central' ? 'central' : 'local';
  const root = tree.lineageOn(agency, day).at(-1);
  if (root === undefined) return 'unknown';
  return provinceOn(root, day, 'asDated') === undefined ? 'central' : 'local';
}

/** During which of the days which agencies stand at or below `top`; those kept from the caller left out. */
export function membersWithin(
  { tree, isHidden }: Places,
  top: string,
  { from, to }: Days,
): (Days & { agencies: string[] })[] {
  return tree.membersOf(top).flatMap(({ agencies, ...run }) => {
    const days = { from: run.from > from ? run.from : from, to: run.through < to ? run.through : to };
    const seen = agencies.filter((agency) => !isHidden(agency));
    return days.from <= days.to && seen.length > 0 ? [{ ...days, agencies: seen }] : [];
  });
}

/**
 * Whether the agency is asked for, and of one group, on each of the days: `out` where it is not asked for on any, `split` where
 * it is not the same on each.
 */
export function standingOver(
  places: Places,
  {
    query,
    agency,
    keyOfAgency,
  }: {
    query: Pick<ShareQuery, 'agency' | 'groupBy'>;
    agency: string;
    keyOfAgency: (agency: string, day: string) => string;
  },
  days: string[],
): 'in' | 'out' | 'split' {
  const { agency: top, groupBy } = query;
  const isByPlace = groupBy === 'agency' || groupBy === 'level' || groupBy === 'province';
  const isAsked = (day: string) =>
    top === undefined || (!places.isHidden(agency) && places.tree.lineageOn(agency, day).includes(top));
  const keyOn = (day: string) => (isAsked(day) ? (isByPlace ? keyOfAgency(agency, day) : 'in') : null);
  const [first, ...others] = days.map(keyOn);
  if (others.some((key) => key !== first)) return 'split';
  return first === null ? 'out' : 'in';
}

/** The agencies that are expected to report on the days: those that were there, below `top` where one is given, and are to report by then. */
export function expectedToReport(places: Places, top: string | undefined, days: Days): Set<string> {
  const { tree, reportsFrom } = places;
  const candidates =
    top === undefined ? tree.codes : membersWithin(places, top, days).flatMap(({ agencies }) => agencies);
  const isExpected = (code: string) =>
    tree.isOpenWithin(code, days.from, days.to) && (reportsFrom(code) ?? '') <= days.to;
  return new Set(candidates.filter(isExpected));
}
