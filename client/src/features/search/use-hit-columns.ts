import { useTranslation } from 'react-i18next';
import type { SearchHit } from '../../../../schemas/types.d.ts';
import { useFormat } from '../../i18n/use-format.ts';
import type { Column } from '../../ui/export/table-file.ts';

/** The columns of a file of products found. */
export function useHitColumns(): Column<SearchHit>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return [
    { name: t('search.name'), value: ({ name }) => format.text(name) },
    { name: t('facet.kind'), value: ({ kind }) => t(`kind.${kind}`) },
    { name: t('product.brand'), value: ({ brand }) => brand },
    { name: t('product.model'), value: ({ model }) => model },
    { name: t('facet.group'), value: ({ groupName }) => format.text(groupName) },
    { name: t('facet.supplier'), value: ({ supplierName }) => format.text(supplierName) },
    { name: t('facet.tier'), value: ({ tier }) => tier },
    { name: t('search.priority'), value: ({ priority }) => (priority ? t('state.yes') : t('state.no')) },
    {
      name: t('search.validLabels'),
      value: ({ labels }) =>
        labels
          .filter(({ valid }) => valid)
          .map(({ schemeName, number }) => `${format.text(schemeName)} ${number}`)
          .join('; '),
    },
    { name: 'id', value: ({ id }) => id },
  ];
}
