import { Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Application, Attachment, ChecklistItem, Evidence } from '../../../../schemas/types.d.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { legalReference } from '../../ui/legal-reference.ts';
import { QueryState } from '../../ui/query-state.tsx';
import { evidenceQuery } from './api.ts';
import { EvidenceFile } from './evidence-file.tsx';
import { ItemMark } from './item-mark.tsx';

/** The checklist with the files of each item, beside what is applied for. */
export function EvidencePanel({ application }: { application: Application }) {
  const { t } = useTranslation();
  const evidence = useQuery(evidenceQuery(application.id));
  const { checklist = [], attachments = [] } = application;
  const listed = new Set(checklist.map(({ kind }) => kind));
  const others = attachments.filter(({ kind }) => !listed.has(kind));
  return (
    <>
      <Title order={2} size="h3" mb="sm">
        {t('application.checklist')}
      </Title>
      {checklist.length === 0 && others.length === 0 && <Text c="dimmed">{t('application.checklistEmpty')}</Text>}
      <QueryState query={evidence} blocks={2}>
        {(files) => (
          <ul className="xanh-list xanh-rows">
            {checklist.map((item) => (
              <Item
                key={item.kind}
                item={item}
                files={filesOf(
                  attachments.filter(({ kind }) => kind === item.kind),
                  files,
                )}
              />
            ))}
            {others.length > 0 && (
              <li>
                <Text fw={600}>{t('application.item.other')}</Text>
                <Files files={filesOf(others, files)} />
              </li>
            )}
          </ul>
        )}
      </QueryState>
    </>
  );
}

interface AttachedFile {
  attachment: Attachment;
  file: Evidence | undefined;
}

function filesOf(attachments: Attachment[], files: Evidence[]): AttachedFile[] {
  return attachments.map((attachment) => ({
    attachment,
    file: files.find(({ id }) => id === attachment.evidence),
  }));
}

function Item({ item, files }: { item: ChecklistItem; files: AttachedFile[] }) {
  const format = useFormat();
  return (
    <li>
      <ItemMark item={item} />
      <Text size="sm" c="dimmed" ms={30}>
        {legalReference(item.reference, format.language)}
      </Text>
      <Files files={files} />
    </li>
  );
}

function Files({ files }: { files: AttachedFile[] }) {
  return (
    <Stack gap="xs" mt={6}>
      {files.map(({ attachment, file }) => (
        <EvidenceFile key={attachment.evidence} attachment={attachment} file={file} />
      ))}
    </Stack>
  );
}
