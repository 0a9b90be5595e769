import { useTranslation } from 'react-i18next';
import type { Share } from '../../../../schemas/types.d.ts';
import type { Column } from '../../ui/export/table-file.ts';

/** The columns of a file of shares: the exact sums beside the rounded ratio. */
export function useShareColumns(nameHead: string): Column<{ key: string; name: string; share: Share }>[] {
  const { t } = useTranslation();
  return [
    { name: t('edition.code'), value: ({ key }) => key },
    { name: nameHead, value: ({ name }) => name },
    { name: t('share.share'), kind: 'ratio', value: ({ share }) => share.value },
    { name: t('share.numerator'), kind: 'money', value: ({ share }) => share.numerator },
    { name: t('share.denominator'), kind: 'money', value: ({ share }) => share.denominator },
  ];
}
