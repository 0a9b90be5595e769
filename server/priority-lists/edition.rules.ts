import type { PriorityList, PriorityListCorrection } from '../../schemas/types.d.ts';

type Published = Pick<PriorityList, 'status' | 'publishedAt' | 'effectiveFrom'>;
type Correctable = Partial<Pick<PriorityList, 'entries' | 'through' | 'corrections' | 'revision'>>;

/**
 * The edition in force on a day, as known at an instant and as corrected by then: of those published by then, the one that
 * took effect last on or before the day. An edition may take effect before it is published. Null where none was in force,
 * or the one that took effect last ended before the day.
 */
export function editionInForce<E extends Published & Correctable>(
  editions: readonly E[],
  on: string,
  knownAt: string,
): E | null {
  let inForce: E | null = null;
  for (const edition of editions) {
    const isPublished = edition.status === 'published' && edition.publishedAt !== undefined;
    if (!isPublished || edition.publishedAt! > knownAt || edition.effectiveFrom > on) continue;
    if (inForce === null || edition.effectiveFrom > inForce.effectiveFrom) inForce = edition;
  }
  const known = inForce && editionKnownAt(inForce, knownAt);
  return known?.through !== undefined && known.through < on ? null : known;
}

/**
 * The edition as corrected by an instant: the entries and the last day that a correction names stand until a later one
 * names others. Its revision is the one that it had then, so that what was known at an instant stays what it was.
 */
export function editionKnownAt<E extends Correctable>(edition: E, knownAt: string): E {
  const { corrections: all = [], ...published } = edition;
  const corrections = all.filter(({ recordedAt }) => recordedAt <= knownAt);
  const revision = edition.revision !== undefined && { revision: edition.revision - (all.length - corrections.length) };
  const corrected = corrections.length > 0 && { ...standing(corrections), corrections };
  return { ...published, ...revision, ...corrected } as E;
}

function standing(corrections: PriorityListCorrection[]): Pick<Correctable, 'entries' | 'through'> {
  const last = <K extends 'entries' | 'through'>(name: K) =>
    corrections.findLast((correction) => correction[name] !== undefined)?.[name];
  const [entries, through] = [last('entries'), last('through')];
  return { ...(entries !== undefined && { entries }), ...(through !== undefined && { through }) };
}
