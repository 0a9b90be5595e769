import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { EvidenceUse } from '../../../schemas/types.d.ts';
import { sendEvidence } from '../api/evidence.ts';
import type { EvidenceToSend } from '../api/evidence.ts';

/** A file on its way, or one that did not get there. */
export interface EvidenceUpload extends EvidenceToSend {
  /** From 0 to 1. */
  share?: number;
  error?: unknown;
}

/** The files on their way to what they hang on, and how to send one, again or not at all. */
export function useEvidenceUploads(use: EvidenceUse) {
  const queryClient = useQueryClient();
  const [all, setAll] = useState<EvidenceUpload[]>([]);
  const set = (key: string, upload: EvidenceUpload | null) =>
    setAll((before) => [...before.filter((one) => one.key !== key), ...(upload === null ? [] : [upload])]);
  const send = async ({ key, file, kind }: EvidenceToSend) => {
    const sent = { key, file, kind };
    set(key, { ...sent, share: 0 });
    try {
      await sendEvidence(use, sent, (share) => set(key, { ...sent, share }));
      await queryClient.invalidateQueries({ queryKey: ['evidence'] });
      set(key, null);
    } catch (error) {
      set(key, { ...sent, error });
    }
  };
  return { all, send: (upload: EvidenceToSend) => void send(upload), drop: (key: string) => set(key, null) };
}
