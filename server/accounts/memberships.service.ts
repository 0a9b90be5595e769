import type {
  InvitationAcceptance,
  InvitationInput,
  Membership,
  MembershipEntry,
  MembershipQuery,
  Organisation,
} from '../../schemas/types.d.ts';
import type { Author } from '../core/author.rules.ts';
import type { Clock } from '../core/clock.ts';
import { Problem } from '../core/problem.ts';
import type { Filter, Page, Records } from '../core/records.ts';
import type { Actor } from '../core/route.ts';
import { invitationLetter } from './letter.rules.ts';
import type { People } from './port.ts';
import type { PostService } from './post.service.ts';
import { canAct, isActive, isOfOrganisation } from './role.rules.ts';

/** Who acts in which role for which organisation, from the invitation to the end. */
export interface MembershipService {
  /** Invites an address; the letter is on its way. @throws Problem 403 for a role or an organisation that is not the caller's to give */
  invite(by: Actor, input: InvitationInput): Promise<Membership>;
  /** The link of an invitation by who runs the server, which no letter carries. */
  inviteByHand(by: Author, input: InvitationInput): Promise<string>;
  /** @throws Problem 403 for a link that is foreign, used or ended; 401 where the address has an account with another password */
  accept(input: InvitationAcceptance): Promise<Membership>;
  page(actor: Actor, query: MembershipQuery): Promise<Page<MembershipEntry>>;
  /** Ends it at once; whoever acts by it is out with the next call. */
  end(actor: Actor, id: string): Promise<Membership>;
  /** What the person may act for now. */
  ofPerson(person: string): Promise<Membership[]>;
  /** Where the people of an organisation are reached: its admins, where it has none all of its verified people. */
  addressesOf(org: string): Promise<string[]>;
  /** Ends all of a person's, and every open invitation of the address. Gives how many the person ever had. */
  endAll(by: Author, person: string, email: string | undefined): Promise<number>;
  /** Whether the caller may give and take roles and keys there: the operator everywhere, an admin in its own organisation. */
  manages(actor: Actor, org: string | undefined): Promise<boolean>;
}

/** A membership as it is kept: of the link and the address only hashes, and both only until it is accepted. */
export interface StoredMembership extends Membership {
  tokenHash?: string;
  mailHash?: string;
}

export interface MembershipParts {
  memberships: Records<StoredMembership>;
  people(): Promise<People>;
  post: PostService;
  secrets: { newSecret(): string; hashSecret(secret: string): string; hashAddress(email: string): Promise<string> };
  organisation(code: string): Promise<Organisation>;
  clock: Clock;
  /** Where people reach the server. */
  address: string;
}

const invitedMs = 7 * 24 * 3_600_000;

/** The memberships over their records. */
export function createMembershipService(parts: MembershipParts): MembershipService {
  const { memberships, post, address } = parts;
  return {
    async invite(by, input) {
      const isHis = by.role === 'operator' || isOfOrganisation(input.role);
      if (!isHis || !(await manages(parts, by, input.org))) throw new Problem('FORBIDDEN');
      const { membership, token } = await invite(parts, by, input);
      const org = input.org === undefined ? undefined : await parts.organisation(input.org);
      post.post(input.email, invitationLetter(linkOf(address, token), org?.name));
      return membership;
    },
    inviteByHand: async (by, input) => linkOf(address, (await invite(parts, by, input)).token),
    accept: (input) => accept(parts, input),
    page: (actor, query) => page(parts, actor, query),
    async end(actor, id) {
      const found = await memberships.get(id);
      if (!found) throw new Problem('NOT_FOUND');
      if (!(await manages(parts, actor, found.org))) throw new Problem('FORBIDDEN');
      return end(parts, actor, id);
    },
    ofPerson: (person) => active(parts, { person }),
    addressesOf: (org) => addressesOf(parts, org),
    endAll: (by, person, email) => endAll(parts, by, { person, email }),
    manages: (actor, org) => manages(parts, actor, org),
  };
}

function linkOf(address: string, token: string): string {
  // Behind the `#`, so that the link's secret is in no log on the way.
  return `${address}/invitation#${token}`;
}

async function addressesOf(parts: MembershipParts, org: string): Promise<string[]> {
  const own = (await active(parts, { org })).filter(({ unverified }) => unverified === undefined);
  const admins = own.filter(({ admin }) => admin === true);
  const persons = (admins.length > 0 ? admins : own).flatMap(({ person }) => person ?? []);
  if (persons.length === 0) return [];
  const described = await (await parts.people()).describe([...new Set(persons)]);
  return [...described.values()].map(({ email }) => email);
}

async function active({ memberships }: MembershipParts, filter: { person?: string; org?: string }) {
  return (await memberships.find(filter, 100)).filter(isActive);
}

async function manages(parts: MembershipParts, actor: Actor, org: string | undefined): Promise<boolean> {
  if (actor.role === 'operator') return true;
  if (org === undefined || org !== actor.org) return false;
  return (await active(parts, { person: actor.id, org })).some(({ admin }) => admin === true);
}

async function invite(
  { memberships, secrets, organisation, clock }: MembershipParts,
  by: Author,
  { email, role, org, admin }: InvitationInput,
): Promise<{ membership: Membership; token: string }> {
  if (!canAct(role, org === undefined ? undefined : await organisation(org))) throw new Problem('ROLE_NOT_HERE');
  const token = secrets.newSecret();
  const mailHash = await secrets.hashAddress(email);
  const membership = await memberships.insert(
    () => ({
      role,
      ...(org && { org }),
      ...(admin && { admin }),
      invitedBy: by.id,
      invitedThrough: new Date(Date.parse(clock.now()) + invitedMs).toISOString(),
      tokenHash: secrets.hashSecret(token),
      mailHash,
    }),
    { by, action: 'invited' },
  );
  return { membership, token };
}

async function accept(parts: MembershipParts, input: InvitationAcceptance): Promise<Membership> {
  const { memberships, secrets, clock } = parts;
  const [found] = await memberships.find({ tokenHash: secrets.hashSecret(input.token) }, 1);
  const mailHash = await secrets.hashAddress(input.email);
  const isOpen = found && found.through === undefined && found.invitedThrough > clock.now();
  if (!isOpen || found.mailHash !== mailHash) throw new Problem('LINK_REFUSED');
  const person = await (await parts.people()).enter(input);
  const { role, org } = found;
  return memberships.change(
    found.id,
    ({ tokenHash, mailHash: _address, ...record }, now) => {
      // Two may have used the link at once: the first write has won.
      if (tokenHash === undefined || record.through !== undefined) throw new Problem('LINK_REFUSED');
      return { ...record, person, from: now };
    },
    { by: { id: person, role, ...(org && { org }) }, action: 'accepted' },
  );
}

async function page(
  parts: MembershipParts,
  actor: Actor,
  { person, org = actor.org, state, ...query }: MembershipQuery,
): Promise<Page<MembershipEntry>> {
  if (!(await manages(parts, actor, org))) throw new Problem('FORBIDDEN');
  const filter = { ...(org && { org }), ...(person && { person }), ...(state && inState(state, parts.clock.now())) };
  const found = await parts.memberships.page(filter, query);
  const ids = [...new Set(found.items.flatMap((item) => item.person ?? []))];
  const described = ids.length === 0 ? new Map() : await (await parts.people()).describe(ids);
  return { ...found, items: found.items.map((item) => ({ ...item, ...described.get(item.person) })) };
}

function inState(state: NonNullable<MembershipQuery['state']>, now: string): Filter {
  const [isThere, isNot] = [{ $exists: true }, { $exists: false }];
  if (state === 'unverified') return { unverified: true, through: isNot };
  if (state === 'ended') return { through: isThere };
  if (state === 'active') return { person: isThere, through: isNot, unverified: isNot };
  return { person: isNot, through: isNot, invitedThrough: { $gt: now } };
}

function end({ memberships }: MembershipParts, by: Author, id: string): Promise<Membership> {
  return memberships.change(id, ended, { by, action: 'ended' });
}

function ended({ tokenHash: _token, mailHash: _address, ...record }: StoredMembership, now: string): StoredMembership {
  return { ...record, through: record.through ?? now };
}

async function endAll(
  parts: MembershipParts,
  by: Author,
  { person, email }: { person: string; email: string | undefined },
): Promise<number> {
  const { memberships, secrets } = parts;
  const own = await memberships.find({ person });
  const open = email === undefined ? [] : await memberships.find({ mailHash: await secrets.hashAddress(email) });
  for (const { id } of [...own, ...open]) await end(parts, by, id);
  return own.length;
}
