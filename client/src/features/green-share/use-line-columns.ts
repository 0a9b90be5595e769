import { useTranslation } from 'react-i18next';
import type { ShareLine } from '../../../../schemas/types.d.ts';
import type { Column } from '../../ui/export/table-file.ts';

/** The columns of a file of lines behind a figure. */
export function useLineColumns(): Column<ShareLine>[] {
  const { t } = useTranslation();
  return [
    { name: t('purchase.agency'), value: ({ agency }) => agency },
    { name: t('purchase.reference'), value: ({ reference }) => reference },
    { name: t('purchase.basisDate'), kind: 'day', value: ({ basisDate }) => basisDate },
    { name: t('line.no'), kind: 'number', value: ({ lineNo }) => lineNo },
    { name: t('line.description'), value: ({ description }) => description },
    { name: t('line.group'), value: ({ group }) => group },
    { name: t('line.quantity'), kind: 'number', value: ({ quantity }) => quantity },
    { name: t('line.unit'), value: ({ unit }) => unit },
    { name: t('line.amountNet'), kind: 'money', value: ({ amountNet }) => amountNet },
    { name: t('line.status'), value: ({ green }) => t(`decision.status.${green.status}`) },
    { name: t('facet.tier'), value: ({ green }) => green.tier },
    { name: t('lines.inScope'), value: ({ green }) => t(green.inScope ? 'state.yes' : 'state.no') },
    { name: t('line.reasons'), value: ({ green }) => green.reasons.join(' ') },
    { name: t('line.certificate'), value: ({ green }) => green.certificate },
    { name: t('edition.code'), value: ({ green }) => green.edition },
    { name: t('lines.exemption'), value: ({ exemption }) => exemption?.code },
    { name: 'id', value: ({ purchase }) => purchase },
  ];
}
