import type { PriorityList, PriorityListEntry, PriorityListPatch } from '../../../../schemas/types.d.ts';

/** A draft while it is edited. */
export interface DraftValues {
  title: { vi: string; en: string };
  legalBasis: string;
  effectiveFrom: string;
  entries: PriorityListEntry[];
}

/** An empty draft. */
export const emptyDraft: DraftValues = { title: { vi: '', en: '' }, legalBasis: '', effectiveFrom: '', entries: [] };

/** What the form shows of an edition. */
export function valuesOf({ title, legalBasis, effectiveFrom, entries }: PriorityList): DraftValues {
  return { title: { vi: title.vi, en: title.en ?? '' }, legalBasis, effectiveFrom, entries };
}

/** What is sent: fields left empty are left out. */
export function toPatch({ title, legalBasis, effectiveFrom, entries }: DraftValues) {
  return {
    title: title.en.trim() === '' ? { vi: title.vi } : title,
    legalBasis,
    effectiveFrom,
    entries: entries.map(withoutEmpty),
  } satisfies PriorityListPatch;
}

/** A group just put on the list: it asks for nothing yet, and no label counts. */
export function newEntry(group: string): PriorityListEntry {
  return { group, obligation: 'preferred', accepts: [] };
}

function withoutEmpty({ legalBasis, ...entry }: PriorityListEntry): PriorityListEntry {
  return {
    ...entry,
    ...(legalBasis !== undefined && legalBasis.trim() !== '' && { legalBasis }),
    accepts: entry.accepts.map(({ minLevel, ...accepted }) =>
      minLevel === undefined || minLevel === '' ? accepted : { ...accepted, minLevel },
    ),
  };
}
