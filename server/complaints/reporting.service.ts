import type { ComplaintInput } from '../../schemas/types.d.ts';
import type { Author } from '../core/author.rules.ts';
import { broken, Problem } from '../core/problem.ts';
import type { Actor, Idempotency } from '../core/route.ts';
import type { ActingParts } from './acting.service.ts';
import type { StoredComplaint } from './case.rules.ts';
import { open } from './lifecycle.rules.ts';
import type { FindConcerned } from './port.ts';
import { tell } from './telling.service.ts';
import { checkDueOn } from './term.rules.ts';

export interface ReportingParts extends ActingParts {
  concerned: FindConcerned;
  /** A number that nobody guesses, for the year. */
  newReference(year: string): string;
}

/** Whoever has no account. */
const anybody: Author = { id: 'anyone' };

/** So many open reports of people without an account a record has at the most: more say nothing new, and would only stain it. */
const mostOpenByAnybody = 20;

/** Takes a report from anybody. @throws Problem 409 where enough are open already, 422 for what there is not */
export async function report(
  parts: ReportingParts,
  actor: Actor | null,
  { input, idempotency }: { input: ComplaintInput; idempotency?: Idempotency | undefined },
): Promise<StoredComplaint> {
  const { records, clock } = parts;
  const { contact, subject: named, ...said } = input;
  const by = actor ?? anybody;
  const repeated = await records.repeated(undefined, idempotency);
  if (repeated) {
    await keepContact(parts, { complaint: repeated.id, contact, actor });
    return repeated;
  }
  const today = clock.today();
  if (said.seenOn !== undefined && said.seenOn > today) throw broken({ pointer: '/seenOn', code: 'IN_THE_FUTURE' });
  const found = await parts.concerned(named);
  if (!found) throw broken({ pointer: '/subject/id', code: 'UNKNOWN_ID', params: { id: named.id ?? '' } });
  const { id, ...concerned } = found;
  const subject = { ...named, ...(id !== undefined && { id }) };
  if (actor === null) await refuseFlood(parts, subject);
  const due = checkDueOn(today, await parts.calendar());
  const complaint = await records.insert(
    (now) => ({
      ...said,
      ...concerned,
      subject,
      reference: parts.newReference(today.slice(0, 4)),
      status: 'received' as const,
      receivedOn: today,
      checkDueOn: due,
      events: [],
      ...(actor && { reportedBy: actor.id, ...(actor.org !== undefined && { reporterOrg: actor.org }) }),
      changedAt: now,
    }),
    { by, action: 'reported', idempotency },
  );
  await keepContact(parts, { complaint: complaint.id, contact, actor });
  tell(parts, complaint, 'reported');
  return complaint;
}

async function refuseFlood(
  { records }: ReportingParts,
  { kind, id, agency }: StoredComplaint['subject'],
): Promise<void> {
  const about =
    id === undefined ? { 'subject.kind': kind, 'subject.agency': agency } : { 'subject.kind': kind, 'subject.id': id };
  const waiting = await records.count({ ...about, status: { $in: open }, reportedBy: { $exists: false } });
  if (waiting >= mostOpenByAnybody) throw new Problem('ENOUGH_COMPLAINTS');
}

async function keepContact(
  { contacts }: ReportingParts,
  { complaint, contact, actor }: { complaint: string; contact: ComplaintInput['contact']; actor: Actor | null },
): Promise<void> {
  // Also where the same call was cut off before this.
  if (!contact || (await contacts.count({ complaint })) > 0) return;
  const reporter = actor ? { reporter: actor.id } : {};
  await contacts.insert(() => ({ complaint, ...contact, ...reporter }), { by: actor ?? anybody });
}

/** Forgets how a reporter is reached, by report or by person; how many were forgotten. */
export async function forgetContacts(
  { contacts }: Pick<ReportingParts, 'contacts'>,
  whose: { complaint: string } | { reporter: string },
): Promise<number> {
  const found = await contacts.find(whose);
  for (const { id } of found) await contacts.forget(id);
  return found.length;
}
