import { Anchor, Paper, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Certificate } from '../../../../schemas/types.d.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { DayText, InstantText } from '../../ui/date-text.tsx';
import { Facts } from '../../ui/facts.tsx';
import { CriterionLink, OrganisationLink, SchemeName } from '../../ui/names.tsx';
import { CertificateLink, PlaceList } from './certificate-more.tsx';

/** What is printed on the certificate, and how the register knows it. */
export function CertificateDetails({ certificate }: { certificate: Certificate }) {
  const { t } = useTranslation();
  const { source, places = [], renews, renewedBy = [] } = certificate;
  return (
    <Paper component="section" p={{ base: 'md', sm: 'lg' }} aria-label={t('certificate.details')}>
      <Title order={2} size="h3" mb="md">
        {t('certificate.details')}
      </Title>
      <Facts
        items={[
          { name: t('certificate.number'), value: certificate.number },
          { name: t('facet.scheme'), value: <SchemeName code={certificate.scheme} /> },
          certificate.level !== undefined && { name: t('certificate.level'), value: certificate.level },
          { name: t('certificate.holder'), value: <OrganisationLink code={certificate.holder} /> },
          certificate.body !== undefined && {
            name: t('certificate.body'),
            value: <OrganisationLink code={certificate.body} />,
          },
          { name: t('certificate.issuedOn'), value: <DayText day={certificate.issuedOn} /> },
          { name: t('certificate.validFrom'), value: <DayText day={certificate.validFrom} /> },
          {
            name: t('certificate.validThrough'),
            value: certificate.validThrough === null ? t('label.open') : <DayText day={certificate.validThrough} />,
          },
          certificate.endedBy !== undefined && {
            name: t('certificate.endedBy'),
            value: <EarlierEnd certificate={certificate} />,
          },
          certificate.criterion !== undefined && {
            name: t('certificate.criterion'),
            value: <CriterionLink code={certificate.criterion} />,
          },
          places.length > 0 && { name: t('certificate.places'), value: <PlaceList places={places} /> },
          renews !== undefined && { name: t('certificate.renews'), value: <CertificateLink id={renews} /> },
          renewedBy.length > 0 && {
            name: t('certificate.renewedBy'),
            value: renewedBy.map((id) => <CertificateLink key={id} id={id} />),
          },
          { name: t('certificate.source'), value: t(`source.${source.kind}`) },
          source.document !== undefined && { name: t('certificate.document'), value: source.document },
          source.url !== undefined && {
            name: t('certificate.url'),
            value: (
              <Anchor href={source.url} rel="noreferrer" target="_blank" inherit>
                {source.url}
              </Anchor>
            ),
          },
          source.seenOn !== undefined && { name: t('certificate.seenOn'), value: <DayText day={source.seenOn} /> },
          { name: t('certificate.recordedAt'), value: <InstantText instant={certificate.recordedAt} /> },
        ]}
      />
    </Paper>
  );
}

/** Why it ends before the day that its decision says. */
function EarlierEnd({ certificate: { endedBy, body, entry } }: { certificate: Certificate }) {
  const { t } = useTranslation();
  const format = useFormat();
  const printed = entry?.validThrough;
  return (
    <>
      {endedBy === 'accreditation' ? t('certificate.endedByAccreditation') : t('certificate.endedByCriterion')}
      {endedBy === 'accreditation' && body !== undefined && (
        <>
          {' '}
          <OrganisationLink code={body} />
        </>
      )}
      {printed !== undefined && printed !== null && (
        <Text span display="block" size="sm" c="dimmed">
          {t('certificate.endPrinted', { day: format.day(printed) })}
        </Text>
      )}
    </>
  );
}
