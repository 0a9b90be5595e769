import { useQueryClient } from '@tanstack/react-query';
import type { AttachmentKind, Evidence } from '../../../../../schemas/types.d.ts';
import { type EvidenceToSend, sendEvidence } from '../../../api/evidence.ts';
import { type Uploads, useUploads } from '../../../ui/use-uploads.ts';
import { evidenceQuery } from '../api.ts';
import type { Draft } from './use-draft.ts';

/** Sends files and attaches each to the draft once it is there. */
export function useAttachments(application: string, draft: Draft): Uploads<AttachmentKind> {
  const queryClient = useQueryClient();
  const attach = ({ kind, issuedOn, laboratory }: EvidenceToSend<AttachmentKind>, evidence: string) => {
    draft.attach((before) => [
      ...before.filter((one) => one.evidence !== evidence || one.kind !== kind),
      { kind, evidence, ...(issuedOn !== undefined && { issuedOn }), ...(laboratory && { laboratory }) },
    ]);
    void draft.flush();
  };
  return useUploads<AttachmentKind>(async (sent, onProgress) => {
    const file = await sendEvidence(sent, onProgress);
    const known = evidenceQuery(application).queryKey;
    queryClient.setQueryData<Evidence[]>(known, (files = []) => [...files.filter(({ id }) => id !== file.id), file]);
    attach(sent, file.id);
  });
}
