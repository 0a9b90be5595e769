import type { ApplicationEventInput } from '../../schemas/types.d.ts';
import type { Clock } from '../core/clock.ts';
import { Problem } from '../core/problem.ts';
import type { Records } from '../core/records.ts';
import type { Actor, Idempotency } from '../core/route.ts';
import { openSteps } from './appeal.rules.ts';
import type { WorkCalendar } from '../reference/calendar.rules.ts';
import { isOneTooMany, mostEvents } from './bounds.rules.ts';
import { afterEvent, type Happening, type StoredApplication } from './dossier.rules.ts';
import { transitionOf, transitions } from './lifecycle.rules.ts';
import type { Transition } from './transition.rules.ts';
import { refuseUnmet, type NeedParts } from './need.service.ts';
import { procedureOf } from './procedure.rules.ts';
import { aroundOf, isSeen, refusalOf } from './standing.service.ts';

/** What acting on a dossier needs. */
export interface ActingParts extends NeedParts {
  records: Records<StoredApplication>;
  clock: Clock;
  calendar(): Promise<WorkCalendar>;
  /** The mark of an approved dossier. */
  unregistered: string;
  /** Says that a dossier changed. */
  changed(): void;
}

/** An event and the key under which it is sent. */
export interface ActEntry {
  input: ApplicationEventInput;
  idempotency?: Idempotency | undefined;
}

const triesOnConflict = 50;
/** Said inside a write when the dossier is another one than was looked at. */
const stale = new Error('stale');

/** Lets the event happen, looked at again from the start where somebody else was faster. @throws Problem 403, 404, 409, 422 */
export async function act(
  parts: ActingParts,
  { actor, id, input, idempotency }: ActEntry & { actor: Actor; id: string },
): Promise<StoredApplication> {
  const { records } = parts;
  for (let tries = 0; tries < triesOnConflict; tries++) {
    const before = await visible(parts, actor, id);
    const repeated = await records.repeated(before.applicant, idempotency);
    if (repeated) return repeated;
    const happening = await prepare(parts, { actor, before, input });
    const write = (current: StoredApplication, now: string): StoredApplication => {
      if (current.revision !== before.revision) throw stale;
      return afterEvent(current, { ...happening, now });
    };
    const isToRegister = happening.row.to === 'approved';
    const options = { by: actor, action: input.type, idempotency, marks: isToRegister ? [parts.unregistered] : [] };
    try {
      const after = await records.change(id, write, options);
      parts.changed();
      return after;
    } catch (error) {
      if (error !== stale) throw error;
    }
  }
  throw new Problem('BUSY');
}

/** The dossier, where the caller may see it. @throws Problem 403, 404 */
export async function visible(parts: ActingParts, actor: Actor, id: string): Promise<StoredApplication> {
  const dossier = await parts.records.get(id);
  if (!dossier) throw new Problem('NOT_FOUND');
  if (!(await isSeen(parts, actor, dossier))) throw new Problem('OTHER_ORGANISATION', { code: dossier.applicant });
  return dossier;
}

async function prepare(
  parts: ActingParts,
  {
    actor,
    before,
    input: { type, ...input },
  }: { actor: Actor; before: StoredApplication; input: ApplicationEventInput },
): Promise<Omit<Happening, 'now'>> {
  const today = parts.clock.today();
  const row = rowOf(before, type, today);
  const around = await aroundOf(parts, actor, before);
  const refusal = refusalOf(row, actor, { dossier: before, around });
  if (refusal) throw refusal;
  if (isOneTooMany(before, type)) throw new Problem('TOO_MANY_EVENTS', { most: mostEvents });
  const calendar = await parts.calendar();
  await refuseUnmet(parts, { row, dossier: before, input, actor, today, calendar });
  const role = actor.role === 'supplier' || actor.role === 'certifier' ? actor.role : 'operator';
  return { row, input, by: { ...actor, role }, today, calendar };
}

/** The row of the table by which an event can happen to the dossier now. @throws Problem 409 where it cannot */
export function rowOf(dossier: StoredApplication, event: Transition['event'], today: string): Transition {
  const { status, lapsesAfter } = dossier;
  const canLapse = transitions.some((row) => row.event === 'lapsed' && row.from === status);
  // It is over, whether the register has written so yet or not.
  if (canLapse && lapsesAfter !== undefined && lapsesAfter < today)
    throw new Problem('NOT_POSSIBLE_NOW', { status: 'lapsed', event });
  const row = transitionOf(status, event, { ...procedureOf(dossier), furtherStep: hasFurtherStep(dossier) });
  if (!row) throw new Problem('NOT_POSSIBLE_NOW', { status, event });
  return row;
}

/** Whether a step is open after the appeal that is under way. */
export function hasFurtherStep(dossier: StoredApplication): boolean {
  const step = dossier.events.findLast(({ type }) => type === 'appealed')?.step;
  return step !== undefined && openSteps(procedureOf(dossier), step).length > 0;
}
