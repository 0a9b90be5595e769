import { Button, Group, Progress, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../i18n/use-format.ts';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { sizeText } from '../evidence-file.tsx';
import { mayRetry, type Upload, type Uploads } from './use-uploads.ts';

/** A file on its way and how far it is, or why it was not taken. */
export function UploadRow({ upload: { sent, share, error }, uploads }: { upload: Upload; uploads: Uploads }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { file, key } = sent;
  if (error === undefined)
    return (
      <div className="xanh-file">
        <Text size="sm">
          {file.name} · {sizeText(file.size, format.number)}
        </Text>
        <Progress.Root mt={6} aria-label={t('application.sending', { name: file.name })}>
          <Progress.Section value={share * 100} aria-label={t('application.sending', { name: file.name })} />
        </Progress.Root>
      </div>
    );
  return (
    <div className="xanh-file">
      <Text size="sm" fw={500} mb={4}>
        {t('application.notSent', { name: file.name })}
      </Text>
      <ProblemAlert error={error} />
      <Group gap="xs" mt="xs">
        {mayRetry(error) && (
          <Button size="compact-sm" onClick={() => uploads.send(sent)}>
            {t('problem.retry')}
          </Button>
        )}
        <Button size="compact-sm" variant="default" onClick={() => uploads.drop(key)}>
          {t('application.dropFile')}
        </Button>
      </Group>
    </div>
  );
}
