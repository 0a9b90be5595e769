import type {
  InvitationAcceptance,
  Membership,
  Organisation,
  SignUp,
  SignUpInput,
  VerificationInput,
} from '../../schemas/types.d.ts';
import type { Author } from '../core/author.rules.ts';
import { system } from '../core/author.rules.ts';
import type { Clock } from '../core/clock.ts';
import { Problem } from '../core/problem.ts';
import type { Records } from '../core/records.ts';
import type { Actor } from '../core/route.ts';
import { refusedLetter, signUpLetter, verifiedLetter, waitingLetter } from './letter.rules.ts';
import type { StoredMembership } from './memberships.service.ts';
import type { LetterText, People } from './port.ts';
import type { PostService } from './post.service.ts';
import { canAct, isActive } from './role.rules.ts';
import { decided, isWaiting } from './verification.rules.ts';

/** Suppliers who sign up by their tax code: they draft at once, and speak for their organisation once the operator has verified them. */
export interface SignUpService {
  /** Answers at once, and the same for every address and tax code; a letter with a link follows. */
  begin(input: SignUpInput): void;
  /** Opens the link: an account, the organisation, and a membership that waits. @throws Problem 401, 403 */
  confirm(input: InvitationAcceptance): Promise<Membership>;
  /** The operator's word; the person gets a letter. @throws Problem 404, 409 where it was decided already */
  decide(by: Actor, id: string, input: VerificationInput): Promise<Membership>;
  /** Forgets sign-ups of an address that nobody has confirmed. */
  forget(email: string): Promise<void>;
}

/** A sign-up as it is kept: of the link and the address only hashes. */
export interface StoredSignUp extends SignUp {
  tokenHash?: string;
  mailHash?: string;
}

interface SignUpParts {
  signUps: Records<StoredSignUp>;
  memberships: Records<StoredMembership>;
  people(): Promise<People>;
  post: PostService;
  secrets: { newSecret(): string; hashSecret(secret: string): string; hashAddress(email: string): Promise<string> };
  organisations: {
    byTaxCode(taxCode: string): Promise<Organisation | null>;
    enterUnverified(by: Author, company: { taxCode: string; name: string }): Promise<Organisation>;
    vouch(by: Author, code: string): Promise<Organisation>;
  };
  clock: Clock;
  address: string;
  /** Lets one count and write at a time, so that many at once do not pass a bound together. */
  inTurn<T>(work: () => Promise<T>): Promise<T>;
}

const openMs = 7 * 24 * 3_600_000;
/** An address gets no more letters than this while its links are open. */
const mostOpen = 3;

/** The sign-ups over their records. */
export function createSignUpService(parts: SignUpParts): SignUpService {
  const { signUps, secrets, post } = parts;
  return {
    begin: (input) => post.later(() => parts.inTurn(() => begin(parts, input))),
    confirm: (input) => confirm(parts, input),
    decide: (by, id, input) => decide(parts, { by, id, input }),
    async forget(email) {
      const mailHash = await secrets.hashAddress(email);
      for (const { id } of await signUps.find({ mailHash })) await signUps.forget(id);
    },
  };
}

async function begin(parts: SignUpParts, { email, ...company }: SignUpInput): Promise<void> {
  const { signUps, secrets, clock, post, address } = parts;
  for (const { id } of await signUps.find({ expiresAt: { $lte: clock.now() } }, 100)) await signUps.forget(id);
  const mailHash = await secrets.hashAddress(email);
  if ((await signUps.count({ mailHash })) >= mostOpen) return;
  const token = secrets.newSecret();
  const expiresAt = new Date(Date.parse(clock.now()) + openMs).toISOString();
  const record = { ...company, expiresAt, tokenHash: secrets.hashSecret(token), mailHash };
  await signUps.insert(() => record, { by: system });
  post.post(email, signUpLetter(`${address}/sign-up/confirm#${token}`, company));
}

async function confirm(parts: SignUpParts, input: InvitationAcceptance): Promise<Membership> {
  const { signUps, memberships, secrets, organisations, clock } = parts;
  const [found] = await signUps.find({ tokenHash: secrets.hashSecret(input.token) }, 1);
  const mailHash = await secrets.hashAddress(input.email);
  if (!found || found.expiresAt <= clock.now() || found.mailHash !== mailHash) throw new Problem('LINK_REFUSED');
  const { taxCode, company: name } = found;
  const known = await organisations.byTaxCode(taxCode);
  if (known && !canAct('supplier', known)) throw new Problem('ROLE_NOT_HERE');
  const person = await (await parts.people()).enter(input);
  await signUps.change(found.id, used, { by: system });
  const author: Author = { id: person, role: 'supplier' };
  const { code: org } = known ?? (await organisations.enterUnverified(author, { taxCode, name }));
  const own = (await memberships.find({ person, org, role: 'supplier' })).find(isActive);
  const now = clock.now();
  const draft = { person, role: 'supplier' as const, org, unverified: true as const, invitedBy: person };
  const membership =
    own ??
    (await memberships.insert(() => ({ ...draft, invitedThrough: now, from: now }), {
      by: { ...author, org },
      action: 'signedUp',
    }));
  await signUps.forget(found.id);
  if (!own) tellOperators(parts, waitingLetter(`${parts.address}/sign-ups`, { taxCode, company: name }));
  return membership;
}

/** Two may have opened the link at once: the first write has won. */
function used({ tokenHash, ...record }: StoredSignUp): StoredSignUp {
  if (tokenHash === undefined) throw new Problem('LINK_REFUSED');
  return record;
}

function tellOperators({ memberships, people, post }: SignUpParts, letter: LetterText): void {
  post.later(async () => {
    const operators = (await memberships.find({ role: 'operator' }, 100)).filter(isActive);
    const described = await (await people()).describe(operators.flatMap(({ person }) => person ?? []));
    for (const { email } of described.values()) post.post(email, letter);
  });
}

async function decide(
  parts: SignUpParts,
  { by, id, input: { result, reason } }: { by: Actor; id: string; input: VerificationInput },
): Promise<Membership> {
  const { memberships, organisations, people, post, address } = parts;
  const waiting = await memberships.get(id);
  if (!waiting) throw new Problem('NOT_FOUND');
  if (!isWaiting(waiting)) throw new Problem('ALREADY_DECIDED');
  const { org = '', person = '' } = waiting;
  // First: a person who is verified never acts for an organisation that is not; the same call completes what was cut off.
  const organisation = result === 'verified' ? await organisations.vouch(by, org) : undefined;
  const change = (record: StoredMembership, now: string): StoredMembership => {
    if (!isWaiting(record)) throw new Problem('ALREADY_DECIDED');
    return decided(record, reason, now);
  };
  const membership = await memberships.change(id, change, { by, action: result });
  const described = (await (await people()).describe([person])).get(person);
  if (described) {
    const letter = organisation ? verifiedLetter(address, organisation.name) : refusedLetter(reason ?? '');
    post.post(described.email, letter);
  }
  return membership;
}
