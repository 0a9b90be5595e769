import type {
  Membership,
  PasswordChangeInput,
  PasswordResetInput,
  SecondFactor,
  SecondFactorInput,
  SignInEntry,
  SignInInput,
} from '../../schemas/types.d.ts';
import type { Author } from '../core/author.rules.ts';
import { Problem } from '../core/problem.ts';
import type { Actor, Route } from '../core/route.ts';
import { deviceOf } from './device.rules.ts';
import type { KeyService } from './keys.service.ts';
import type { MembershipService } from './memberships.service.ts';
import type { People, PersonSession } from './port.ts';
import type { PostService } from './post.service.ts';
import { membershipOf } from './role.rules.ts';
import type { SignUpService } from './sign-ups.service.ts';
import { standingFor } from './verification.rules.ts';

/** What is done, and the cookies that the browser is to keep. */
type Done<T = object> = T & { cookies: string[] };

/** The person behind a browser's cookies, what it may act for, and what it acts for now. */
export interface SignedIn {
  session: PersonSession;
  memberships: Membership[];
  chosen: Membership | undefined;
}

/** People: they sign in with a password and act for one of their memberships. `cookie` is what the browser sent. */
export interface PeopleService {
  /** @throws Problem 401, the same whether address or password is wrong */
  signIn(input: SignInInput, userAgent?: string): Promise<Done<{ needsCode: boolean }>>;
  secondFactor(cookie: string, input: SecondFactorInput, userAgent?: string): Promise<Done>;
  signOut(cookie: string): Promise<Done>;
  /** Answers at once, and the same for every address. */
  forgotten(email: string): void;
  reset(input: PasswordResetInput): Promise<void>;
  changePassword(cookie: string, input: PasswordChangeInput): Promise<Done>;
  /** Ends every other sign-in. @throws Problem 401 */
  signOutElsewhere(cookie: string): Promise<void>;
  /** Where the person is signed in, the last one first. @throws Problem 401 */
  sessions(cookie: string): Promise<SignInEntry[]>;
  /** @throws Problem 401, 404 for a sign-in that is not the person's own */
  endSession(cookie: string, id: string): Promise<void>;
  setSecondFactor(cookie: string, password: string): Promise<SecondFactor>;
  confirmSecondFactor(cookie: string, code: string): Promise<Done>;
  removeSecondFactor(cookie: string, password: string): Promise<Done>;
  signedIn(cookie: string): Promise<SignedIn | null>;
  /** For whom the person acts: nobody where it has not chosen; null where there is no person. @throws Problem 403 for a call that is closed to who waits to be verified */
  caller(
    cookie: string,
    route: Pick<Route, 'access' | 'unverified'>,
  ): Promise<{ actor: Actor | null; person: string } | null>;
  /** @throws Problem 403 for a membership that is not the person's own */
  choose(cookie: string, membership: string): Promise<void>;
  /** Removes whatever says who the person is, and ends its sessions, memberships and the keys that it made. @throws Problem 404 */
  erase(by: Author, id: string): Promise<void>;
}

interface PeopleServiceParts {
  people(): Promise<People>;
  memberships: MembershipService;
  keys: Pick<KeyService, 'endMadeBy'>;
  signUps: Pick<SignUpService, 'forget'>;
  post: PostService;
  /** Forgets what other features keep of a person. */
  forgetElsewhere(person: string): Promise<void>;
}

/** The people over the authentication library and their memberships. */
export function createPeopleService(parts: PeopleServiceParts): PeopleService {
  const { people, post } = parts;
  const call = async <T = object>(cookie: string, path: string, body: object) =>
    (await people()).call<T>(path, { cookie, body });
  return {
    signIn: (input, userAgent) => signIn(parts, input, deviceOf(userAgent)),
    secondFactor: (cookie, input, userAgent) => secondFactor(parts, cookie, { input, device: deviceOf(userAgent) }),
    signOut: (cookie) => call(cookie, 'sign-out', {}),
    forgotten: (email) => post.later(async () => void (await call('', 'request-password-reset', { email }))),
    reset: async ({ token, password }) => void (await call('', 'reset-password', { token, newPassword: password })),
    changePassword: (cookie, { current, password }) =>
      again(parts, cookie, {
        path: 'change-password',
        body: { currentPassword: current, newPassword: password, revokeOtherSessions: true },
      }),
    signOutElsewhere: async (cookie) => void (await call(cookie, 'revoke-other-sessions', {})),
    sessions: (cookie) => sessions(parts, cookie),
    endSession: (cookie, id) => endSession(parts, cookie, id),
    async setSecondFactor(cookie, password) {
      const { body } = await call<{ totpURI: string; backupCodes: string[] }>(cookie, 'two-factor/enable', {
        password,
      });
      return { uri: body.totpURI, recoveryCodes: body.backupCodes };
    },
    confirmSecondFactor: (cookie, code) => again(parts, cookie, { path: 'two-factor/verify-totp', body: { code } }),
    removeSecondFactor: (cookie, password) => again(parts, cookie, { path: 'two-factor/disable', body: { password } }),
    signedIn: (cookie) => signedIn(parts, cookie),
    async caller(cookie, route) {
      const found = await signedIn(parts, cookie);
      return found && { actor: callerOf(found, route), person: found.session.person };
    },
    choose: (cookie, membership) => choose(parts, cookie, membership),
    erase: (by, id) => erase(parts, by, id),
  };
}

async function signIn({ people }: PeopleServiceParts, input: SignInInput, device: string) {
  // Without the cookies of before: whatever they are, the session is a new one.
  const sent = { cookie: '', body: input, device };
  const { body, cookies } = await (await people()).call<{ twoFactorRedirect?: boolean }>('sign-in/email', sent);
  return { needsCode: body.twoFactorRedirect === true, cookies };
}

async function secondFactor(
  { people }: PeopleServiceParts,
  cookie: string,
  { input, device }: { input: SecondFactorInput; device: string },
): Promise<Done> {
  const library = await people();
  return 'code' in input
    ? library.call('two-factor/verify-totp', { cookie, body: { code: input.code }, device })
    : library.call('two-factor/verify-backup-code', { cookie, body: { code: input.recoveryCode }, device });
}

async function sessions({ people }: PeopleServiceParts, cookie: string): Promise<SignInEntry[]> {
  const library = await people();
  const own = await sessionOf(library, cookie);
  const all = await library.sessions(own.person);
  return all.map(({ token, device, ...session }) => ({
    ...session,
    ...(device !== '' && { device }),
    isThis: token === own.token,
  }));
}

async function endSession({ people }: PeopleServiceParts, cookie: string, id: string): Promise<void> {
  const library = await people();
  const { person } = await sessionOf(library, cookie);
  if (!(await library.endSession(person, id))) throw new Problem('NOT_FOUND');
}

/** @throws Problem 401 where nobody is signed in */
async function sessionOf(library: People, cookie: string): Promise<PersonSession> {
  const session = cookie === '' ? null : await library.session(cookie);
  if (!session) throw new Problem('UNAUTHENTICATED');
  return session;
}

async function choose(parts: PeopleServiceParts, cookie: string, membership: string): Promise<void> {
  const found = await signedIn(parts, cookie);
  if (!found) throw new Problem('UNAUTHENTICATED');
  if (!found.memberships.some(({ id }) => id === membership)) throw new Problem('FORBIDDEN');
  await (await parts.people()).choose(found.session.token, membership);
}

function callerOf({ session, chosen }: SignedIn, route: Pick<Route, 'access' | 'unverified'>): Actor | null {
  if (!chosen) return null;
  const { role, org, unverified } = chosen;
  const actor = { id: session.person, role, ...(org && { org }), ...(unverified && { unverified }) };
  const standing = standingFor(actor, route);
  if (standing === 'refused') throw new Problem('NOT_VERIFIED');
  return standing === 'itself' ? actor : null;
}

async function signedIn({ people, memberships }: PeopleServiceParts, cookie: string): Promise<SignedIn | null> {
  if (cookie === '') return null;
  const session = await (await people()).session(cookie);
  if (!session) return null;
  const own = await memberships.ofPerson(session.person);
  return { session, memberships: own, chosen: membershipOf(own, session.membership) };
}

/** A call that gives a signed-in person a new session, in which it acts for the same membership. */
async function again(
  { people }: PeopleServiceParts,
  cookie: string,
  { path, body }: { path: string; body: object },
): Promise<Done> {
  const library = await people();
  const before = await sessionOf(library, cookie);
  const { cookies } = await library.call(path, { cookie, body, device: before.device });
  const after = await library.session(cookies.map((text) => text.split(';')[0]).join('; '));
  if (after && before.membership) await library.choose(after.token, before.membership);
  return { cookies };
}

async function erase(parts: PeopleServiceParts, by: Author, id: string): Promise<void> {
  const { people, memberships, keys, post } = parts;
  const library = await people();
  const described = (await library.describe([id])).get(id);
  const ended = await memberships.endAll(by, id, described?.email);
  if (!described && ended === 0) throw new Problem('NOT_FOUND');
  await keys.endMadeBy(by, id);
  await parts.forgetElsewhere(id);
  if (described) {
    await parts.signUps.forget(described.email);
    await post.forget(described.email);
  }
  await library.erase(id);
  // What it kept while this went on.
  await parts.forgetElsewhere(id);
}
