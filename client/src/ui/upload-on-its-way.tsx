import { Button, Group, Progress, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { EvidenceKind } from '../../../schemas/types.d.ts';
import { ApiProblem } from '../api/client.ts';
import { useFormat } from '../i18n/use-format.ts';
import { sizeText } from './file-size.ts';
import { ProblemAlert } from './problem-alert.tsx';
import type { Upload, Uploads } from './use-uploads.ts';

interface OnItsWayProps<K extends EvidenceKind> {
  upload: Upload<K>;
  uploads: Uploads<K>;
}

/** A file on its way and how far it is, or why it was not taken. */
export function OnItsWay<K extends EvidenceKind>({ upload: { sent, share, error }, uploads }: OnItsWayProps<K>) {
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

/** Whether sending the same file again can help: the line broke, or the server had no room. */
function mayRetry(error: unknown): boolean {
  return error instanceof ApiProblem && (error.status === 0 || error.status === 429 || error.status >= 500);
}
