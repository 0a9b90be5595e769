import type { Asked, ShareParts } from './asked.service.ts';
import { createShareFold, type ShareFold } from './share.rules.ts';
import { COUNTED_FIELDS, purchasesOf } from './source.service.ts';

/** Everything that is asked for, folded. */
export async function foldAsked(parts: ShareParts, asked: Asked): Promise<ShareFold> {
  const fold = createShareFold(asked.question);
  for await (const purchase of purchasesOf(parts, asked, { fields: COUNTED_FIELDS })) fold.add(purchase, asked.cutOff);
  return fold;
}
