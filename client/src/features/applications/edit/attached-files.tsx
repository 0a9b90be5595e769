import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import IconTrash from '@tabler/icons-react/icons/IconTrash';
import { useTranslation } from 'react-i18next';
import type { AttachmentInput, AttachmentKind, Evidence } from '../../../../../schemas/types.d.ts';
import { evidenceQuery, removeEvidence } from '../api.ts';
import { EvidenceFile } from '../evidence-file.tsx';
import type { Draft } from './use-draft.ts';

interface AttachedFilesProps {
  application: string;
  kinds: AttachmentKind[];
  draft: Draft;
  files: Evidence[];
}

/** The files of an item, each of which can be taken out again. */
export function AttachedFiles({ application, kinds, draft, files }: AttachedFilesProps) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const remove = async ({ kind, evidence }: AttachmentInput) => {
    draft.attach((before) => before.filter((one) => one.kind !== kind || one.evidence !== evidence));
    const file = files.find(({ id }) => id === evidence);
    // What hangs on nothing else need not be kept; where it must be, it stays among one's own files.
    if ((await draft.flush()) && file !== undefined && file.uses.length <= 1)
      await removeEvidence(file).catch(() => undefined);
    await queryClient.invalidateQueries({ queryKey: evidenceQuery(application).queryKey });
  };
  return (
    <>
      {draft.values.attachments
        .filter(({ kind }) => kinds.includes(kind))
        .map((attachment) => {
          const file = files.find(({ id }) => id === attachment.evidence);
          return (
            <EvidenceFile key={`${attachment.kind} ${attachment.evidence}`} attachment={attachment} file={file}>
              <Button
                variant="subtle"
                color="clay"
                size="compact-sm"
                leftSection={<IconTrash size={16} aria-hidden />}
                onClick={() => void remove(attachment)}
              >
                {t('application.removeFile')}
                <span className="xanh-for-reader"> {file?.name}</span>
              </Button>
            </EvidenceFile>
          );
        })}
    </>
  );
}
