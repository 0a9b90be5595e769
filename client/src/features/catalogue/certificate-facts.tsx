import { Anchor, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Certificate, ProductLabel } from '../../../../schemas/types.d.ts';
import { certificateQuery } from '../../api/registry.ts';
import { DayText } from '../../ui/date-text.tsx';
import { Facts } from '../../ui/facts.tsx';
import { CriterionLink, OrganisationName } from '../../ui/names.tsx';

/** Who holds the certificate, since when, by which criteria, and how the register knows. */
export function CertificateFacts({ label }: { label: ProductLabel }) {
  const { t } = useTranslation();
  const { data: certificate } = useQuery(certificateQuery(label.certificate));
  return (
    <Facts
      mt="md"
      items={[
        { name: t('certificate.holder'), value: <OrganisationName code={label.holder} /> },
        { name: t('certificate.issuedOn'), value: <DayText day={label.issuedOn} /> },
        {
          name: t('certificate.validThrough'),
          value: label.validThrough === null ? t('label.open') : <DayText day={label.validThrough} />,
        },
        certificate?.criterion !== undefined && {
          name: t('certificate.criterion'),
          value: <CriterionLink code={certificate.criterion} />,
        },
        certificate !== undefined && { name: t('certificate.source'), value: <Source source={certificate.source} /> },
      ]}
    />
  );
}

/** How the register knows: from the issuer, or transcribed from a document. */
function Source({ source }: Pick<Certificate, 'source'>) {
  const { t } = useTranslation();
  const { kind, document, url } = source;
  return (
    <>
      {t(`source.${kind}`)}
      {(document ?? url) !== undefined && (
        <Text span display="block" size="sm" c="dimmed">
          {url === undefined ? (
            document
          ) : (
            <Anchor href={url} inherit underline="always" rel="noreferrer" target="_blank">
              {document ?? url}
            </Anchor>
          )}
        </Text>
      )}
    </>
  );
}
