import type { LocalisedText, RecordAuthor, RecordedChange, RecordHistory } from '../../schemas/types.d.ts';
import { seed, system, type Author } from '../core/author.rules.ts';
import { changesBetween, valueAt } from '../core/change.rules.ts';
import { statesAfter } from '../core/history.rules.ts';
import { Problem } from '../core/problem.ts';
import type { Actor } from '../core/route.ts';
import type { AuditedRecord, AuditStore } from './port.ts';
import { createSealedLeaves } from './sealed.service.ts';
import { firstUnsealed, misfitOf } from './verify.service.ts';

export interface ReadingParts {
  store: AuditStore;
  /** Collections whose records are shown to nobody, though their history is kept and sealed. */
  secret: readonly string[];
  /** The names of those of the organisations that the actor may see. */
  organisationNames(actor: Actor | null, codes: string[]): Promise<ReadonlyMap<string, LocalisedText>>;
}

/** Which record. */
export interface RecordName {
  kind: string;
  id: string;
}

/** The record of that name. @throws Problem 404 */
export async function auditedRecord({ store, secret }: ReadingParts, { kind, id }: RecordName): Promise<AuditedRecord> {
  const [record] = secret.includes(kind) ? [] : await store.some(kind, [id]);
  if (!record) throw new Problem('NOT_FOUND');
  return record;
}

/** Every write of a record as the actor may see it: actors by their ids only for operator and auditor. @throws Problem 404 */
export async function readHistory(parts: ReadingParts, actor: Actor | null, name: RecordName): Promise<RecordHistory> {
  const { store } = parts;
  const record = await auditedRecord(parts, name);
  const { history, state, unsealedSince } = record;
  const codes = history.flatMap(({ by }) => by.org ?? []);
  const names = await parts.organisationNames(actor, [...new Set(codes)]);
  const states = statesAfter(history, state).map((each) => store.shown(record.collection, each));
  return {
    ...name,
    fits: misfitOf(store, record) === null && (await firstUnsealed(createSealedLeaves(store), record)) === null,
    entries: history.map(({ seq, at, action, by, hash }, index) => ({
      seq,
      at,
      action,
      by: shownAuthor(actor, by, names),
      changes: changesShown(states[index - 1] ?? {}, states[index]!),
      hash,
      sealed: unsealedSince === undefined || at < unsealedSince,
    })),
  };
}

function shownAuthor(
  actor: Actor | null,
  { id, role, org }: Author,
  names: ReadonlyMap<string, LocalisedText>,
): RecordAuthor {
  const seesIds = actor?.role === 'operator' || actor?.role === 'auditor';
  const orgName = org === undefined ? undefined : names.get(org);
  return {
    ...((seesIds || id === system.id || id === seed.id) && { id }),
    ...(role && { role }),
    ...(orgName && { org, orgName }),
  };
}

/** What a write changed, with both sides of it; of a list that grew each of the new elements. */
function changesShown(before: object, after: object): RecordedChange[] {
  return changesBetween(before, after).flatMap(({ path, was, length }): RecordedChange[] => {
    const now = valueAt(after, path) as RecordedChange['after'];
    if (length !== undefined && Array.isArray(now))
      return now
        .slice(length)
        .map((added: RecordedChange['after'], at) => ({ path: `${path}/${length + at}`, after: added }));
    return [
      {
        path,
        ...(was !== undefined && { before: was }),
        ...(now !== undefined && { after: now }),
      },
    ];
  });
}
