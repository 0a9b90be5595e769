import type { Complaint, ComplaintKind, ComplaintQuery, ComplaintStanding } from '../../schemas/types.d.ts';
import { Problem } from '../core/problem.ts';
import type { Filter, Page } from '../core/records.ts';
import type { Actor } from '../core/route.ts';
import { seenAs, type StoredComplaint } from './case.rules.ts';
import { ends, open, transitions } from './lifecycle.rules.ts';
import { aroundOf, listedFor, refusalOf, viewOf, type StandingParts } from './standing.service.ts';
import { isReplyTimeOver } from './term.rules.ts';

/** The report as the caller sees it, with what it may do now. */
export async function show(parts: StandingParts, actor: Actor | null, complaint: StoredComplaint): Promise<Complaint> {
  const today = parts.clock.today();
  const view = await viewOf(parts, actor, complaint);
  const seen = seenAs(complaint, view, today);
  if (actor === null || view === 'public') return { ...seen, possible: [] };
  const around = await aroundOf(parts, actor, complaint);
  const rows = transitions.filter(
    (row) =>
      row.from === complaint.status &&
      (!row.needs.includes('party') || complaint.party !== undefined) &&
      (!row.needs.includes('heard') || isReplyTimeOver(complaint, today)) &&
      refusalOf(row, actor, { complaint, around }) === null,
  );
  return { ...seen, possible: rows.map(({ event }) => event) };
}

/**
 * By its id or by the number that the reporter was given; that of a purchase by its number alone to whom it is not for, because
 * ids can be guessed. @throws Problem 404
 */
export async function find(parts: StandingParts, actor: Actor | null, name: string): Promise<StoredComplaint> {
  const { records } = parts;
  if (name.startsWith('PA-')) {
    const [named] = await records.find({ reference: name }, 1);
    if (named) return named;
    throw new Problem('NOT_FOUND');
  }
  const found = await records.get(name);
  const isHidden = found?.subject.kind === 'purchase' && (await viewOf(parts, actor, found)) === 'public';
  if (!found || isHidden) throw new Problem('NOT_FOUND');
  return found;
}

/** The reports that concern the caller, the one received first first. */
export async function list(parts: StandingParts, actor: Actor, query: ComplaintQuery): Promise<Page<Complaint>> {
  const { open: isOpen, status, kind, late, limit, cursor } = query;
  const overdue = { $lt: parts.clock.today() };
  const filters: Filter[] = [
    await listedFor(parts, actor),
    ...(isOpen === undefined ? [] : [{ status: { $in: isOpen ? open : ends } }]),
    ...(status ? [{ status }] : []),
    ...(kind ? [{ 'subject.kind': kind }] : []),
    ...(late
      ? [
          {
            $or: [
              { status: 'received', checkDueOn: overdue },
              { status: { $in: ['withParty', 'replied'] }, decideDueOn: overdue },
            ],
          },
        ]
      : []),
  ];
  const page = await parts.records.page({ $and: filters }, { limit, ...(cursor !== undefined && { cursor }) });
  return { ...page, items: await Promise.all(page.items.map((complaint) => show(parts, actor, complaint))) };
}

const mostDecided = 20;

/** How the reports about a record stand. */
export async function standingOf(
  { records }: StandingParts,
  { kind, id }: { kind: ComplaintKind; id: string },
): Promise<ComplaintStanding> {
  const about = { 'subject.kind': kind, 'subject.id': id };
  const [waiting, upheld, rejected, decided] = await Promise.all([
    records.count({ ...about, status: { $in: open } }),
    records.count({ ...about, status: 'upheld' }),
    records.count({ ...about, status: 'rejected' }),
    records.find({ ...about, status: { $in: ['upheld', 'rejected'] } }, mostDecided, { changedAt: -1 }),
  ]);
  return {
    open: waiting,
    upheld,
    rejected,
    decided: decided.flatMap(({ reference, ground, receivedOn, decision }) =>
      decision ? [{ reference, ground, receivedOn, decision }] : [],
    ),
  };
}
