import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ComplaintSubject } from '../../../../schemas/types.d.ts';
import { certificateQuery, productQuery } from '../../api/registry.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { AgencyName } from '../../ui/names.tsx';
import { RecordLink } from '../../ui/record-link.tsx';

/** What a report is about, and the way to it. */
export function SubjectLink({ subject: { kind, id, agency, reference, lineNo } }: { subject: ComplaintSubject }) {
  const { t } = useTranslation();
  const line = lineNo === undefined ? '' : ` · ${t('complaint.lineNo', { lineNo })}`;
  if (id !== undefined && kind === 'certificate') return <CertificateSubject id={id} />;
  if (id !== undefined && kind === 'product') return <ProductSubject id={id} />;
  const name = t('complaint.kind.purchase') + (reference === undefined ? '' : ` ${reference}`) + line;
  return (
    <>
      {id === undefined ? name : <RecordLink to={`/purchases/${id}`}>{name}</RecordLink>}
      {agency !== undefined && (
        <>
          {' · '}
          <AgencyName code={agency} />
        </>
      )}
    </>
  );
}

function CertificateSubject({ id }: { id: string }) {
  const { t } = useTranslation();
  const { data } = useQuery(certificateQuery(id));
  return (
    <RecordLink to={`/certificates/${id}`}>
      {t('complaint.kind.certificate')} {data?.number ?? ''}
    </RecordLink>
  );
}

function ProductSubject({ id }: { id: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data } = useQuery(productQuery(id));
  return (
    <RecordLink to={`/products/${id}`}>
      {data === undefined ? t('complaint.kind.product') : format.text(data.name)}
    </RecordLink>
  );
}
