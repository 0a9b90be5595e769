import { Paper, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Application, AttachmentKind } from '../../../../../schemas/types.d.ts';
import { useFormat } from '../../../i18n/use-format.ts';
import { legalReference } from '../../../ui/legal-reference.ts';
import { evidenceQuery } from '../api.ts';
import { ItemMark } from '../item-mark.tsx';
import { AttachedFiles } from './attached-files.tsx';
import { largestFile } from '../../../ui/file-limits.ts';
import { ReportUpload } from './report-upload.tsx';
import { UploadField } from '../../../ui/upload-field.tsx';
import { OnItsWay } from '../../../ui/upload-on-its-way.tsx';
import type { Draft } from './use-draft.ts';
import type { Uploads } from '../../../ui/use-uploads.ts';

interface EvidenceStepProps {
  application: Application;
  draft: Draft;
  uploads: Uploads<AttachmentKind>;
  today: string;
}

/** The second step: each item of the checklist with its files. */
export function EvidenceStep({ application, draft, uploads, today }: EvidenceStepProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { checklist = [] } = application;
  const listed = new Set(checklist.map(({ kind }) => kind));
  const part = { application, draft, uploads, today };
  return (
    <Stack gap="md" maw={860}>
      <Text c="dimmed">{t('application.filesHint', { most: largestFile })}</Text>
      {checklist.map((item) => (
        <Paper key={item.kind} p={{ base: 'md', sm: 'lg' }} component="section" aria-label={format.text(item.name)}>
          <ItemMark item={item} />
          <Text size="sm" c="dimmed" mb="sm" ms={30}>
            {legalReference(item.reference, format.language)}
          </Text>
          <ItemFiles {...part} kinds={[item.kind]} name={format.text(item.name)} />
        </Paper>
      ))}
      <Paper p={{ base: 'md', sm: 'lg' }} component="section" aria-label={t('application.item.other')}>
        <Text fw={600}>{t('application.otherFiles')}</Text>
        <Text size="sm" c="dimmed" mb="sm">
          {t('application.otherFilesHint')}
        </Text>
        <ItemFiles {...part} kinds={['other', ...unlisted(draft, listed)]} name={t('application.item.other')} />
      </Paper>
    </Stack>
  );
}

/** Kinds of attached files that this checklist does not ask for. */
function unlisted({ values }: Draft, listed: Set<AttachmentKind>): AttachmentKind[] {
  return values.attachments.map(({ kind }) => kind).filter((kind) => kind !== 'other' && !listed.has(kind));
}

interface ItemFilesProps extends EvidenceStepProps {
  /** Of which kinds the files are; those sent here are of the first. */
  kinds: AttachmentKind[];
  name: string;
}

function ItemFiles({ application, draft, uploads, kinds, name, today }: ItemFilesProps) {
  const { data: files = [] } = useQuery(evidenceQuery(application.id));
  const [kind = 'other'] = kinds;
  const coming = uploads.all.filter(({ sent }) => sent.kind === kind);
  return (
    <Stack gap="sm">
      <AttachedFiles kinds={kinds} draft={draft} files={files} application={application.id} />
      {coming.map((upload) => (
        <OnItsWay key={upload.sent.key} upload={upload} uploads={uploads} />
      ))}
      {kind === 'testReport' ? (
        <ReportUpload name={name} today={today} onSend={uploads.send} />
      ) : (
        <UploadField name={name} onChosen={(file, key) => uploads.send({ kind, file, key })} />
      )}
    </Stack>
  );
}
