import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { betterAuth } from 'better-auth';
import { mongodbAdapter } from 'better-auth/adapters/mongodb';
import type { Connection } from 'mongoose';
import type { Store } from '../../server/store.ts';
import { openTestStore } from '../support/store.ts';

const ORIGIN = 'http://localhost:3000';
const TABLES = ['account', 'rateLimit', 'session', 'user', 'verification'];

let store: Store;
let auth: ReturnType<typeof createAuth>;
/** What was sent to people who forgot their password. */
const letters: string[] = [];

function createAuth({ db }: Connection) {
  return betterAuth({
    baseURL: ORIGIN,
    secret: 'thirty-two bytes that nobody may know',
    database: mongodbAdapter(db!, { transaction: false }),
    emailAndPassword: { enabled: true, sendResetPassword: async ({ token }) => void letters.push(token) },
    // Every read of a session writes when that was.
    session: { updateAge: 0 },
    rateLimit: { enabled: true, storage: 'database', customRules: { '/ok': { window: 60, max: 3 }, '/**': false } },
    logger: { disabled: true },
    telemetry: { enabled: false },
  });
}

beforeAll(async () => {
  store = await openTestStore();
  auth = createAuth(store.connection);
  await auth.$context;
  while (!(await areIndexesThere())) await setTimeout(5);
});
afterAll(() => store.close());

/** The adapter makes its indexes by itself and waits for none. */
async function areIndexesThere(): Promise<boolean> {
  const indexes = (
    await Promise.all(
      TABLES.map((name) =>
        collection(name)
          .indexes()
          .catch(() => []),
      ),
    )
  ).flat();
  const names = indexes.filter(({ unique }) => unique).map(({ name }) => String(name));
  return indexes.length === 11 && names.toSorted().join() === 'rateLimit_key_uidx,session_token_uidx,user_email_uidx';
}

function collection(name: string) {
  return store.connection.db!.collection(name);
}

/** What the tests look at in answers. */
interface Answer {
  code?: string;
  token?: string;
  user?: { id: string };
  session?: { createdAt: string; updatedAt: string };
}

/** Asks as a browser does. */
async function call(path: string, { body, cookie = '' }: { body?: object; cookie?: string } = {}) {
  const request = new Request(`${ORIGIN}/api/auth/${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { origin: ORIGIN, cookie, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  const response = await auth.handler(request);
  // Reading the session gives it anew, then there is another one: the last one counts, as in a browser.
  const given = response.headers.getSetCookie().findLast((text) => text.startsWith('better-auth.session_token='));
  const answer: Answer = JSON.parse(await response.text());
  return { status: response.status, answer, cookie: given?.split(';')[0] ?? '' };
}

test('lets somebody sign up, sign in with the right password only, change it and sign out', async () => {
  const person = { name: 'An', email: 'An@example.vn', password: 'the first password' };
  const first = await call('sign-up/email', { body: person });
  expect(first).toMatchObject({ status: 200, answer: { user: { name: 'An', email: 'an@example.vn' } } });
  const signIn = (password: string) => call('sign-in/email', { body: { email: 'an@example.vn', password } });
  expect(await signIn('another password')).toMatchObject({ status: 401, cookie: '' });
  const second = await signIn(person.password);

  await setTimeout(2);
  const { answer } = await call('get-session', second);
  expect(answer).toMatchObject({ user: first.answer.user, session: { userId: first.answer.user?.id } });
  expect(String(answer.session?.updatedAt) > String(answer.session?.createdAt)).toBe(true);
  const sessions = [{ token: first.answer.token }, { token: second.answer.token }];
  expect((await call('list-sessions', second)).answer).toMatchObject(sessions);

  const change = { currentPassword: person.password, newPassword: 'the second password', revokeOtherSessions: true };
  const third = await call('change-password', { ...second, body: change });
  expect((await call('get-session', first)).answer).toBeNull();
  expect((await call('list-sessions', third)).answer).toMatchObject([{ token: third.answer.token }]);
  expect(await signIn(person.password)).toMatchObject({ status: 401 });
  expect(await signIn(change.newPassword)).toMatchObject({ status: 200 });

  expect(await call('sign-out', { ...third, body: {} })).toMatchObject({ status: 200 });
  expect(await call('get-session', third)).toMatchObject({ answer: null });
  expect(await collection('session').countDocuments()).toBe(1);
});

// Both are looked up before either is there: it is the unique index that decides, which the adapter has made.
test('makes one user of two sign-ups with one address at once', async () => {
  const body = { name: 'Bình', email: 'binh@example.vn', password: 'a good password' };
  const both = await Promise.all([call('sign-up/email', { body }), call('sign-up/email', { body })]);
  expect(new Set(both.map(({ status }) => status))).toEqual(new Set([200, 422]));
  expect(both.map(({ answer }) => answer.code)).toContain('FAILED_TO_CREATE_USER');
  const [user, ...others] = await collection('user').find({ email: body.email }).toArray();
  expect(others).toEqual([]);
  expect(
    await collection('account')
      .find({ accountId: String(user?._id) })
      .toArray(),
  ).toMatchObject([{ userId: user?._id }]);
  expect(await collection('session').countDocuments({ userId: user?._id })).toBe(1);
});

test('takes a letter for a new password once, also where it is used twice at once', async () => {
  const body = { name: 'Chi', email: 'chi@example.vn', password: 'a forgotten password' };
  await call('sign-up/email', { body });
  expect(await call('request-password-reset', { body: { email: body.email } })).toMatchObject({ status: 200 });
  const passwords = ['the new password', 'the other password'];
  const resets = passwords.map((newPassword) => call('reset-password', { body: { newPassword, token: letters[0] } }));
  const statuses = (await Promise.all(resets)).map(({ status }) => status);
  expect(new Set(statuses)).toEqual(new Set([200, 400]));
  const kept = passwords[statuses.indexOf(200)];
  expect(await call('sign-in/email', { body: { email: body.email, password: kept } })).toMatchObject({ status: 200 });
  expect(await collection('verification').countDocuments()).toBe(0);
});

test('counts exactly who asks too often, in many questions at once', async () => {
  const answers = await Promise.all(Array.from({ length: 12 }, () => call('ok')));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(3);
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(9);
  expect(await collection('rateLimit').find({ key: /ok$/ }).toArray()).toMatchObject([{ count: 3 }]);
});
