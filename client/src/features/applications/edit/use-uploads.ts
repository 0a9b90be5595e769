import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Evidence } from '../../../../../schemas/types.d.ts';
import { ApiProblem } from '../../../api/client.ts';
import { evidenceQuery, sendEvidence, type SentFile } from '../api.ts';
import type { Draft } from './use-draft.ts';

/** A file on its way, or one that did not get there. */
export interface Upload {
  sent: SentFile;
  /** From 0 to 1. */
  share: number;
  error?: unknown;
}

/** The files on their way, and how to send one, again or not at all. */
export interface Uploads {
  all: Upload[];
  send(sent: SentFile): void;
  drop(key: string): void;
}

/** Sends files and attaches each to the draft once it is there. */
export function useUploads(application: string, draft: Draft): Uploads {
  const queryClient = useQueryClient();
  const [all, setAll] = useState<Upload[]>([]);
  const set = (key: string, upload: Upload | null) =>
    setAll((before) => {
      const others = before.filter(({ sent }) => sent.key !== key);
      return upload === null ? others : [...others, upload];
    });
  const attach = ({ kind, issuedOn, laboratory, key }: SentFile, evidence: string) => {
    draft.attach((before) => [
      ...before.filter((one) => one.evidence !== evidence || one.kind !== kind),
      { kind, evidence, ...(issuedOn !== undefined && { issuedOn }), ...(laboratory && { laboratory }) },
    ]);
    set(key, null);
    void draft.flush();
  };
  const send = async (sent: SentFile) => {
    const { key } = sent;
    set(key, { sent, share: 0 });
    try {
      const file = await sendEvidence(sent, (share) => set(key, { sent, share }));
      const known = evidenceQuery(application).queryKey;
      queryClient.setQueryData<Evidence[]>(known, (files = []) => [...files.filter(({ id }) => id !== file.id), file]);
      attach(sent, file.id);
    } catch (error) {
      set(key, { sent, share: 0, error });
    }
  };
  return { all, send: (sent) => void send(sent), drop: (key) => set(key, null) };
}

/** Whether sending the same file again can help: the line broke, or the server had no room. */
export function mayRetry(error: unknown): boolean {
  return error instanceof ApiProblem && (error.status === 0 || error.status === 429 || error.status >= 500);
}
