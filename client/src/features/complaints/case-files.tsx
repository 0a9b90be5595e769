import { Anchor, Paper, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import IconDownload from '@tabler/icons-react/icons/IconDownload';
import { useTranslation } from 'react-i18next';
import type { Complaint, Evidence, EvidenceUse, MeActor } from '../../../../schemas/types.d.ts';
import { evidenceQuery } from '../../api/evidence.ts';
import { OrganisationName } from '../../ui/names.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { UploadField } from '../../ui/upload-field.tsx';
import { OnItsWay } from '../../ui/upload-on-its-way.tsx';
import { useEvidenceUploads } from '../../ui/use-evidence-uploads.ts';

interface CaseFilesProps {
  complaint: Complaint;
  actor: MeActor;
}

const watchers = new Set<MeActor['role']>(['operator', 'auditor']);

/** The files of a report: all of them for operator and auditor, for a side those that it sent itself. */
export function CaseFiles({ complaint: { id, status }, actor }: CaseFilesProps) {
  const { t } = useTranslation();
  const use: EvidenceUse = { kind: 'complaint', id };
  const readsAll = watchers.has(actor.role);
  const files = useQuery(evidenceQuery(readsAll ? use : undefined));
  const uploads = useEvidenceUploads(use);
  const isOpen = status === 'received' || status === 'withParty' || status === 'replied';
  const isOf = ({ uses }: Evidence) => uses.some((one) => one.kind === 'complaint' && one.id === id);
  return (
    <Paper p={{ base: 'md', sm: 'lg' }} component="section" aria-label={t('complaint.files')}>
      <Title order={2} size="h3">
        {t('complaint.files')}
      </Title>
      <Text size="sm" c="dimmed" mb="sm">
        {t(readsAll ? 'complaint.filesAll' : 'complaint.filesOwn')}
      </Text>
      <Stack gap="sm">
        <QueryState query={files} blocks={1}>
          {(all) => <FileList files={all.filter(isOf)} saysWhose={readsAll} />}
        </QueryState>
        {uploads.all.map((upload) => (
          <OnItsWay key={upload.sent.key} upload={upload} uploads={uploads} />
        ))}
        {isOpen && actor.role !== 'auditor' && (
          <UploadField
            name={t('complaint.files')}
            onChosen={(file, key) =>
              uploads.send({ file, key, kind: file.type.startsWith('image/') ? 'photo' : 'other' })
            }
          />
        )}
      </Stack>
    </Paper>
  );
}

/** `saysWhose` where files of several sides stand in one list. */
function FileList({ files, saysWhose }: { files: Evidence[]; saysWhose: boolean }) {
  const { t } = useTranslation();
  if (files.length === 0) return <Text size="sm">{t('complaint.noFiles')}</Text>;
  return (
    <ul className="xanh-list">
      {files.map(({ id, name, org }) => (
        <li key={id} className="xanh-file">
          <Anchor href={`/api/evidence/${id}/content`} download={name} size="sm" fw={500}>
            <IconDownload size={16} aria-hidden className="xanh-inline-icon" /> {name}
          </Anchor>
          {saysWhose && (
            <Text size="sm" c="dimmed">
              {org === undefined ? t('role.operator') : <OrganisationName code={org} />}
            </Text>
          )}
        </li>
      ))}
    </ul>
  );
}
