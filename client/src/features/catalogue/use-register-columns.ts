import { useTranslation } from 'react-i18next';
import type { Certificate } from '../../../../schemas/types.d.ts';
import type { Column } from '../../ui/export/table-file.ts';

/** The columns of a file of certificates: codes as the API has them, so that files can be joined. */
export function useRegisterColumns(): Column<Certificate>[] {
  const { t } = useTranslation();
  return [
    { name: t('certificate.number'), value: ({ number }) => number },
    { name: t('facet.scheme'), value: ({ scheme }) => scheme },
    { name: t('certificate.level'), value: ({ level }) => level },
    { name: t('certificate.holder'), value: ({ holder }) => holder },
    { name: t('certificate.criterion'), value: ({ criterion }) => criterion },
    { name: t('certificate.issuedOn'), kind: 'day', value: ({ issuedOn }) => issuedOn },
    { name: t('certificate.validFrom'), kind: 'day', value: ({ validFrom }) => validFrom },
    { name: t('certificate.validThrough'), kind: 'day', value: ({ validThrough }) => validThrough },
    { name: t('register.today'), value: ({ status }) => t(`certificate.status.${status}`) },
    { name: t('certificate.products'), kind: 'number', value: ({ products }) => products.length },
    { name: t('certificate.source'), value: ({ source }) => t(`source.${source.kind}`) },
    { name: t('certificate.document'), value: ({ source }) => source.document },
    { name: t('certificate.url'), value: ({ source }) => source.url },
    { name: t('certificate.recordedAt'), kind: 'instant', value: ({ recordedAt }) => recordedAt },
    { name: 'id', value: ({ id }) => id },
  ];
}
