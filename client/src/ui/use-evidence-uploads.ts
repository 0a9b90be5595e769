import { useQueryClient } from '@tanstack/react-query';
import type { EvidenceUse } from '../../../schemas/types.d.ts';
import { sendEvidence } from '../api/evidence.ts';
import { type Uploads, useUploads } from './use-uploads.ts';

/** The files on their way to what they hang on. */
export function useEvidenceUploads(use: EvidenceUse): Uploads {
  const queryClient = useQueryClient();
  return useUploads(async (sent, onProgress) => {
    await sendEvidence(sent, onProgress, use);
    await queryClient.invalidateQueries({ queryKey: ['evidence'] });
  });
}
