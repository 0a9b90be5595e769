import { dayOf } from '../core/clock.ts';
import { firstMisfit } from '../core/history.rules.ts';
import type { Finding, RecordFinding } from './finding.rules.ts';
import { createMerkleTree } from './merkle.rules.ts';
import type { AuditedRecord, AuditStore, StoredSeal } from './port.ts';
import { leafText, placeOf, sealed, type Leaf } from './seal.rules.ts';
import { createSealedLeaves, type SealedLeaves } from './sealed.service.ts';

/** What a verification went through, and what does not fit. */
export interface Verified {
  records: number;
  entries: number;
  seals: number;
  /** Records with entries that no seal covers yet. */
  unsealed: number;
  /** The first of them; of each record only its first. */
  findings: Finding[];
}

const mostFindings = 20;

/**
 * Goes through every seal, its leaves and the records they name, then through every record and the seals it must be in. It
 * holds no more than one batch and some leaves at a time; `progress` is told what is gone through.
 */
export async function verifyAll(store: AuditStore, progress: (what: string) => void): Promise<Verified> {
  const result: Verified = { records: 0, entries: 0, seals: 0, unsealed: 0, findings: [] };
  const reported = new Set<string>();
  const report = (finding: Finding): void => {
    const key = 'id' in finding ? placeOf(finding) : `seal ${finding.seal}`;
    if (!reported.has(key) && result.findings.length < mostFindings) result.findings.push(finding);
    reported.add(key);
  };
  await verifySeals({ store, report, result, progress });
  await verifyRecords({ store, report, result, progress });
  return result;
}

interface Verifying {
  store: AuditStore;
  result: Verified;
  report(finding: Finding): void;
  progress(what: string): void;
}

async function verifySeals(verifying: Verifying): Promise<void> {
  const { store, report, result, progress } = verifying;
  let last: StoredSeal | null = null;
  for await (const seal of store.seals()) {
    const { number, day, previous } = seal;
    const expected: number = (last?.number ?? 0) + 1;
    if (number !== expected) report({ what: 'seal missing', seal: expected, after: last?.day ?? null, until: day });
    else if (previous !== (last?.hash ?? null) || sealed(store.hash, seal).hash !== seal.hash)
      report({ what: 'seal changed', seal: number, day });
    await verifyLeaves(verifying, seal);
    last = seal;
    result.seals += 1;
    progress(`${result.seals} seals, up to ${day}`);
  }
}

/** The leaves against the root, and against the records. Where the root does not fit, it is a leaf that differs from its record. */
async function verifyLeaves({ store, report }: Verifying, seal: StoredSeal): Promise<void> {
  const { number, day, leavesAt } = seal;
  const tree = createMerkleTree(store.hashBytes);
  const differing: Finding[] = [];
  for await (const { leaves } of store.chunks(leavesAt)) {
    for (const leaf of leaves) tree.add(leafText(leaf));
    differing.push(...(await compareWithRecords(store, leaves, day)).slice(0, mostFindings - differing.length));
  }
  const fits = tree.size() === seal.leaves && tree.root() === seal.root;
  const [first] = differing;
  if (fits) differing.forEach(report);
  else if (first && 'id' in first)
    report({ what: 'leaf changed', seal: number, day, collection: first.collection, id: first.id });
  else report({ what: 'leaves changed', seal: number, day });
}

async function compareWithRecords(store: AuditStore, leaves: Leaf[], day: string): Promise<Finding[]> {
  const found = new Map<string, AuditedRecord>();
  for (const collection of new Set(leaves.map((leaf) => leaf.collection))) {
    const ids = leaves.filter((leaf) => leaf.collection === collection).map(({ id }) => id);
    for (const record of await store.some(collection, ids)) found.set(placeOf(record), record);
  }
  return leaves.flatMap(({ hash, ...at }): Finding[] => {
    const record = found.get(placeOf(at));
    if (!record) return [{ what: 'removed', ...at, day }];
    const entry = record.history[at.seq - 1];
    if (entry?.hash === hash) return [];
    if (!entry) return [{ what: 'missing', ...at, day }];
    const misfit = misfitOf(store, record);
    // Of an entry that is missing its record does not say the day.
    return [misfit ? { ...misfit, ...(misfit.seq === at.seq && { day }) } : { what: 'not as sealed', ...at, day }];
  });
}

/** The first entry of the record that does not fit its others and what it says. */
export function misfitOf(
  { hash }: AuditStore,
  { collection, id, history, state }: AuditedRecord,
): RecordFinding | null {
  const misfit = firstMisfit({ collection, hash }, history, state);
  if (!misfit) return null;
  const { seq, why } = misfit;
  const at = (history.find((entry) => entry.seq === seq) ?? history[seq - 1] ?? history.at(-1))?.at;
  return { what: why, collection, id, seq, day: at === undefined ? 'no day' : dayOf(at) };
}

async function verifyRecords({ store, report, result, progress }: Verifying): Promise<void> {
  let sealedLeaves = createSealedLeaves(store);
  for (const collection of store.collections) {
    for await (const record of store.records(collection)) {
      const { id, history, unsealedSince } = record;
      const misfit = misfitOf(store, record);
      if (misfit) {
        report(misfit);
      } else if (await firstUnsealed(sealedLeaves, record)) {
        // Sealed while this went on, or in no seal: asked again of what is in the store now.
        sealedLeaves = createSealedLeaves(store);
        const [again] = await store.some(collection, [id]);
        const unsealed = again && (await firstUnsealed(sealedLeaves, again));
        if (unsealed) report({ what: 'in no seal', collection, id, ...unsealed });
      }
      result.records += 1;
      result.entries += history.length;
      if (unsealedSince !== undefined) result.unsealed += 1;
      progress(`${result.records} records, ${collection}`);
    }
  }
}

/** The first last entry of a day that should be in a seal of the day and is not; null where every day has its own. */
export async function firstUnsealed(
  leaves: SealedLeaves,
  { collection, id, history, unsealedSince }: AuditedRecord,
): Promise<{ seq: number; day: string } | null> {
  for (const [index, { seq, at, hash }] of history.entries()) {
    if (unsealedSince !== undefined && at >= unsealedSince) return null;
    const day = dayOf(at);
    const next = history[index + 1];
    if (next && dayOf(next.at) === day && (unsealedSince === undefined || next.at < unsealedSince)) continue;
    const found = await leaves.find(day, { collection, id });
    if (!found || found.leaf.seq < seq || (found.leaf.seq === seq && found.leaf.hash !== hash)) return { seq, day };
  }
  return null;
}
