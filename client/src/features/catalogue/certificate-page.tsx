import { Anchor, Button, Grid, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import IconFileCertificate from '@tabler/icons-react/icons/IconFileCertificate';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { Certificate } from '../../../../schemas/types.d.ts';
import { meQuery } from '../../api/me.ts';
import { schemesQuery } from '../../api/reference.ts';
import { certificateQuery } from '../../api/registry.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { ComplaintsAbout } from '../../ui/complaints-about.tsx';
import { Crumbs } from '../../ui/crumbs.tsx';
import { Page } from '../../ui/page.tsx';
import { PrintButton } from '../../ui/print-button.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { useAddress } from '../../ui/use-address.ts';
import type { Moment } from './api.ts';
import { CertificateDetails } from './certificate-details.tsx';
import { CertificateProducts } from './certificate-products.tsx';
import { CertificateStatus } from './certificate-status.tsx';
import { CertificateValidity } from './certificate-validity.tsx';
import { RecordHistory } from './record-history.tsx';
import { CertificateEvents } from './events/certificate-events.tsx';

/** One certificate: where it stands on any day, what it covers, what happened to it, and how the register knows. */
export function CertificatePage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const certificate = useQuery(certificateQuery(id));
  const me = useQuery(meQuery);
  const back = <Crumbs above={{ to: '/certificates', name: t('register.title') }} />;
  if (certificate.data === undefined || me.data === undefined) {
    return (
      <Page title={t('certificate.title')} above={back}>
        <QueryState query={certificate}>{() => null}</QueryState>
      </Page>
    );
  }
  return <CertificateView certificate={certificate.data} today={me.data.today} back={back} />;
}

interface CertificateViewProps {
  certificate: Certificate;
  today: string;
  back: ReactNode;
}

function CertificateView({ certificate, today, back }: CertificateViewProps) {
  const { t } = useTranslation();
  const [params, set] = useAddress();
  const moment: Moment = { on: params.get('on') ?? undefined, knownAt: params.get('knownAt') ?? undefined };
  const change = (name: string, value: string | undefined) => set({ [name]: value });
  return (
    <Page
      title={t('certificate.titleOf', { number: certificate.number })}
      above={back}
      actions={
        <Group gap="xs" className="xanh-no-print">
          <Button
            component={Link}
            to={`/certificates/${certificate.id}/extract?on=${moment.on ?? today}`}
            leftSection={<IconFileCertificate size={18} aria-hidden />}
          >
            {t('extract.make')}
          </Button>
          <PrintButton />
        </Group>
      }
    >
      <SchemeLine certificate={certificate} />
      <Grid gap={{ base: 'lg', md: 40 }}>
        <Grid.Col span={{ base: 12, md: 8 }}>
          <Stack gap="lg">
            <CertificateValidity
              certificate={certificate}
              moment={moment}
              today={today}
              product={params.get('product') ?? certificate.products[0]}
              onChange={change}
            />
            <CertificateProducts certificate={certificate} on={moment.on} />
            <CertificateEvents id={certificate.id} scheme={certificate.scheme} today={today} />
            <ComplaintsAbout kind="certificate" id={certificate.id} />
            <RecordHistory kind="certificate" id={certificate.id} />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 4 }}>
          <CertificateDetails certificate={certificate} />
          <SchemePlain code={certificate.scheme} />
        </Grid.Col>
      </Grid>
    </Page>
  );
}

function SchemeLine({ certificate: { scheme, level, status } }: { certificate: Certificate }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data: schemes } = useQuery(schemesQuery);
  const known = schemes?.find(({ code }) => code === scheme);
  return (
    <Group gap="sm" mb="xl">
      <Text size="lg" fw={500}>
        {known === undefined ? scheme : format.text(known.name)}
        {level !== undefined && ` · ${t('label.level', { level })}`}
      </Text>
      <CertificateStatus status={status} />
    </Group>
  );
}

/** What the label proves and what not, so that nobody reads more into it. */
function SchemePlain({ code }: { code: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data: schemes } = useQuery(schemesQuery);
  const scheme = schemes?.find((one) => one.code === code);
  if (scheme === undefined) return null;
  return (
    <Paper p={{ base: 'md', sm: 'lg' }} mt="lg" className="xanh-soft">
      <Title order={2} size="h3" mb="xs">
        {t('certificate.plain')}
      </Title>
      <Text size="sm">{format.text(scheme.plain)}</Text>
      {scheme.website !== null && (
        <Anchor href={scheme.website} size="sm" rel="noreferrer" target="_blank" mt="xs" display="inline-block">
          {format.text(scheme.owner)}
        </Anchor>
      )}
    </Paper>
  );
}
