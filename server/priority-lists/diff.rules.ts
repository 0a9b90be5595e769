import type { PriorityList, PriorityListDiff, PriorityListEntry } from '../../schemas/types.d.ts';

type Edition = Pick<PriorityList, 'code' | 'title' | 'effectiveFrom' | 'status' | 'entries'>;
type Field = PriorityListDiff['changed'][number]['fields'][number];

const fields: readonly Field[] = ['obligation', 'legalBasis', 'description', 'accepts', 'target'];

/**
 * What changes from the edition that takes effect earlier to the later one, whichever is named first; of two from one day,
 * from `other` to `edition`. Entries are matched by their group; the order of accepted labels says nothing.
 */
export function diffEditions(edition: Edition, other: Edition): PriorityListDiff {
  const [from, to] = edition.effectiveFrom < other.effectiveFrom ? [edition, other] : [other, edition];
  const before = byGroup(from);
  const after = byGroup(to);
  return {
    from: sideOf(from),
    to: sideOf(to),
    added: to.entries.filter(({ group }) => !before.has(group)),
    removed: from.entries.filter(({ group }) => !after.has(group)),
    changed: to.entries.flatMap((entry) => {
      const was = before.get(entry.group);
      const differing = was ? fields.filter((name) => textOf(was, name) !== textOf(entry, name)) : [];
      return was && differing.length > 0 ? [{ group: entry.group, before: was, after: entry, fields: differing }] : [];
    }),
  };
}

function byGroup({ entries }: Edition): Map<string, PriorityListEntry> {
  return new Map(entries.map((entry) => [entry.group, entry]));
}

function sideOf({ code, title, effectiveFrom, status }: Edition): PriorityListDiff['from'] {
  return { code, title, effectiveFrom, status };
}

/** The same text for what says the same. */
function textOf(entry: PriorityListEntry, name: Field): string {
  if (name !== 'accepts') return canonical(entry[name]);
  const accepted = entry.accepts.map(({ criteria, ...label }) =>
    canonical({ ...label, ...(criteria && { criteria: criteria.toSorted() }) }),
  );
  return accepted.toSorted().join();
}

function canonical(value: unknown): string {
  return (
    JSON.stringify(value, (_key, part: unknown) =>
      typeof part === 'object' && part !== null && !Array.isArray(part)
        ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
        : part,
    ) ?? ''
  );
}
