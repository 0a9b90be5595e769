import type {
  PriorityList,
  PriorityListCorrectionInput,
  PriorityListEntry,
  PriorityListPatch,
} from '../../../../schemas/types.d.ts';
import { localised } from '../../ui/localised.ts';

/** A draft while it is edited. */
export interface DraftValues {
  title: { vi: string; en: string };
  legalBasis: string;
  effectiveFrom: string;
  entries: PriorityListEntry[];
}

/** A correction while it is typed: the whole edition as it should be. */
export interface CorrectionValues extends DraftValues {
  reason: string;
  document: string;
  through: string;
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
    title: localised(title),
    legalBasis,
    effectiveFrom,
    entries: entries.map(withoutEmpty),
  } satisfies PriorityListPatch;
}

/** What a correction says: its reason, and of the edition only what is to be different. */
export function correctionOf(
  { reason, document, entries, through }: CorrectionValues,
  edition: PriorityList,
): PriorityListCorrectionInput {
  const after = entries.map(withoutEmpty);
  const isChanged = JSON.stringify(after) !== JSON.stringify(edition.entries.map(withoutEmpty));
  return {
    reason: reason.trim(),
    ...(document.trim() !== '' && { document: document.trim() }),
    ...(isChanged && { entries: after }),
    ...(through !== '' && through !== edition.through && { through }),
  };
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
