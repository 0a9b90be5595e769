import type { SealProof } from '../../schemas/types.d.ts';
import { createPause } from '../core/clock.ts';
import { Problem } from '../core/problem.ts';
import { createMerkleTree } from './merkle.rules.ts';
import { auditedRecord, type ReadingParts, type RecordName } from './reading.service.ts';
import { leafText, placeOf } from './seal.rules.ts';
import { createSealedLeaves } from './sealed.service.ts';

/** Proves that a seal of the day covers the record. @throws Problem 404 where there is no such record, or no seal of the day has it */
export async function proveInclusion(parts: ReadingParts, day: string, name: RecordName): Promise<SealProof> {
  const { store } = parts;
  const { collection, id } = await auditedRecord(parts, name);
  const found = await createSealedLeaves(store).find(day, { collection, id });
  if (!found) throw new Problem('NOT_FOUND');
  const { seal, leaf } = found;
  let index = 0;
  for await (const { leaves } of store.chunks(seal.leavesAt)) {
    const before = leaves.filter((other) => placeOf(other) < placeOf(leaf)).length;
    index += before;
    if (before < leaves.length) break;
  }
  const path: string[] = [];
  const tree = createMerkleTree(store.hashBytes, { watched: index, beside: (hash) => path.push(hash) });
  const pause = createPause();
  for await (const { leaves } of store.chunks(seal.leavesAt)) {
    for (const each of leaves) tree.add(leafText(each));
    await pause();
  }
  tree.root();
  return { seal, leaf, index, path };
}
