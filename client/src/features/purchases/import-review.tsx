import { Alert, Button, Group, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PurchaseImport } from '../../../../schemas/types.d.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { useRunImport } from './import-api.ts';
import { ImportMappingForm } from './import-mapping.tsx';
import { ImportRows } from './import-rows.tsx';
import { ImportTotals } from './import-totals.tsx';

interface ImportReviewProps {
  job: PurchaseImport;
  onAnother: () => void;
}

/** An import that stands: it asks, was checked, is recorded, or has failed. */
export function ImportReview({ job, onAnother }: ImportReviewProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const isRecorded = job.status === 'done' && !job.dryRun;
  return (
    <Stack gap="xl">
      <Group justify="space-between" align="baseline">
        <Title order={2} size="h3">
          {job.file.name}
        </Title>
        <Button variant="default" size="compact-sm" onClick={onAnother}>
          {t('import.another')}
        </Button>
      </Group>
      {job.failure !== undefined && (
        <Alert color="clay" title={t('import.status.failed')}>
          {format.text(job.failure)}
        </Alert>
      )}
      {isRecorded && (
        <output>
          <Alert color="leaf" role="presentation" title={t('import.recordedTitle')}>
            {t('import.recorded', {
              count: job.totals?.purchases ?? 0,
              purchases: format.number(job.totals?.purchases ?? 0),
            })}
          </Alert>
        </output>
      )}
      {!isRecorded && job.columns.length > 0 && <Correct job={job} />}
      {isRecorded && <ImportTotals job={job} />}
      {isRecorded && <ImportRows job={job} />}
    </Stack>
  );
}

/** The mapping to correct, then what the check found by it, and the step that records. */
function Correct({ job }: { job: PurchaseImport }) {
  const { t } = useTranslation();
  const format = useFormat();
  const run = useRunImport(job.id);
  const [isChanged, setIsChanged] = useState(false);
  const good = job.totals?.good ?? 0;
  return (
    <>
      <ImportMappingForm
        job={job}
        isBusy={run.isPending}
        onChange={() => setIsChanged(true)}
        onCheck={(mapping) => run.mutate({ mapping, dryRun: true })}
      />
      {run.error !== null && <ProblemAlert error={run.error} />}
      {job.status === 'done' && (
        <>
          <ImportTotals job={job} />
          <ImportRows job={job} />
          <Stack gap="xs" align="flex-start">
            <Button
              disabled={isChanged || good === 0}
              loading={run.isPending}
              onClick={() => run.mutate({ mapping: job.mapping, dryRun: false })}
            >
              {t('import.record', { count: good, rows: format.number(good) })}
            </Button>
            {isChanged && <Text size="sm">{t('import.checkAgainFirst')}</Text>}
          </Stack>
        </>
      )}
    </>
  );
}
