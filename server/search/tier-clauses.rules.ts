import type {
  LabelScheme,
  PriorityList,
  PriorityListEntry,
  RecognitionAgreement,
  Tier,
} from '../../schemas/types.d.ts';
import { runsOn } from '../reference/tier.rules.ts';
import { type Clause, nothing } from './clause.rules.ts';
import { dayNumber } from './document.rules.ts';

/** The law as it stands on the day that is asked about. */
export interface LawOnDay {
  on: string;
  /** The edition in force on the day. */
  edition: PriorityList | null;
  schemes: LabelScheme[];
  agreements: RecognitionAgreement[];
}

/**
 * Which products have this as the best tier of their valid labels: the inverse of `tierOf`, for an engine that knows labels
 * and groups and no law. Tier C asks for a buyer's acceptance on a line, so no product has it by itself.
 */
export function tierClause(tier: Tier, law: LawOnDay): Clause {
  const isA = countsForA(law);
  if (tier === 'A') return isA;
  return tier === 'B' ? { all: [countsForB(law), { not: isA }] } : nothing;
}

/** Products whose group is on the edition in force and that bear a valid label which its entry accepts. */
export function priorityClause(law: LawOnDay): Clause {
  return {
    any: entriesByGroup(law).flatMap((entry) => entry.accepts.map((accepted) => acceptedLabel(entry, accepted, law))),
  };
}

/**
 * What comes first among hits that the words leave equal: a valid label that counts, the best tier first, or those tiers that
 * are asked for; then groups that must be bought before those that are preferred. Nothing that a supplier writes or pays for.
 */
export function preferences(law: LawOnDay, tiers: readonly Tier[]): Clause[][] {
  const groupsThat = (obligation: PriorityListEntry['obligation']): Clause => ({
    field: 'group',
    in: entriesByGroup(law).flatMap((entry) => (entry.obligation === obligation ? entry.group : [])),
  });
  return [tiers.map((tier) => tierClause(tier, law)), [groupsThat('mandatory'), groupsThat('preferred')]];
}

/** Whether a level of the scheme reaches another; `levels` run from lowest to highest. */
export function reachesLevel(levels: string[], level: string | undefined, minLevel: string): boolean {
  return level !== undefined && levelsFrom(levels, minLevel).includes(level);
}

/** The entry that the edition has for a group. */
export function entryFor(edition: PriorityList | null, group: string): PriorityListEntry | undefined {
  return edition?.entries.find((entry) => entry.group === group);
}

/** National labels everywhere, any other in the groups of an agreement in force (Law 72/2020 art. 146, Decree 08/2022 art. 150). */
function countsForA({ on, schemes, agreements }: LawOnDay): Clause {
  const ofProducts = schemes.filter(({ subject }) => subject === 'product');
  const national = ofProducts.filter(
    (scheme) => (scheme.basis === 'statutory' || scheme.basis === 'legacy-transitional') && runsOn(scheme, on),
  );
  const recognised = agreements.filter(
    (agreement) => runsOn(agreement, on) && ofProducts.some(({ code }) => code === agreement.scheme),
  );
  return {
    any: [
      ...national.map(({ code }): Clause => ({ valid: code, on: dayNumber(on) })),
      ...recognised.map(({ scheme, groups }): Clause => ({
        all: [
          { field: 'group', in: groups },
          { valid: scheme, on: dayNumber(on) },
        ],
      })),
    ],
  };
}

/** Energy labels from the level that the edition asks for in the group. */
function countsForB(law: LawOnDay): Clause {
  const isGraded = (code: string) =>
    law.schemes.some(
      (scheme) =>
        scheme.code === code &&
        scheme.basis === 'statutory-preference' &&
        scheme.subject === 'product' &&
        runsOn(scheme, law.on),
    );
  return {
    any: entriesByGroup(law).flatMap((entry) =>
      entry.accepts
        .filter(({ scheme, minLevel }) => minLevel !== undefined && isGraded(scheme))
        .map((accepted) => acceptedLabel(entry, accepted, law)),
    ),
  };
}

function entriesByGroup({ edition }: LawOnDay): PriorityListEntry[] {
  return (edition?.entries ?? []).filter((entry) => entryFor(edition, entry.group) === entry);
}

function acceptedLabel(
  { group }: PriorityListEntry,
  { scheme, minLevel, criteria }: PriorityListEntry['accepts'][number],
  { on, schemes }: LawOnDay,
): Clause {
  const levels = schemes.find(({ code }) => code === scheme)?.levels ?? [];
  const label = {
    valid: scheme,
    on: dayNumber(on),
    ...(minLevel !== undefined && { levels: levelsFrom(levels, minLevel) }),
    ...(criteria !== undefined && { criteria }),
  };
  return { all: [{ field: 'group', in: [group] }, label] };
}

function levelsFrom(levels: string[], minLevel: string): string[] {
  const least = levels.indexOf(minLevel);
  return least < 0 ? [] : levels.slice(least);
}
