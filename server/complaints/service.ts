import type {
  Complaint,
  ComplaintContact,
  ComplaintEventInput,
  ComplaintInput,
  ComplaintKind,
  ComplaintQuery,
  ComplaintStanding,
} from '../../schemas/types.d.ts';
import { Problem } from '../core/problem.ts';
import type { Page } from '../core/records.ts';
import type { Actor, Idempotency } from '../core/route.ts';
import { act } from './acting.service.ts';
import { find, list, show, standingOf } from './reading.service.ts';
import { viewOf } from './standing.service.ts';
import { forgetContacts, report, type ReportingParts } from './reporting.service.ts';

/** Reports of wrong labels, products and purchases; the only writer of their collections. */
export interface ComplaintService {
  /** Anybody's. @throws Problem 409 where enough are open, 422 for what there is not */
  report(
    actor: Actor | null,
    sent: { input: ComplaintInput; idempotency?: Idempotency | undefined },
  ): Promise<Complaint>;
  /** Lets something happen to it, by the table of `lifecycle.rules.ts`. @throws Problem 403, 404, 409, 422 */
  act(
    actor: Actor,
    id: string,
    sent: { input: ComplaintEventInput; idempotency?: Idempotency | undefined },
  ): Promise<Complaint>;
  /** By its id or its number, as far as the caller may see it. @throws Problem 404 */
  get(actor: Actor | null, name: string): Promise<Complaint>;
  /** Those that concern the caller, the one received first first. */
  page(actor: Actor, query: ComplaintQuery): Promise<Page<Complaint>>;
  /** How those about a record stand. @throws Problem 403, 404 for a record that the caller may not read */
  about(actor: Actor | null, kind: ComplaintKind, id: string): Promise<ComplaintStanding>;
  /** How its reporter is reached. @throws Problem 404 where nothing is known of that */
  contact(id: string): Promise<ComplaintContact>;
  /** Forgets how its reporter is reached. @throws Problem 404 */
  forgetContact(id: string): Promise<void>;
  /** Lets pass who has a part in it: reporter, party, operator. @throws Problem 403, 404 */
  refuseOthers(actor: Actor, id: string): Promise<void>;
  /** Forgets whatever says how a person is reached. */
  forgetReporter(person: string): Promise<void>;
}

interface ComplaintParts extends ReportingParts {
  /** @throws Problem 403, 404 for a record that the caller may not read */
  refuseReading(actor: Actor | null, kind: ComplaintKind, id: string): Promise<void>;
}

/** The reports over their records. */
export function createComplaintService(parts: ComplaintParts): ComplaintService {
  const { contacts } = parts;
  return {
    report: async (actor, sent) => show(parts, actor, await report(parts, actor, sent)),
    act: async (actor, id, sent) => show(parts, actor, await act(parts, actor, { id, ...sent })),
    get: async (actor, name) => show(parts, actor, await find(parts, actor, name)),
    page: (actor, query) => list(parts, actor, query),
    async about(actor, kind, id) {
      await parts.refuseReading(actor, kind, id);
      return standingOf(parts, { kind, id });
    },
    async contact(complaint) {
      const [found] = await contacts.find({ complaint }, 1);
      if (!found) throw new Problem('NOT_FOUND');
      return found;
    },
    async forgetContact(complaint) {
      if ((await forgetContacts(parts, { complaint })) === 0) throw new Problem('NOT_FOUND');
    },
    async refuseOthers(actor, id) {
      const complaint = await find(parts, actor, id);
      if ((await viewOf(parts, actor, complaint)) === 'public') throw new Problem('FORBIDDEN');
    },
    forgetReporter: async (reporter) => void (await forgetContacts(parts, { reporter })),
  };
}
