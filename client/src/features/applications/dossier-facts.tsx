import { Anchor, List, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Application } from '../../../../schemas/types.d.ts';
import { certificateQuery, productQuery } from '../../api/registry.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { DayText } from '../../ui/date-text.tsx';
import { Facts } from '../../ui/facts.tsx';
import { CriterionLink, GroupName, OrganisationLink, SchemeName } from '../../ui/names.tsx';
import { RecordLink } from '../../ui/record-link.tsx';

/** What is applied for, by whom, and by which procedure. */
export function DossierFacts({ application }: { application: Application }) {
  const { t } = useTranslation();
  const { kind, applicant, scheme, criterion, level, certificate, receivedOn, products = [], note } = application;
  return (
    <>
      <Title order={2} size="h3" mb="sm">
        {t('application.asked')}
      </Title>
      <Facts
        items={[
          { name: t('application.kindLabel'), value: t(`application.kind.${kind}`) },
          scheme !== undefined && { name: t('facet.scheme'), value: <SchemeName code={scheme} /> },
          { name: t('application.applicant'), value: <OrganisationLink code={applicant} /> },
          certificate !== undefined && {
            name: t('application.certificate'),
            value: <CertificateName id={certificate} />,
          },
          criterion !== undefined && { name: t('certificate.criterion'), value: <CriterionLink code={criterion} /> },
          level !== undefined && { name: t('certificate.level'), value: level },
          receivedOn !== undefined && { name: t('application.receivedOn'), value: <DayText day={receivedOn} /> },
          {
            name: t('application.procedureLabel'),
            value: t(`application.procedure.${application.procedure}`),
          },
        ]}
      />
      <Title order={3} mt="lg" mb={4}>
        {t('application.products', { count: products.length })}
      </Title>
      {products.length === 0 && <Text c="dimmed">{t('application.noProduct')}</Text>}
      <List listStyleType="none">
        {products.map((id) => (
          <List.Item key={id}>
            <ProductItem id={id} />
          </List.Item>
        ))}
      </List>
      {note !== undefined && (
        <>
          <Title order={3} mt="lg" mb={4}>
            {t('application.note')}
          </Title>
          <Text className="xanh-quote">{note}</Text>
        </>
      )}
    </>
  );
}

function ProductItem({ id }: { id: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data } = useQuery(productQuery(id));
  if (data === undefined) return <>{t('state.loading')}</>;
  return (
    <>
      <RecordLink to={`/products/${id}`}>{format.text(data.name)}</RecordLink>
      <Text size="sm" c="dimmed">
        {[data.brand, data.model].filter(Boolean).join(' ')} <GroupName code={data.group} />
        {data.listing === 'unreviewed' && ` · ${t('product.unreviewed')}`}
      </Text>
    </>
  );
}

/** A certificate by its number, and the way to it. */
export function CertificateName({ id }: { id: string }) {
  const { data } = useQuery(certificateQuery(id));
  return data === undefined ? (
    <Anchor href={`/certificates/${id}`}>…</Anchor>
  ) : (
    <RecordLink to={`/certificates/${id}`}>{data.number}</RecordLink>
  );
}
