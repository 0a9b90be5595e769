import { Paper, Progress, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PurchaseImport } from '../../../../schemas/types.d.ts';
import { useFormat } from '../../i18n/use-format.ts';

/** How far a running import is; the page may be left meanwhile. */
export function ImportProgress({ job }: { job: PurchaseImport }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { done, all } = job.progress;
  const part = all === 0 ? 0 : Math.round((done / all) * 100);
  const step = t(`import.status.${job.dryRun && job.status === 'recording' ? 'deciding' : job.status}`);
  return (
    <Paper p="lg" maw={680}>
      <Stack gap="sm">
        <Title order={2} size="h3">
          {job.file.name}
        </Title>
        <Text component="output">{step}</Text>
        <Progress value={part} animated size="lg" aria-label={step} />
        <Text size="sm" c="dimmed" className="xanh-figure">
          {all === 0
            ? t('import.rowsRead', { count: done, rows: format.number(done) })
            : t('import.rowsOf', { done: format.number(done), all: format.number(all) })}
        </Text>
        <Text size="sm" c="dimmed">
          {t('import.mayLeave')}
        </Text>
      </Stack>
    </Paper>
  );
}
