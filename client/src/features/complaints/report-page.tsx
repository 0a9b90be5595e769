import { Grid, Paper, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import type { Complaint, ComplaintKind, ComplaintSubject } from '../../../../schemas/types.d.ts';
import { Page } from '../../ui/page.tsx';
import { Follow } from './follow.tsx';
import { NextSteps } from './next-steps.tsx';
import { ReportDone } from './report-done.tsx';
import { ReportForm } from './report-form.tsx';
import { SubjectLink } from './subject-link.tsx';

const kinds: readonly ComplaintKind[] = ['certificate', 'product', 'purchase'];

/** Reports a fault of a certificate, a product or a purchase; without an account too. */
export function ReportPage() {
  const { t } = useTranslation();
  const [params] = useSearchParams();
  const [sent, setSent] = useState<Complaint>();
  const subject = subjectOf(params);
  return (
    <Page title={t('complaint.reportTitle')} lead={sent === undefined ? t('complaint.reportLead') : undefined}>
      {sent === undefined ? (
        <Grid gap={{ base: 'lg', md: 40 }}>
          <Grid.Col span={{ base: 12, md: 8 }}>
            {subject !== null && (
              <Paper p={{ base: 'md', sm: 'lg' }} mb="lg" className="xanh-soft">
                <Text size="sm" c="dimmed">
                  {t('complaint.aboutWhat')}
                </Text>
                <Text fw={600}>
                  <SubjectLink subject={subject} />
                </Text>
              </Paper>
            )}
            <ReportForm subject={subject} onSent={setSent} />
          </Grid.Col>
          <Grid.Col span={{ base: 12, md: 4 }}>
            <Stack gap="lg">
              <NextSteps />
              <Follow />
            </Stack>
          </Grid.Col>
        </Grid>
      ) : (
        <ReportDone complaint={sent} />
      )}
    </Page>
  );
}

function subjectOf(params: URLSearchParams): ComplaintSubject | null {
  const kind = kinds.find((one) => one === params.get('kind'));
  const id = params.get('id');
  return kind === undefined || id === null ? null : { kind, id };
}
