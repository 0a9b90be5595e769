import type { LocalisedText, PriorityListEntry, ProductGroup } from '../../../../schemas/types.d.ts';

/** The entries of one family of groups. */
export interface Family {
  code: string;
  name: LocalisedText | undefined;
  entries: PriorityListEntry[];
}

/** The entries by the family of their group, in the order in which the families come up; a group not known stands alone. */
export function familiesOf(entries: PriorityListEntry[], groups: ProductGroup[]): Family[] {
  const familyOf = new Map(groups.map(({ code, family }) => [code, family]));
  const families = new Map<string, Family>();
  for (const entry of entries) {
    const family = familyOf.get(entry.group);
    const code = family?.code ?? entry.group;
    const found = families.get(code) ?? { code, name: family?.name, entries: [] };
    found.entries.push(entry);
    families.set(code, found);
  }
  return [...families.values()];
}
