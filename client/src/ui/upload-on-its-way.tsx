import { Button, Group, Progress, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from './problem-alert.tsx';
import type { EvidenceUpload } from './use-evidence-uploads.ts';

interface OnItsWayProps {
  upload: EvidenceUpload;
  onRetry: (upload: EvidenceUpload) => void;
  onDrop: (key: string) => void;
}

/** A file on its way, with its progress; one that did not get there can be sent again. */
export function OnItsWay({ upload, onRetry, onDrop }: OnItsWayProps) {
  const { t } = useTranslation();
  const { file, key, share = 0, error } = upload;
  const name = t('application.sending', { name: file.name });
  if (error === undefined) {
    return (
      <div className="xanh-file">
        <Text size="sm">{file.name}</Text>
        <Progress.Root mt={6} aria-label={name}>
          <Progress.Section value={share * 100} aria-label={name} />
        </Progress.Root>
      </div>
    );
  }
  return (
    <div className="xanh-file">
      <Text size="sm" fw={500} mb={4}>
        {t('application.notSent', { name: file.name })}
      </Text>
      <ProblemAlert error={error} />
      <Group gap="xs" mt="xs">
        <Button size="compact-sm" onClick={() => onRetry(upload)}>
          {t('problem.retry')}
        </Button>
        <Button size="compact-sm" variant="default" onClick={() => onDrop(key)}>
          {t('application.dropFile')}
        </Button>
      </Group>
    </div>
  );
}
