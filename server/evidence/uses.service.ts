import type { Certificate, Evidence, EvidenceUse } from '../../schemas/types.d.ts';
import type { Recorded, Records } from '../core/records.ts';
import { laboratoryEnded, type Laboratory } from './laboratory.rules.ts';
import { isSameUse, retention, type Settling } from './retention.rules.ts';

/** What is known of a file, beside what its indexes are made of. */
export type StoredEvidence = Evidence &
  Pick<Recorded, 'idempotency'> & {
    /** Whose file it is; see `model.ts`. */
    holder: string;
    /** The accreditation that a report names, however it was written. */
    accreditationKey?: string;
    /** Left out once it is removed. */
    key?: string;
  };

/** A dossier as far as files are concerned. */
export interface Dossier {
  id: string;
  applicant: string;
  isReceived: boolean;
  /** The files attached to it. */
  files: string[];
}

export interface UsesParts {
  records: Records<StoredEvidence>;
  /** The dossiers of the ids, and those that one of the files is attached to. */
  dossiers(asked: { ids: string[]; files: string[] }): Promise<Dossier[]>;
  /** The testing laboratories of the register. */
  laboratories(): Promise<Laboratory[]>;
  /** When the purchases began and were settled, by id. */
  settlings(ids: string[]): Promise<Map<string, Settling>>;
  /** @throws Problem 404 */
  certificate(id: string): Promise<Pick<Certificate, 'scheme' | 'holder'>>;
}

/**
 * The files with every use: those that their record names, and the dossiers that they are attached to, which is told by the
 * dossiers alone.
 */
export async function withUses(parts: UsesParts, records: StoredEvidence[]): Promise<StoredEvidence[]> {
  if (records.length === 0) return [];
  const dossiers = await parts.dossiers({ ids: [], files: records.map(({ id }) => id) });
  return records.map((record) => {
    const attached = dossiers.filter(({ files }) => files.includes(record.id)).map(({ id }) => dossierUse(id));
    const further = attached.filter((use) => !record.uses.some((named) => isSameUse(named, use)));
    return { ...record, uses: [...record.uses, ...further] };
  });
}

/** The files with the time for which their purchases want them kept, as those are known now. */
export async function withRetention(parts: UsesParts, records: StoredEvidence[]): Promise<StoredEvidence[]> {
  const purchasesOf = ({ uses }: StoredEvidence) => [
    ...new Set(uses.filter(({ kind }) => kind === 'purchaseLine').map(({ id }) => id)),
  ];
  const asked = [...new Set(records.flatMap(purchasesOf))];
  if (asked.length === 0) return records;
  const known = await parts.settlings(asked);
  return records.map((record) => {
    const purchases = purchasesOf(record).flatMap((id) => known.get(id) ?? []);
    return { ...record, ...retention(record, purchases) };
  });
}

/** The files with what became of the accreditation of their laboratory. */
export async function withLaboratories(
  { laboratories }: UsesParts,
  records: StoredEvidence[],
  today: string,
): Promise<StoredEvidence[]> {
  if (records.every(({ laboratory }) => laboratory === undefined)) return records;
  const known = await laboratories();
  return records.map((record) => {
    const ended = laboratoryEnded(record, known, today);
    return ended ? { ...record, laboratoryEnded: ended } : record;
  });
}

function dossierUse(id: string): EvidenceUse {
  return { kind: 'application', id };
}

/**
 * Which applicants and holders used the bytes of each file, by hash, in dossiers that were received and certificates: the
 * same report in the dossiers of two suppliers is what a reviewer wants to see.
 */
export async function usersOf(parts: UsesParts, hashes: string[]): Promise<Map<string, Set<string>>> {
  const same = await parts.records.find({ hash: { $in: [...new Set(hashes)] } });
  const all = await withUses(parts, same);
  const idsOf = (kind: EvidenceUse['kind']) => [
    ...new Set(all.flatMap(({ uses }) => uses.filter((use) => use.kind === kind).map(({ id }) => id))),
  ];
  const dossiers = await parts.dossiers({ ids: idsOf('application'), files: [] });
  const received = dossiers.filter(({ isReceived }) => isReceived);
  const parties = new Map(received.map(({ id, applicant }) => [id, applicant]));
  for (const id of idsOf('certificate')) parties.set(id, (await parts.certificate(id)).holder);
  const users = new Map<string, Set<string>>();
  for (const { hash, uses } of all) {
    const known = users.get(hash) ?? new Set();
    users.set(hash, known);
    for (const { id } of uses) if (parties.has(id)) known.add(parties.get(id)!);
  }
  return users;
}
