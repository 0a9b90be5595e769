import { queryOptions } from '@tanstack/react-query';
import type { AttachmentInput, Evidence, EvidenceKind, EvidenceUse } from '../../../schemas/types.d.ts';
import { requestAll } from './client.ts';
import { upload } from './upload.ts';

/** A file before it is sent, and what is said of it; sent again under its key it is the same file. */
export interface EvidenceToSend<K extends EvidenceKind = EvidenceKind> extends Omit<
  AttachmentInput,
  'evidence' | 'kind'
> {
  kind: K;
  file: File;
  validThrough?: string;
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

/** Sends a file, which hangs on something where a use is named, and tells how much of it is sent. */
export function sendEvidence(
  { file, key, kind, issuedOn, validThrough, laboratory }: EvidenceToSend,
  onProgress: (share: number) => void,
  use?: EvidenceUse,
): Promise<Evidence> {
  const form = new FormData();
  form.set('kind', kind);
  if (use) form.set('use', JSON.stringify(use));
  if (issuedOn !== undefined) form.set('issuedOn', issuedOn);
  if (validThrough !== undefined) form.set('validThrough', validThrough);
  if (laboratory !== undefined) form.set('laboratory', JSON.stringify(laboratory));
  form.set('file', file);
  return upload<Evidence>('/api/evidence', { form, key, onProgress });
}
