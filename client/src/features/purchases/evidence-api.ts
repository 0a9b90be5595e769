import { queryOptions } from '@tanstack/react-query';
import type { Evidence, EvidenceKind } from '../../../../schemas/types.d.ts';
import { requestAll } from '../../api/client.ts';
import { upload } from '../../api/upload.ts';

/** The files that prove a line. */
export const lineEvidenceQuery = (purchase: string, lineNo: number) =>
  queryOptions({
    queryKey: ['evidence', 'purchaseLine', purchase, lineNo],
    queryFn: ({ signal }) =>
      requestAll<Evidence>('/api/evidence', { use: `purchaseLine:${purchase}/${lineNo}` }, signal),
  });

/** Sends a file that proves a line; sent again under its key it is the same file. */
export function sendLineEvidence(
  { purchase, lineNo }: { purchase: string; lineNo: number },
  { file, kind, key }: { file: File; kind: EvidenceKind; key: string },
  onProgress: (share: number) => void,
): Promise<Evidence> {
  const form = new FormData();
  form.set('kind', kind);
  form.set('use', JSON.stringify({ kind: 'purchaseLine', id: purchase, lineNo }));
  form.set('file', file);
  return upload<Evidence>('/api/evidence', { form, key, onProgress });
}
