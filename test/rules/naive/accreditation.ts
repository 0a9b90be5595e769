import type { Accreditation, Issued } from '../../../server/certificates/accreditation.rules.ts';
import { calendar } from './days.ts';

/** The end by accreditation read aloud: from the day of issue on, the first day without an accreditation for every group. */
export function naiveAccreditationEnd(
  { scheme, issuedOn, body = '', groups = [] }: Issued,
  { bodies, rules }: Accreditation,
  knownAt: string,
): string | undefined {
  let mandates: Accreditation['bodies'][string][number]['mandates'] = [];
  for (const state of bodies[body] ?? []) if (state.knownFrom <= knownAt) mandates = state.mandates;
  const asked = groups.length === 0 ? [undefined] : groups;
  let first: number | undefined;
  for (const group of asked) {
    const isAccredited = (day: string) =>
      mandates.some(
        ({ scheme: of, groups: only, from, through }) =>
          of === scheme &&
          (group === undefined || only === undefined || only.includes(group)) &&
          !(from !== undefined && day < from) &&
          !(through !== undefined && day > through),
      );
    if (!isAccredited(issuedOn)) continue;
    const at = calendar.findIndex((day) => day > issuedOn && !isAccredited(day));
    if (at >= 0 && (first === undefined || at < first)) first = at;
  }
  if (first === undefined) return undefined;
  const last = calendar[first - 1]!;
  // The version of the last day: of those known, the one that begins last on or before it, else the earliest.
  const known = rules.filter(
    ({ recordedAt }, at) => at === 0 || recordedAt <= knownAt || recordedAt === rules[0]!.recordedAt,
  );
  const begun = known.filter(({ validFrom }) => validFrom <= last);
  const of = begun.length > 0 ? begun : known;
  const day = of
    .map(({ validFrom }) => validFrom)
    .sort()
    .at(begun.length > 0 ? -1 : 0);
  const rule = of.findLast(({ validFrom }) => validFrom === day)!.whenMandateEnds;
  if (rule?.certificates !== 'end') return undefined;
  return new Date(Date.parse(last) + (rule.afterDays ?? 0) * 86_400_000).toISOString().slice(0, 10);
}
