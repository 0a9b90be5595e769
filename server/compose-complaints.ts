import { randomInt } from 'node:crypto';
import type { ComplaintSubject } from '../schemas/types.d.ts';
import type { MembershipService } from './accounts/memberships.service.ts';
import type { PostService } from './accounts/post.service.ts';
import { stateOn } from './certificates/state.rules.ts';
import type { Collections } from './collections.ts';
import type { Concerned } from './complaints/port.ts';
import { createComplaintService, type ComplaintService } from './complaints/service.ts';
import type { Registry } from './compose-registry.ts';
import type { Clock } from './core/clock.ts';
import type { PurchaseService } from './purchases/service.ts';
import { calendarOf } from './reference/calendar.rules.ts';
import { Problem } from './core/problem.ts';

interface ComplaintComposition {
  records: Collections;
  registry: Registry;
  purchases: PurchaseService;
  memberships: Pick<MembershipService, 'ofPerson' | 'addressesOf'>;
  post: Pick<PostService, 'post' | 'later'>;
  /** Where people reach the server, for links in letters. */
  address: string;
  clock: Clock;
}

/** Reports with what they are about. */
export function composeComplaints(composition: ComplaintComposition): ComplaintService {
  const { records, registry, purchases, memberships, post, address, clock } = composition;
  const { certificates, catalogue, organisations, reference } = registry;
  return createComplaintService({
    records: records.complaints,
    contacts: records.complaintContacts,
    post: { post: post.post, later: post.later, addressesOf: memberships.addressesOf, address },
    clock,
    calendar: async () => calendarOf(await reference.holidays.all()),
    concerned: (subject) => concernedBy(composition, subject),
    newReference,
    async lineage(code) {
      const above = await organisations.lineage(code);
      return above.length > 0 ? above : [code];
    },
    subtree: async (agency) => (await organisations.tree(clock.now())).subtreeOn(agency, clock.today()),
    async schemesOf(org) {
      const body = (await organisations.byCode([org])).get(org);
      return (body?.mayCertify ?? []).map(({ scheme }) => scheme);
    },
    organisationsOf: async (person) => (await memberships.ofPerson(person)).flatMap(({ org }) => org ?? []),
    async refuseReading(actor, kind, id) {
      if (kind === 'certificate') await certificates.get(id);
      else if (kind === 'purchase') await (actor ? purchases.get(actor, id) : refuse());
      else if (!(await catalogue.byId([id])).has(id)) refuse();
    },
  });
}

function refuse(): never {
  throw new Problem('NOT_FOUND');
}

/** The holder of a certificate today, the supplier of a product, the agency of a purchase. */
async function concernedBy(
  { records, registry, clock }: ComplaintComposition,
  { kind, id = '', agency = '', reference }: ComplaintSubject,
): Promise<Concerned | null> {
  if (kind === 'product') {
    const product = (await registry.catalogue.byId([id])).get(id);
    return product ? { id, party: product.supplier } : null;
  }
  if (kind === 'certificate') {
    const certificate = await records.certificates.get(id);
    if (!certificate) return null;
    const { holder, scheme, body } = stateOn(certificate, clock.today());
    return { id, party: holder, scheme, ...(body !== undefined && { body }) };
  }
  if (id !== '') {
    const purchase = await records.purchases.get(id);
    return purchase && { id, party: purchase.agency };
  }
  // Whether it is there is told to nobody: purchases are not public.
  const named = await records.purchases.find({ agency, reference }, 2);
  const isAgency = (await registry.organisations.byCode([agency])).get(agency)?.kind === 'agency';
  return { ...(named.length === 1 && { id: named[0]!.id }), ...(isAgency && { party: agency }) };
}

// Without letters and digits that are taken for each other.
const letters = '23456789ABCDEFGHJKMNPQRSTVWXYZ';

function newReference(year: string): string {
  const drawn = Array.from({ length: 8 }, () => letters[randomInt(letters.length)]);
  return `PA-${year}-${drawn.join('')}`;
}
