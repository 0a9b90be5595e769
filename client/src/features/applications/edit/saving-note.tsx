import { Alert, Button, Group, Text } from '@mantine/core';
import IconCloudCheck from '@tabler/icons-react/icons/IconCloudCheck';
import IconCloudUp from '@tabler/icons-react/icons/IconCloudUp';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import type { Draft } from './use-draft.ts';

/** Whether what was typed is saved; where not, why and what to do. */
export function SavingNote({ draft: { saving, flush, goOn } }: { draft: Draft }) {
  const { t } = useTranslation();
  if (saving.state === 'conflict')
    return (
      <Alert color="amber" variant="light" role="alert" title={t('application.conflict')}>
        <Text size="sm">{t('application.conflictWhy')}</Text>
        <Group mt="sm" gap="xs">
          <Button size="compact-md" onClick={() => void goOn(true)}>
            {t('application.keepMine')}
          </Button>
          <Button size="compact-md" variant="default" onClick={() => void goOn(false)}>
            {t('application.takeTheirs')}
          </Button>
        </Group>
      </Alert>
    );
  if (saving.state === 'failed')
    return (
      <div>
        <Text fw={600} mb={4}>
          {t('application.notSaved')}
        </Text>
        <ProblemAlert error={saving.error} onRetry={() => void flush()} />
      </div>
    );
  const isSaved = saving.state === 'saved';
  return (
    <Text component="output" size="sm" c="dimmed" className="xanh-saving">
      {isSaved ? <IconCloudCheck size={18} aria-hidden /> : <IconCloudUp size={18} aria-hidden />}
      {t(isSaved ? 'application.isSaved' : 'application.isSaving')}
    </Text>
  );
}
