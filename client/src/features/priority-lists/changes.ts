import type { ChangedEntry, PriorityListEntry } from '../../../../schemas/types.d.ts';

/** One thing that differs between the entries of a group in two editions. */
export type EntryChange =
  | { what: 'obligation'; before: PriorityListEntry['obligation']; after: PriorityListEntry['obligation'] }
  | { what: 'accepted' | 'dropped'; scheme: string; level: string | undefined }
  | { what: 'level'; scheme: string; before: string | undefined; after: string | undefined }
  | { what: 'criteria'; scheme: string; before: string[]; after: string[] }
  | { what: 'target'; before: string | undefined; after: string | undefined }
  | { what: 'text'; field: 'legalBasis' | 'description'; before: string | undefined; after: string | undefined };

/** What differs, one thing at a time: what is asked, which labels count and at which level, the target, the words. */
export function changesOf({ before, after }: Pick<ChangedEntry, 'before' | 'after'>): EntryChange[] {
  const changes: EntryChange[] = [];
  if (before.obligation !== after.obligation)
    changes.push({ what: 'obligation', before: before.obligation, after: after.obligation });
  changes.push(...labelChanges(before, after));
  if (!isSame(before.target, after.target))
    changes.push({ what: 'target', before: before.target?.value, after: after.target?.value });
  if (before.legalBasis !== after.legalBasis)
    changes.push({ what: 'text', field: 'legalBasis', before: before.legalBasis, after: after.legalBasis });
  if (!isSame(before.description, after.description))
    changes.push({ what: 'text', field: 'description', before: before.description?.vi, after: after.description?.vi });
  return changes;
}

function labelChanges(before: PriorityListEntry, after: PriorityListEntry): EntryChange[] {
  const labels = [...new Set([...before.accepts, ...after.accepts].map(({ scheme }) => scheme))];
  return labels.flatMap((scheme): EntryChange[] => {
    const was = before.accepts.find((label) => label.scheme === scheme);
    const is = after.accepts.find((label) => label.scheme === scheme);
    if (was === undefined) return [{ what: 'accepted', scheme, level: is?.minLevel }];
    if (is === undefined) return [{ what: 'dropped', scheme, level: was.minLevel }];
    return [
      ...(was.minLevel === is.minLevel
        ? []
        : [{ what: 'level' as const, scheme, before: was.minLevel, after: is.minLevel }]),
      ...(isSame(was.criteria, is.criteria)
        ? []
        : [{ what: 'criteria' as const, scheme, before: was.criteria ?? [], after: is.criteria ?? [] }]),
    ];
  });
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
}
