import { betterAuth } from 'better-auth';
import { mongodbAdapter } from 'better-auth/adapters/mongodb';
import type { Session } from 'better-auth';
import { twoFactor } from 'better-auth/plugins';
import type { Connection } from 'mongoose';
import { Problem, type ProblemCode } from '../core/problem.ts';
import type { Account, Described, KeptSession, LibraryCall, People, PeopleAnswer, PersonSession } from './port.ts';

interface PeopleParts {
  connection: Connection;
  secret: string;
  /** Sends the one-time part of a link for a new password. */
  sendReset(email: string, token: string): Promise<void>;
}

// Nobody but this file calls the library, so its own address never leaves the process.
const home = 'http://xanh.internal';
const sessionSeconds = 12 * 3600;

/** The authentication library over our database. Its unique index on the address stands when this resolves. */
export async function openPeople(parts: PeopleParts): Promise<People> {
  const auth = createAuth(parts);
  const context = await auth.$context;
  await uniqueIndexes(parts.connection);
  return {
    call: (path, sent) => call(auth, path, sent),
    async session(cookie) {
      const found = await auth.api.getSession({ headers: new Headers({ cookie }) });
      if (found && isLongAgo(found.session))
        await context.internalAdapter.updateSession(found.session.token, seenNow());
      return found && sessionOf(found);
    },
    sessions: (person) => sessionsOf(context, person),
    endSession: (person, id) => endSession(context, person, id),
    choose: async (token, membership) => void (await context.internalAdapter.updateSession(token, { membership })),
    enter: (account) => enter(context, account),
    describe: async (ids) => new Map((await usersOf(context, ids)).map(({ id, name, email }) => [id, { name, email }])),
    erase: (id) => erase(context, id),
  };
}

type Auth = ReturnType<typeof createAuth>;
type Context = Awaited<Auth['$context']>;

function createAuth({ connection, secret, sendReset }: PeopleParts) {
  return betterAuth({
    appName: 'Xanh',
    baseURL: home,
    secret,
    // One write at a time is enough: a half-made account is completed by the next attempt (`enter`).
    database: mongodbAdapter(connection.db!, { transaction: false }),
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: 12,
      resetPasswordTokenExpiresIn: 3600,
      revokeSessionsOnPasswordReset: true,
      sendResetPassword: ({ user, token }) => sendReset(user.email, token),
    },
    session: {
      expiresIn: sessionSeconds,
      // A session is not prolonged, so that reading it sets no cookie; that it is used is written now and then (`seenAt`).
      disableSessionRefresh: true,
      additionalFields: {
        membership: { type: 'string', required: false, input: false },
        seenAt: { type: 'date', required: false, input: false },
      },
    },
    advanced: {
      cookiePrefix: 'xanh-person',
      useSecureCookies: false,
      defaultCookieAttributes: { httpOnly: true, sameSite: 'strict', path: '/' },
      // Where somebody called from is personal, and stands nowhere.
      ipAddress: { disableIpTracking: true },
    },
    // `app.ts` limits how often one may try, by the caller's address and by the account.
    rateLimit: { enabled: false },
    plugins: [twoFactor({ issuer: 'Xanh' })],
    logger: { disabled: true },
    telemetry: { enabled: false },
  });
}

/** The library makes them too, but does not wait for them: two sign-ups with one address at once would both be taken. */
async function uniqueIndexes(connection: Connection): Promise<void> {
  const unique = [
    ['user', 'email'],
    ['session', 'token'],
  ] as const;
  for (const [collection, field] of unique)
    await connection
      .collection(collection)
      .createIndex({ [field]: 1 }, { name: `${collection}_${field}_uidx`, unique: true });
}

/** Asks as a browser of the same site would; where the request came from was checked before (`core/same-site.ts`). */
async function call<T>(auth: Auth, path: string, { cookie, body, device = '' }: LibraryCall): Promise<PeopleAnswer<T>> {
  const response = await auth.handler(
    new Request(`${home}/api/auth/${path}`, {
      method: 'POST',
      headers: { origin: home, cookie, 'content-type': 'application/json', 'user-agent': device },
      body: JSON.stringify(body ?? {}),
    }),
  );
  const answer = JSON.parse((await response.text()) || '{}') as unknown;
  if (!response.ok) throw refusal(response.status, (answer as { code?: string } | null)?.code);
  return { body: answer as T, cookies: response.headers.getSetCookie() };
}

const problems: Record<string, ProblemCode> = {
  INVALID_EMAIL_OR_PASSWORD: 'SIGN_IN_REFUSED',
  INVALID_PASSWORD: 'SIGN_IN_REFUSED',
  CREDENTIAL_ACCOUNT_NOT_FOUND: 'SIGN_IN_REFUSED',
  INVALID_TOKEN: 'LINK_REFUSED',
  USER_NOT_FOUND: 'LINK_REFUSED',
  INVALID_CODE: 'CODE_REFUSED',
  INVALID_BACKUP_CODE: 'CODE_REFUSED',
  INVALID_TWO_FACTOR_COOKIE: 'CODE_REFUSED',
  TOTP_NOT_ENABLED: 'CODE_REFUSED',
  BACKUP_CODES_NOT_ENABLED: 'CODE_REFUSED',
  TOTP_ALREADY_ENABLED: 'SECOND_FACTOR_IS_SET',
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: 'TOO_MANY_REQUESTS',
  ACCOUNT_TEMPORARILY_LOCKED: 'TOO_MANY_REQUESTS',
};

function refusal(status: number, code = ''): Error {
  const known = problems[code] ?? (status === 401 ? 'UNAUTHENTICATED' : undefined);
  return known ? new Problem(known) : new Error(`authentication refused with ${status} ${code}`);
}

function sessionOf({ session, user }: NonNullable<Awaited<ReturnType<Auth['api']['getSession']>>>): PersonSession {
  const { membership } = session;
  return {
    person: user.id,
    token: session.token,
    device: session.userAgent ?? '',
    ...(membership && { membership }),
    name: user.name,
    email: user.email,
    secondFactor: user.twoFactorEnabled === true,
  };
}

const seenEveryMs = 15 * 60_000;

/** Whether it is to be noted that a session is used: not with every call, so that reading stays reading. */
function isLongAgo({ createdAt, seenAt }: { createdAt: Date; seenAt?: Date | null | undefined }): boolean {
  return Date.now() - (seenAt ?? createdAt).getTime() > seenEveryMs;
}

function seenNow(): { seenAt: Date } {
  return { seenAt: new Date() };
}

async function sessionsOf({ internalAdapter }: Context, person: string): Promise<KeptSession[]> {
  const found = (await internalAdapter.listSessions(person)) as (Session & { seenAt?: Date | null })[];
  return found
    .map(({ id, token, userAgent, createdAt, seenAt, expiresAt }) => ({
      id,
      token,
      device: userAgent ?? '',
      since: createdAt.toISOString(),
      seenAt: (seenAt ?? createdAt).toISOString(),
      until: expiresAt.toISOString(),
    }))
    .toSorted((one, other) => (one.since < other.since ? 1 : -1));
}

async function endSession(context: Context, person: string, id: string): Promise<boolean> {
  const found = (await sessionsOf(context, person)).find((session) => session.id === id);
  if (found) await context.internalAdapter.deleteSession(found.token);
  return found !== undefined;
}

async function enter(context: Context, account: Account): Promise<string> {
  const { internalAdapter, password } = context;
  const email = account.email.toLowerCase();
  const found = await internalAdapter.findUserByEmail(email, { includeAccounts: true });
  const hash = found?.accounts.find(({ providerId }) => providerId === 'credential')?.password;
  if (found && hash) {
    if (await password.verify({ hash, password: account.password })) return found.user.id;
    throw new Problem('SIGN_IN_REFUSED');
  }
  // User and password are two writes: one that was cut off between them is completed here.
  const user = found?.user ?? (await createUser(context, { email, name: account.name }));
  await internalAdapter.linkAccount({
    userId: user.id,
    providerId: 'credential',
    accountId: user.id,
    password: await password.hash(account.password),
  });
  return user.id;
}

/** @throws Problem 503 where somebody makes the same account at this moment */
async function createUser({ internalAdapter }: Context, user: Described) {
  try {
    return await internalAdapter.createUser({ ...user, emailVerified: true }, { method: 'email-password' });
  } catch (error) {
    if ((error as { code?: number }).code === 11000) throw new Problem('BUSY');
    throw error;
  }
}

async function usersOf({ adapter }: Context, ids: string[]): Promise<(Described & { id: string })[]> {
  if (ids.length === 0) return [];
  return adapter.findMany({ model: 'user', where: [{ field: 'id', operator: 'in', value: ids }] });
}

async function erase(context: Context, id: string): Promise<Described | null> {
  const { adapter, internalAdapter } = context;
  const [found] = await usersOf(context, [id]);
  await internalAdapter.deleteUserSessions(id);
  await adapter.deleteMany({ model: 'twoFactor', where: [{ field: 'userId', value: id }] });
  await adapter.deleteMany({ model: 'verification', where: [{ field: 'value', value: id }] });
  await internalAdapter.deleteAccounts(id);
  // The user last: until it is gone, the same call does what is left.
  if (found) await internalAdapter.deleteUser(id);
  return found ?? null;
}
