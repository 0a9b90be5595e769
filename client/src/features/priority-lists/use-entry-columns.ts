import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { PriorityListEntry } from '../../../../schemas/types.d.ts';
import { groupsQuery } from '../../api/reference.ts';
import { useFormat } from '../../i18n/use-format.ts';
import type { Column } from '../../ui/export/table-file.ts';

/** The columns of a file of an edition's entries. */
export function useEntryColumns(): Column<PriorityListEntry>[] {
  const { t } = useTranslation();
  const format = useFormat();
  const { data: groups = [] } = useQuery(groupsQuery);
  const groupOf = new Map(groups.map((group) => [group.code, group]));
  const text = (name: Parameters<typeof format.text>[0] | undefined) => name && format.text(name);
  return [
    { name: t('edition.code'), value: ({ group }) => group },
    { name: t('line.group'), value: ({ group }) => text(groupOf.get(group)?.name) },
    { name: t('facet.family'), value: ({ group }) => text(groupOf.get(group)?.family.name) },
    { name: t('edition.obligation'), value: ({ obligation }) => t(`edition.obligationOf.${obligation}`) },
    {
      name: t('edition.accepts'),
      value: ({ accepts }) =>
        accepts.map(({ scheme, minLevel }) => [scheme, minLevel].filter(Boolean).join(' ≥ ')).join('; '),
    },
    { name: t('edition.legalBasis'), value: ({ legalBasis }) => legalBasis },
  ];
}
