import type { Certificate, LabelScheme, PriorityList, RecognitionAgreement, Tier } from '../../schemas/types.d.ts';

/** A certificate that is valid on the day, and everything that decides what it counts for. */
export interface TierQuestion {
  /** As it is on the day. */
  scheme: Pick<LabelScheme, 'code' | 'basis' | 'subject' | 'levels' | 'from' | 'through'>;
  certificate: Pick<Certificate, 'id' | 'level' | 'criterion'>;
  group?: string;
  on: string;
  /** The edition in force on the day. */
  edition: Pick<PriorityList, 'entries'> | null;
  agreements: Pick<RecognitionAgreement, 'scheme' | 'groups' | 'from' | 'through'>[];
  /** Id of the certificate that the buyer accepted as equivalent. */
  accepted?: string;
}

/** What a certificate counts for, or why for nothing. */
export type TierAnswer = { tier: Tier; reason: 'COUNTS' } | { tier: null; reason: 'LEVEL_TOO_LOW' | 'NOT_ACCEPTED' };

const NOT_ACCEPTED: TierAnswer = { tier: null, reason: 'NOT_ACCEPTED' };

const BEST_FIRST: readonly Tier[] = ['A', 'B', 'C'];

/** By the standing that the law gives the label. */
const TIER_BY_BASIS: Record<LabelScheme['basis'], (question: TierQuestion) => TierAnswer> = {
  statutory: () => counts('A'),
  'legacy-transitional': () => counts('A'),
  'statutory-preference': tierByLevel,
  'equivalent-buyer-decides': ({ certificate, accepted }) => (certificate.id === accepted ? counts('C') : NOT_ACCEPTED),
  'information-only': () => NOT_ACCEPTED,
};

/**
 * The tier of a certificate that is valid on the day. A label of an organisation never makes a product green; a label
 * under a recognition agreement for the group counts like the national one (Law 72/2020 art. 145(3), Decree 08/2022
 * art. 150(2)); the rest follows its basis on the days on which it has that standing: national labels A (Law 72/2020
 * art. 146), energy labels B from the level that the edition asks for, equivalent labels C where the buyer accepted this
 * very certificate (Decree 214/2025 art. 11).
 */
export function tierOf(question: TierQuestion): TierAnswer {
  if (question.scheme.subject === 'organisation') return NOT_ACCEPTED;
  if (isRecognised(question)) return counts('A');
  return runsOn(question.scheme, question.on) ? TIER_BY_BASIS[question.scheme.basis](question) : NOT_ACCEPTED;
}

/** Whether a day lies in the days that the law or an agreement names, both ends included; without a name it is open. */
export function runsOn({ from, through }: { from?: string; through?: string }, on: string): boolean {
  return (from === undefined || from <= on) && (through === undefined || on <= through);
}

/** Orders tiers for sorting, the best first and none last. */
export function compareTiers(a: Tier | null, b: Tier | null): number {
  return rank(a) - rank(b);
}

function counts(tier: Tier): TierAnswer {
  return { tier, reason: 'COUNTS' };
}

function rank(tier: Tier | null): number {
  return tier === null ? BEST_FIRST.length : BEST_FIRST.indexOf(tier);
}

function isRecognised({ scheme, group, on, agreements }: TierQuestion): boolean {
  return agreements.some(
    (agreement) =>
      agreement.scheme === scheme.code && agreement.groups.some((code) => code === group) && runsOn(agreement, on),
  );
}

/** Whether what an entry accepts of a scheme includes a label under this criteria document: any, where it names none. */
export function isUnderCriteria(criteria: string[] | undefined, criterion: string | undefined): boolean {
  return criteria === undefined || (criterion !== undefined && criteria.includes(criterion));
}

/**
 * An energy label is compulsory for many groups, so without a level asked for by the edition it counts for nothing, nor
 * under other criteria than those that the edition names.
 */
function tierByLevel({ scheme, certificate, group, edition }: TierQuestion): TierAnswer {
  const entry = edition?.entries.find((candidate) => candidate.group === group);
  const asked = entry?.accepts.filter(
    ({ scheme: code, minLevel, criteria }) =>
      code === scheme.code && minLevel !== undefined && isUnderCriteria(criteria, certificate.criterion),
  );
  if (asked === undefined || asked.length === 0) return NOT_ACCEPTED;
  const isReached = asked.some(({ minLevel }) => reaches(scheme.levels, certificate.level, minLevel));
  return isReached ? counts('B') : { tier: null, reason: 'LEVEL_TOO_LOW' };
}

/** `levels` run from lowest to highest; a level that the scheme does not have neither reaches nor is reached. */
function reaches(levels: string[], level: string | undefined, minLevel: string | undefined): boolean {
  const least = levels.findIndex((name) => name === minLevel);
  return least >= 0 && levels.slice(least).some((name) => name === level);
}
