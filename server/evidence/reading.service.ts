import type { Evidence, EvidenceQuery, EvidenceUse } from '../../schemas/types.d.ts';
import { holderWhileWaiting } from '../accounts/verification.rules.ts';
import type { Clock } from '../core/clock.ts';
import { Problem } from '../core/problem.ts';
import type { Filter, Page } from '../core/records.ts';
import type { Actor, Role } from '../core/route.ts';
import { endedKeys } from './laboratory.rules.ts';
import { hasEnded } from './retention.rules.ts';
import { holderOf, isOwn, mayRead, refuseReading, refuseUnread, type StandingParts } from './standing.service.ts';
import {
  usersOf,
  withLaboratories,
  withRetention,
  withUses,
  type StoredEvidence,
  type UsesParts,
} from './uses.service.ts';

export interface ReadingParts extends StandingParts, UsesParts {
  clock: Clock;
}

/** Who looks through the evidence of others. */
const watchers: ReadonlySet<Role> = new Set<Role>(['operator', 'certifier', 'auditor']);
/** Who is told that others used the same bytes. */
const reviewers: ReadonlySet<Role> = new Set<Role>(['operator', 'certifier']);

/** What hides nothing that is there: the content of a removed file is gone. */
export const living: Filter = { removedOn: { $exists: false } };

/** The file, where the caller may read it, with every use. @throws Problem 403, 404 */
export async function visible(parts: ReadingParts, actor: Actor, id: string): Promise<StoredEvidence> {
  const found = await parts.records.get(id);
  if (!found) throw new Problem('NOT_FOUND');
  const [record] = await withUses(parts, [found]);
  await refuseUnread(parts, actor, record!);
  return record!;
}

/** The files as they are answered to the caller; `about` is an applicant whose own use says nothing new. */
export async function show(
  parts: ReadingParts,
  actor: Actor,
  { records, about }: { records: StoredEvidence[]; about?: string | undefined },
): Promise<Evidence[]> {
  const today = parts.clock.today();
  const users = reviewers.has(actor.role)
    ? await usersOf(
        parts,
        records.map(({ hash }) => hash),
      )
    : null;
  return Promise.all(
    (await withLaboratories(parts, await withRetention(parts, records), today)).map(async (record) => {
      const others = [...(users?.get(record.hash) ?? [])].filter((org) => org !== record.org && org !== about);
      return {
        ...record,
        uses: await readable(parts, actor, record),
        ended: hasEnded(record, today) && record.removedOn === undefined,
        ...(users && { alsoUsedBy: { count: others.length, organisations: others.toSorted() } }),
      };
    }),
  );
}

async function readable(parts: ReadingParts, actor: Actor, record: StoredEvidence): Promise<EvidenceUse[]> {
  if (isOwn(actor, record)) return record.uses;
  const may = await Promise.all(record.uses.map((use) => mayRead(parts, actor, use)));
  return record.uses.filter((_use, at) => may[at]);
}

/** The files of a use, those that have ended, or the caller's own. @throws Problem 403, 404 for what the caller may not read */
export async function list(parts: ReadingParts, actor: Actor, query: EvidenceQuery): Promise<Page<Evidence>> {
  const { use: asked, ended, limit, cursor } = query;
  const hasPassed = ended ? { $and: [await thatHaveEnded(parts)] } : {};
  const how = { limit, ...(cursor !== undefined && { cursor }) };
  if (asked !== undefined) {
    const use = useOf(asked);
    await refuseReading(parts, actor, use);
    const dossier = use.kind === 'application' ? await dossierOf(parts, use.id) : undefined;
    const page = await parts.records.page({ ...usedBy(use, dossier?.files), ...hasPassed, ...living }, how);
    const records = await withUses(parts, page.items);
    return { ...page, items: await show(parts, actor, { records, about: dossier?.applicant }) };
  }
  if (ended && watchers.has(actor.role)) return listEnded(parts, actor, how);
  // An auditor has none.
  const holder = { $in: [holderOf(actor) ?? '', holderWhileWaiting(actor)] };
  const page = await parts.records.page({ holder, ...hasPassed, ...living }, how);
  return { ...page, items: await show(parts, actor, { records: await withUses(parts, page.items) }) };
}

/** Files whose own last day is over, or the accreditation of whose laboratory is. */
async function thatHaveEnded({ laboratories, clock }: ReadingParts): Promise<Filter> {
  const today = clock.today();
  const ended = endedKeys(await laboratories(), today);
  return {
    $or: [{ validThrough: { $lt: today } }, ...(ended.length > 0 ? [{ accreditationKey: { $in: ended } }] : [])],
  };
}

/** Everything that has ended and that hangs on something the caller may read: looked at file by file, for such are few. */
async function listEnded(
  parts: ReadingParts,
  actor: Actor,
  { limit, cursor }: { limit: number; cursor?: string },
): Promise<Page<Evidence>> {
  const found = await parts.records.find({ ...(await thatHaveEnded(parts)), ...living }, 10_000, { _id: 1 });
  const all: StoredEvidence[] = [];
  for (const record of await withUses(parts, found)) {
    if (isOwn(actor, record) || (await readable(parts, actor, record)).length > 0) all.push(record);
  }
  const after = Buffer.from(cursor ?? '', 'base64url').toString();
  const rest = all.filter(({ id }) => id > after);
  const records = rest.slice(0, limit);
  const last = rest.length > limit ? records.at(-1) : undefined;
  return {
    items: await show(parts, actor, { records }),
    total: all.length,
    next: last ? Buffer.from(last.id).toString('base64url') : null,
  };
}

async function dossierOf(
  { dossiers }: ReadingParts,
  id: string,
): Promise<{ applicant: string; files: string[] } | undefined> {
  return (await dossiers({ ids: [id], files: [] }))[0];
}

/** Files that name the use, and those attached to the dossier. */
export function usedBy(use: EvidenceUse, attached: string[] = []): Filter {
  const { kind, id, lineNo } = use;
  const names = { uses: { $elemMatch: { kind, id, ...(lineNo !== undefined && { lineNo }) } } };
  return attached.length > 0 ? { $or: [names, { _id: { $in: attached } }] } : names;
}

function useOf(text: string): EvidenceUse {
  const [, kind = '', id = '', line] = /^(\w+):([0-9a-f]{24})(?:\/([0-9]+))?$/.exec(text) ?? [];
  return { kind: kind as EvidenceUse['kind'], id, ...(line !== undefined && { lineNo: Number(line) }) };
}
