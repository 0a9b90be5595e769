import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { EvidenceKind } from '../../../../schemas/types.d.ts';
import { lineEvidenceQuery, sendLineEvidence } from './evidence-api.ts';

/** A file on its way to a line, or one that did not get there. */
export interface LineUpload {
  key: string;
  file: File;
  kind: EvidenceKind;
  /** From 0 to 1. */
  share?: number;
  error?: unknown;
}

/** The files on their way to a line, and how to send one, again or not at all. */
export function useLineUploads(purchase: string, lineNo: number) {
  const queryClient = useQueryClient();
  const [all, setAll] = useState<LineUpload[]>([]);
  const set = (key: string, upload: LineUpload | null) =>
    setAll((before) => [...before.filter((one) => one.key !== key), ...(upload === null ? [] : [upload])]);
  const send = async ({ key, file, kind }: LineUpload) => {
    const sent = { key, file, kind };
    set(key, { ...sent, share: 0 });
    try {
      await sendLineEvidence({ purchase, lineNo }, sent, (share) => set(key, { ...sent, share }));
      await queryClient.invalidateQueries({ queryKey: lineEvidenceQuery(purchase, lineNo).queryKey });
      set(key, null);
    } catch (error) {
      set(key, { ...sent, error });
    }
  };
  return { all, send: (upload: LineUpload) => void send(upload), drop: (key: string) => set(key, null) };
}
