import type { Evidence, EvidenceInput, EvidenceKind, EvidenceQuery, EvidenceUse } from '../../schemas/types.d.ts';
import { Problem } from '../core/problem.ts';
import type { Page } from '../core/records.ts';
import type { Actor, Idempotency } from '../core/route.ts';
import { mediaTypes } from './content.rules.ts';
import { downloadName } from './name.rules.ts';
import { list, living, show, visible } from './reading.service.ts';
import { laterDay, removalFault } from './retention.rules.ts';
import { isOwn } from './standing.service.ts';
import { addUse, receive, type ReceivingParts, type SentEvidence } from './receiving.service.ts';
import { withRetention, type StoredEvidence } from './uses.service.ts';

/** Files that are evidence, and what is known of them; the only writer of both. */
export interface EvidenceService {
  /**
   * Keeps a file for the caller's organisation; the same file again is the same record, with the use added.
   * @throws Problem 403, 409 where it is there with other facts or the use has its most, 413, 415, 422
   */
  create(
    actor: Actor,
    sent: { input: EvidenceInput; file: SentEvidence; idempotency?: Idempotency | undefined },
  ): Promise<Evidence>;
  /** @throws Problem 403, 404 */
  get(actor: Actor, id: string): Promise<Evidence>;
  /** The bytes, for a download. @throws Problem 403, 404, 410 once they are removed */
  content(actor: Actor, id: string): Promise<Content>;
  /** Names a further use of a file of the caller's organisation. @throws Problem 403, 404, 409, 410, 422 */
  use(actor: Actor, id: string, sent: { use: EvidenceUse; idempotency?: Idempotency | undefined }): Promise<Evidence>;
  /** Removes the content; what was known of it stays. @throws Problem 403, 404, 409 while it must be kept, 412 */
  remove(actor: Actor, id: string, revision: number): Promise<Evidence>;
  /** @throws Problem 403, 404 for a use that the caller may not read */
  page(actor: Actor, query: EvidenceQuery): Promise<Page<Evidence>>;
  /** What is known of files by themselves, by id; a removed one is none. */
  facts(ids: string[]): Promise<Map<string, Facts>>;
  /** Those of the files that the caller may attach to a dossier: its own, and those that name the dossier as a use. */
  attachable(actor: Actor, ids: string[], dossier?: string): Promise<Set<string>>;
  /** Deletes bytes that no record names; how much. */
  sweep(): Promise<number>;
}

/** What is known of a file, whatever a dossier says of it. */
export type Facts = Pick<Evidence, 'uploadedBy' | 'issuedOn' | 'laboratory'> & { kind: EvidenceKind };

/** A file as it is downloaded. */
export interface Content {
  name: string;
  type: string;
  size: number;
  bytes: AsyncIterable<Uint8Array>;
}

const sweptAfterMs = 3_600_000;

/** The evidence over its records and files. */
export function createEvidenceService(parts: ReceivingParts): EvidenceService {
  const { records, files, clock } = parts;
  const answer = async (actor: Actor, record: StoredEvidence) => (await show(parts, actor, { records: [record] }))[0]!;
  return {
    create: async (actor, sent) => answer(actor, await receive(parts, actor, sent)),
    get: async (actor, id) => answer(actor, await visible(parts, actor, id)),
    content: (actor, id) => contentOf(parts, actor, id),
    async use(actor, id, { use, idempotency }) {
      await own(parts, actor, id);
      return answer(actor, await addUse(parts, actor, { id, use, at: '', idempotency }));
    },
    remove: async (actor, id, revision) => answer(actor, await remove(parts, actor, { id, revision })),
    page: (actor, query) => list(parts, actor, query),
    async facts(ids) {
      const found = ids.length > 0 ? await records.find({ _id: { $in: [...new Set(ids)] }, ...living }) : [];
      return new Map(found.map((record) => [record.id, record]));
    },
    async attachable(actor, ids, dossier) {
      const found = ids.length > 0 ? await records.find({ _id: { $in: [...new Set(ids)] }, ...living }) : [];
      const mine = found.filter(
        (record) =>
          isOwn(actor, record) || record.uses.some(({ kind, id }) => kind === 'application' && id === dossier),
      );
      return new Set(mine.map(({ id }) => id));
    },
    async sweep() {
      const before = new Date(Date.parse(clock.now()) - sweptAfterMs).toISOString();
      return files.sweep(before, async (hash) => (await records.count({ hash, ...living })) > 0);
    },
  };
}

/** A file of the caller's own organisation, with every use. @throws Problem 403, 404 */
async function own(parts: ReceivingParts, actor: Actor, id: string): Promise<StoredEvidence> {
  const record = await visible(parts, actor, id);
  if (!isOwn(actor, record)) throw new Problem('OTHER_ORGANISATION', { code: id });
  return record;
}

async function contentOf(parts: ReceivingParts, actor: Actor, id: string): Promise<Content> {
  const { hash, name, type, size, removedOn } = await visible(parts, actor, id);
  const bytes = removedOn === undefined ? await parts.files.read(hash) : null;
  if (!bytes) throw new Problem('EVIDENCE_REMOVED');
  return { name: downloadName(name, type), type: mediaTypes[type], size, bytes };
}

async function remove(
  parts: ReceivingParts,
  actor: Actor,
  { id, revision }: { id: string; revision: number },
): Promise<StoredEvidence> {
  const { records, files, clock } = parts;
  const [seen] = await withRetention(parts, [await own(parts, actor, id)]);
  const { hash, uses, removedOn, retainUntil } = seen!;
  if (removedOn !== undefined) throw new Problem('EVIDENCE_REMOVED');
  const today = clock.today();
  // Refused before anything is released; the record says it again when it is written.
  const keepsOn = (record: StoredEvidence) => {
    const last = laterDay(record.retainUntil, retainUntil);
    const fault = removalFault(
      { uses: [...record.uses, ...uses], ...(last !== undefined && { retainUntil: last }) },
      today,
    );
    if (fault) throw new Problem(fault.code, { ...fault });
  };
  keepsOn((await records.get(id))!);
  await files.release(hash, clock.now());
  const change = ({ key: _key, ...record }: StoredEvidence): StoredEvidence => {
    keepsOn(record);
    return { ...record, removedOn: today };
  };
  return records.change(id, change, { by: actor, action: 'removed', expected: revision });
}
