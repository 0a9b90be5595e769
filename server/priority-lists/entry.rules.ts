import type { CriteriaDocument, LabelScheme, PriorityListEntry, ProductGroup } from '../../schemas/types.d.ts';

/** What an edition's entries may name. */
export interface Nameable {
  schemes: Pick<LabelScheme, 'code' | 'levels'>[];
  groups: Pick<ProductGroup, 'code'>[];
  criteria: Pick<CriteriaDocument, 'code' | 'scheme' | 'groups'>[];
}

/** What an entry names wrongly, and its place in the body. */
export interface EntryFault {
  pointer: string;
  code: 'UNKNOWN_CODE' | 'TWICE' | 'LEVEL_UNKNOWN' | 'CRITERION_OF_OTHER_SCHEME' | 'CRITERION_NOT_FOR_GROUP';
  params?: { code: string };
}

type Accepted = PriorityListEntry['accepts'][number];

/** Everything that the entries name wrongly: groups, each once, schemes with their levels, criteria of scheme and group. */
export function entryFaults(entries: PriorityListEntry[], known: Nameable): EntryFault[] {
  const isGroup = new Set(known.groups.map(({ code }) => code));
  return entries.flatMap(({ group, accepts }, row): EntryFault[] => {
    const at = `/entries/${row}`;
    const isTwice = entries.findIndex((entry) => entry.group === group) < row;
    return [
      ...(isGroup.has(group) ? [] : [unknown(`${at}/group`, group)]),
      ...(isTwice ? [{ pointer: `${at}/group`, code: 'TWICE' as const, params: { code: group } }] : []),
      ...accepts.flatMap((accepted, index) => acceptedFaults(accepted, { at: `${at}/accepts/${index}`, group, known })),
    ];
  });
}

function acceptedFaults(
  { scheme: code, minLevel, criteria = [] }: Accepted,
  { at, group, known }: { at: string; group: string; known: Nameable },
): EntryFault[] {
  const scheme = known.schemes.find((candidate) => candidate.code === code);
  if (!scheme) return [unknown(`${at}/scheme`, code)];
  const isLevel = minLevel === undefined || scheme.levels.includes(minLevel);
  return [
    ...(isLevel ? [] : [{ pointer: `${at}/minLevel`, code: 'LEVEL_UNKNOWN' as const }]),
    ...criteria.flatMap((name, index): EntryFault[] => {
      const pointer = `${at}/criteria/${index}`;
      const criterion = known.criteria.find((candidate) => candidate.code === name);
      if (!criterion) return [unknown(pointer, name)];
      if (criterion.scheme !== code) return [{ pointer, code: 'CRITERION_OF_OTHER_SCHEME' }];
      return criterion.groups.includes(group) ? [] : [{ pointer, code: 'CRITERION_NOT_FOR_GROUP' }];
    }),
  ];
}

function unknown(pointer: string, code: string): EntryFault {
  return { pointer, code: 'UNKNOWN_CODE', params: { code } };
}
