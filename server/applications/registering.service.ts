import type { HolidayYear } from '../../schemas/types.d.ts';
import type { CatalogueService } from '../catalogue/service.ts';
import type { CertificateService } from '../certificates/service.ts';
import { stateOn } from '../certificates/state.rules.ts';
import { system } from '../core/author.rules.ts';
import { Problem, problemText, ruleText } from '../core/problem.ts';
import type { Records } from '../core/records.ts';
import type { Actor } from '../core/route.ts';
import type { ActingParts } from './acting.service.ts';
import { afterEvent, withDays, type StoredApplication } from './dossier.rules.ts';
import { ends, transitionOf, transitions } from './lifecycle.rules.ts';
import { entryOf } from './outcome.rules.ts';
import { procedureOf } from './procedure.rules.ts';

/** What follows from a decision, from the days that pass, and from what is learned of days off. */
export interface RegisteringParts extends ActingParts {
  certificates: Pick<CertificateService, 'refuseEntry' | 'refuseNewEvent' | 'create' | 'addEvent'>;
  /** Accepts products into public search. */
  accept: CatalogueService['accept'];
  holidays: Pick<Records<HolidayYear>, 'marked' | 'unmark'>;
  /** The mark of a year of which deadlines do not know yet. */
  undated: string;
}

const atOnce = 50;
const lapsing = transitions.filter(({ event }) => event === 'lapsed').map(({ from }) => from);

/**
 * Enters what was approved, some at a time: the certificate under a key that the dossier gives it, the listing, then what
 * came of it. Done twice it gives the same, so whatever a crash cuts off is done again. Gives how many there were.
 */
export async function registerSome(parts: RegisteringParts): Promise<number> {
  const { records, unregistered } = parts;
  const waiting = await records.marked(unregistered, atOnce);
  for (const dossier of waiting) {
    const isApproved = dossier.status === 'approved' && dossier.outcome === undefined;
    await records.unmark([isApproved ? await register(parts, dossier) : dossier], unregistered);
  }
  return waiting.length;
}

async function register(parts: RegisteringParts, dossier: StoredApplication): Promise<StoredApplication> {
  const outcome = await enter(parts, dossier);
  const write = (current: StoredApplication, now: string): StoredApplication => ({
    ...current,
    outcome: { ...outcome, recordedAt: now },
    changedAt: now,
  });
  return parts.records.change(dossier.id, write, {
    by: system,
    action: 'registered',
    expected: dossier.revision,
    marks: [],
  });
}

/** What the register refuses for good is for the decider to correct; whatever else fails is tried again. */
async function enter(
  parts: RegisteringParts,
  dossier: StoredApplication,
): Promise<{ certificate?: string; problem?: string }> {
  try {
    const certificate = await enterCertificate(parts, dossier);
    await parts.accept(system, dossier.products ?? []);
    return certificate === undefined ? {} : { certificate };
  } catch (error) {
    if (!(error instanceof Problem) || error.code === 'BUSY') throw error;
    const reasons = error.faults.map(({ code, params }) => ruleText(code, params).vi);
    return { problem: [problemText(error).vi, ...reasons].join(': ').slice(0, 200) };
  }
}

async function enterCertificate(parts: RegisteringParts, dossier: StoredApplication): Promise<string | undefined> {
  const { certificates, certificate, clock } = parts;
  const { decision } = dossier;
  if (!decision) return undefined;
  const earlier = dossier.certificate === undefined ? null : await certificate(dossier.certificate);
  const entry = entryOf(dossier, decision, earlier ? stateOn(earlier, clock.today()).products : []);
  if (!entry) return undefined;
  const { by: id, org } = decision;
  const actor: Actor = { id, role: 'certifier', ...(org !== undefined && { org }) };
  // No client can send a key with a space.
  const idempotency = { key: `application ${dossier.id}`, digest: 'application' };
  if (entry.do === 'certificate') return (await certificates.create(actor, entry.input, idempotency)).id;
  return (await certificates.addEvent(actor, entry.certificate, { event: entry.event, idempotency })).id;
}

/** Closes some dossiers whose six months are over (Decree 08/2022 art. 146). Gives how many it found. */
export async function lapseSome(parts: RegisteringParts): Promise<number> {
  const { records, clock, calendar: readCalendar } = parts;
  const today = clock.today();
  const over = await records.find({ status: { $in: lapsing }, lapsesAfter: { $lt: today } }, atOnce);
  if (over.length === 0) return 0;
  const calendar = await readCalendar();
  for (const { id } of over) {
    const lapse = (dossier: StoredApplication, now: string): StoredApplication => {
      const row = transitionOf(dossier.status, 'lapsed', { ...procedureOf(dossier), furtherStep: false });
      const by = { id: system.id, role: 'system' as const };
      return row ? afterEvent(dossier, { row, input: {}, by, now, today, calendar }) : dossier;
    };
    await records.change(id, lapse, { by: system, action: 'lapsed', marks: [] });
  }
  return over.length;
}

/** Dates every open dossier anew where something was learned of days off. Gives how many years were new. */
export async function redate(parts: RegisteringParts): Promise<number> {
  const { records, holidays, undated, clock, calendar: readCalendar } = parts;
  const years = await holidays.marked(undated, atOnce);
  if (years.length === 0) return 0;
  const [calendar, today] = [await readCalendar(), clock.today()];
  for await (const dossier of records.stream({ receivedOn: { $exists: true }, status: { $nin: [...ends] } })) {
    const dated = withDays(dossier, { calendar, today });
    const isSame = (['legalDueOn', 'workingDueOn', 'lapsesAfter'] as const).every((day) => dated[day] === dossier[day]);
    if (isSame) continue;
    await records.change(dossier.id, (current) => withDays(current, { calendar, today }), {
      by: system,
      action: 'dated',
      marks: [],
    });
  }
  await holidays.unmark(years, undated);
  return years.length;
}
