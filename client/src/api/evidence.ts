import { queryOptions } from '@tanstack/react-query';
import type { Evidence, EvidenceKind, EvidenceUse } from '../../../schemas/types.d.ts';
import { requestAll } from './client.ts';
import { upload } from './upload.ts';

/** A file before it is sent; sent again under its key it is the same file. */
export interface EvidenceToSend {
  file: File;
  kind: EvidenceKind;
  key: string;
}

/** The files that hang on something; without a use those of the caller's own organisation. */
export const evidenceQuery = (use?: EvidenceUse) =>
  queryOptions({
    queryKey: ['evidence', use?.kind ?? 'own', use?.id, use?.lineNo],
    queryFn: ({ signal }) => requestAll<Evidence>('/api/evidence', use ? { use: nameOf(use) } : {}, signal),
  });

function nameOf({ kind, id, lineNo }: EvidenceUse): string {
  return lineNo === undefined ? `${kind}:${id}` : `${kind}:${id}/${lineNo}`;
}

/** Sends a file that hangs on something. */
export function sendEvidence(
  use: EvidenceUse,
  { file, kind, key }: EvidenceToSend,
  onProgress: (share: number) => void,
): Promise<Evidence> {
  const form = new FormData();
  form.set('kind', kind);
  form.set('use', JSON.stringify(use));
  form.set('file', file);
  return upload<Evidence>('/api/evidence', { form, key, onProgress });
}
