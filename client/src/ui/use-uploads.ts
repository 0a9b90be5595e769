import { useState } from 'react';
import type { EvidenceKind } from '../../../schemas/types.d.ts';
import type { EvidenceToSend } from '../api/evidence.ts';

/** A file on its way, or one that did not get there. */
export interface Upload<K extends EvidenceKind = EvidenceKind> {
  sent: EvidenceToSend<K>;
  /** From 0 to 1. */
  share: number;
  error?: unknown;
}

/** The files on their way, and how to send one, again or not at all. */
export interface Uploads<K extends EvidenceKind = EvidenceKind> {
  all: Upload<K>[];
  send(sent: EvidenceToSend<K>): void;
  drop(key: string): void;
}

/** Sends files; `deliver` sends one and does what follows, and then it is on its way no more. */
export function useUploads<K extends EvidenceKind>(
  deliver: (sent: EvidenceToSend<K>, onProgress: (share: number) => void) => Promise<unknown>,
): Uploads<K> {
  const [all, setAll] = useState<Upload<K>[]>([]);
  const set = (key: string, upload: Upload<K> | null) =>
    setAll((before) => [...before.filter(({ sent }) => sent.key !== key), ...(upload === null ? [] : [upload])]);
  const send = async (sent: EvidenceToSend<K>) => {
    const { key } = sent;
    set(key, { sent, share: 0 });
    try {
      await deliver(sent, (share) => set(key, { sent, share }));
      set(key, null);
    } catch (error) {
      set(key, { sent, share: 0, error });
    }
  };
  return { all, send: (sent) => void send(sent), drop: (key) => set(key, null) };
}
