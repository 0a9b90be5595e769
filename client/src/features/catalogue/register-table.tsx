import { Anchor, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Certificate } from '../../../../schemas/types.d.ts';
import { DayText } from '../../ui/date-text.tsx';
import { OrganisationName, SchemeName } from '../../ui/names.tsx';
import { validityQuery } from './api.ts';
import { CertificateStatus, DayStatus } from './certificate-status.tsx';

interface RegisterTableProps {
  certificates: Certificate[];
  /** The day asked about; then each row says its standing on that day. */
  on: string | undefined;
}

/** Certificates with where they stand, and where the register has them from. */
export function RegisterTable({ certificates, on }: RegisterTableProps) {
  const { t } = useTranslation();
  return (
    <Table className="xanh-cards" verticalSpacing="sm">
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{t('certificate.number')}</Table.Th>
          <Table.Th scope="col">{t('certificate.holder')}</Table.Th>
          <Table.Th scope="col">{t('certificate.validity')}</Table.Th>
          <Table.Th scope="col">{on === undefined ? t('register.today') : <DayText day={on} />}</Table.Th>
          <Table.Th scope="col">{t('certificate.source')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {certificates.map((certificate) => (
          <Row key={certificate.id} certificate={certificate} on={on} />
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Row({ certificate, on }: { certificate: Certificate; on: string | undefined }) {
  const { t } = useTranslation();
  const { id, number, scheme, holder, validFrom, validThrough, source, status, level } = certificate;
  return (
    <Table.Tr>
      <Table.Th scope="row">
        <Anchor component={Link} to={{ pathname: `/certificates/${id}`, search: on === undefined ? '' : `?on=${on}` }}>
          {number}
        </Anchor>
        <Text size="sm" c="dimmed" fw={400}>
          <SchemeName code={scheme} />
          {level !== undefined && ` · ${t('label.level', { level })}`}
        </Text>
      </Table.Th>
      <Table.Td data-label={t('certificate.holder')}>
        <OrganisationName code={holder} />
      </Table.Td>
      <Table.Td data-label={t('certificate.validity')}>
        <DayText day={validFrom} /> – {validThrough === null ? t('label.open') : <DayText day={validThrough} />}
      </Table.Td>
      <Table.Td>{on === undefined ? <CertificateStatus status={status} /> : <OnDay id={id} on={on} />}</Table.Td>
      <Table.Td data-label={t('certificate.source')}>
        <Text size="sm">{t(`source.${source.kind}`)}</Text>
        {source.document !== undefined && (
          <Text size="sm" c="dimmed">
            {source.document}
          </Text>
        )}
      </Table.Td>
    </Table.Tr>
  );
}

function OnDay({ id, on }: { id: string; on: string }) {
  const { t } = useTranslation();
  const { data } = useQuery(validityQuery(id, undefined, { on, knownAt: undefined }));
  if (data === undefined) return <Text size="sm">{t('state.loading')}</Text>;
  return <DayStatus validity={data} />;
}
