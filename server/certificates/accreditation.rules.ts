import type { LabelSchemeVersion, Mandate } from '../../schemas/types.d.ts';
import { daysFrom, FIRST_DAY, holdsOn, LAST_DAY } from '../organisations/span.rules.ts';
import { versionOn, type Version } from '../reference/dated.rules.ts';

/** What the register knew of a body's accreditations from an instant on. */
export interface MandateState {
  knownFrom: string;
  mandates: Mandate[];
}

/** What bears on the end of a body's certificates: its accreditations, and what the scheme says of their end. */
export interface Accreditation {
  bodies: Record<string, MandateState[]>;
  rules: (Version & Pick<Partial<LabelSchemeVersion>, 'whenMandateEnds'>)[];
}

/** What of a certificate says under which accreditation it was issued: `groups` are those of the products that it ever covered. */
export interface Issued {
  scheme: string;
  issuedOn: string;
  body?: string;
  groups?: string[];
}

/**
 * The last day on which a certificate can be valid because the accreditation under which it was issued ends, as known at an
 * instant; undefined where it does not end, or the scheme lets certificates stay. The scheme's version of the
 * accreditation's last day decides. A suspension ends nothing, and an accreditation given anew later revives nothing.
 */
export function accreditationEnd(
  { scheme, issuedOn, body, groups = [] }: Issued,
  { bodies, rules }: Accreditation,
  knownAt: string,
): string | undefined {
  const states = body === undefined ? [] : (bodies[body] ?? []);
  const { mandates = [] } = states.findLast(({ knownFrom }) => knownFrom <= knownAt) ?? {};
  const ofScheme = mandates.filter((mandate) => mandate.scheme === scheme);
  const covering = (group: string) => ofScheme.filter((mandate) => mandate.groups?.includes(group) ?? true);
  const runs = groups.length === 0 ? [ofScheme] : groups.map(covering);
  const last = runs.map((run) => lastDayOfRun(run, issuedOn)).reduce((one, other) => (one < other ? one : other));
  if (last === LAST_DAY) return undefined;
  const rule = versionOn(rules, last, knownAt).whenMandateEnds;
  return rule?.certificates === 'end' ? daysFrom(last, rule.afterDays ?? 0) : undefined;
}

/** The last of the days without a gap around a day; the last of all where none holds on it: nobody knows what ended then. */
function lastDayOfRun(mandates: Mandate[], day: string): string {
  const inOrder = mandates.toSorted((a, b) => ((a.from ?? FIRST_DAY) < (b.from ?? FIRST_DAY) ? -1 : 1));
  const held = inOrder.filter((mandate) => holdsOn(mandate, day));
  if (held.length === 0) return LAST_DAY;
  return inOrder.reduce(
    (last, { from = FIRST_DAY, through = LAST_DAY }) =>
      through > last && (last === LAST_DAY || from <= daysFrom(last, 1)) ? through : last,
    held.map(({ through = LAST_DAY }) => through).reduce((one, other) => (one > other ? one : other)),
  );
}
