import { Group, Paper, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams, useSearchParams } from 'react-router';
import type { Certificate } from '../../../../schemas/types.d.ts';
import { meQuery } from '../../api/me.ts';
import { certificateQuery } from '../../api/registry.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { Crumbs } from '../../ui/crumbs.tsx';
import { DayInput } from '../../ui/day-input.tsx';
import { Page } from '../../ui/page.tsx';
import { PrintButton } from '../../ui/print-button.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { CertificateDetails } from './certificate-details.tsx';
import { CertificateProducts } from './certificate-products.tsx';
import { ExtractAnswers } from './extract-answers.tsx';

/** A sheet for the file of a bid: the certificate's standing on a day, as known at a moment that the address keeps. */
export function ExtractPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const certificate = useQuery(certificateQuery(id));
  const { data: me } = useQuery(meQuery);
  const [params, setParams] = useSearchParams();
  const [now] = useState(settledNow);
  const knownAt = params.get('knownAt') ?? now;
  const on = params.get('on') ?? me?.today;
  return (
    <Page
      title={t('extract.title')}
      above={<Crumbs above={{ to: `/certificates/${id}`, name: t('certificate.title') }} />}
      actions={<PrintButton />}
    >
      <QueryState query={certificate}>
        {(data) =>
          on !== undefined && (
            <>
              <Group align="flex-end" mb="lg" className="xanh-no-print">
                <DayInput
                  label={t('extract.day')}
                  description={t('extract.dayHint')}
                  value={on}
                  onChange={(day) => day !== '' && setParams({ on: day, knownAt }, { replace: true })}
                />
              </Group>
              <Sheet certificate={data} on={on} knownAt={knownAt} />
            </>
          )
        }
      </QueryState>
    </Page>
  );
}

interface SheetProps {
  certificate: Certificate;
  on: string;
  knownAt: string;
}

function Sheet({ certificate, on, knownAt }: SheetProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const address = new URL(`/certificates/${certificate.id}/extract`, window.location.origin);
  address.search = new URLSearchParams({ on, knownAt }).toString();
  return (
    <Paper component="article" p={{ base: 'md', sm: 'xl' }} className="xanh-sheet">
      <Title order={2} mb={4}>
        {t('extract.of', { number: certificate.number, day: format.day(on) })}
      </Title>
      <Text c="dimmed" mb="lg">
        {t('extract.known', { instant: format.instant(knownAt) })}
      </Text>
      <ExtractAnswers certificate={certificate} on={on} knownAt={knownAt} />
      <CertificateDetails certificate={certificate} />
      {certificate.products.length === 0 && <CertificateProducts certificate={certificate} />}
      <Text size="sm" mt="lg">
        {t('extract.law')}
      </Text>
      <Text size="sm" mt="xs">
        {t('extract.again')} <span className="xanh-address">{address.href}</span>
      </Text>
    </Paper>
  );
}

/** An explicit moment of knowledge lies at least two seconds back, so that its answer never changes. */
function settledNow(): string {
  return new Date(Math.floor((Date.now() - 3000) / 1000) * 1000).toISOString();
}
