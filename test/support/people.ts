import { createHmac } from 'node:crypto';
import type { Letter, Me, Membership } from '../../schemas/types.d.ts';
import type { Test } from 'supertest';
import type { Caller, TestApp } from './app.ts';

/** Everybody's password. */
export const password = 'mười hai ký tự';

/** What a browser keeps of an answer, over what it had. */
export function cookiesOf({ headers }: { headers: object }, before = ''): string {
  const given = ((headers as { 'set-cookie'?: string[] })['set-cookie'] ?? []).map((text) => text.split(';')[0] ?? '');
  const jar = new Map([...before.split('; '), ...given].filter(Boolean).map((pair) => [pair.split('=')[0], pair]));
  return [...jar.values()].filter((pair) => !pair.endsWith('=')).join('; ');
}

/** People of a test and what they do. */
export interface TestPeople {
  /** The calls of a browser with these cookies. */
  browser(cookie: string): Caller;
  /** The one-time part of the last letter to the address; empty where there is none. */
  letterTo(email: string): Promise<string>;
  /** The one-time part of an invitation. */
  invite(email: string, more: object, by?: Caller): Promise<string>;
  accept(token: string, email: string, more?: object): Test;
  signIn(email: string, secret?: string): Test;
  /** Somebody with an account and one membership: the cookies of the sign-in, and the membership. */
  aPerson(email: string, more: object): Promise<{ cookie: string; membership: Membership }>;
  me(cookie: string): Promise<Me>;
}

/** The people of an app, invited by its operator. */
export function peopleOf(app: TestApp, operator: Caller): TestPeople {
  const { anyone, services } = app;
  const people: TestPeople = {
    browser(cookie) {
      const call = (method: keyof Caller) => (path: string) => anyone[method](path).set('Cookie', cookie);
      return { get: call('get'), post: call('post'), put: call('put'), patch: call('patch'), delete: call('delete') };
    },
    async letterTo(email) {
      await services.post.settled();
      const { body } = await operator.get('/api/outbox?limit=100').expect(200);
      const found = (body as { items: Letter[] }).items.find(({ to }) => to === email);
      return /#(\S+)/.exec(found?.text ?? '')?.[1] ?? '';
    },
    async invite(email, more, by = operator) {
      await by
        .post('/api/invitations')
        .send({ email, ...more })
        .expect(201);
      return people.letterTo(email);
    },
    accept: (token, email, more = {}) =>
      anyone.post('/api/invitations/acceptance').send({ token, email, name: 'Trần An', password, ...more }),
    signIn: (email, secret = password) => anyone.post('/api/auth/sign-in').send({ email, password: secret }),
    async aPerson(email, more) {
      const { body } = await people.accept(await people.invite(email, more), email).expect(201);
      return { cookie: cookiesOf(await people.signIn(email).expect(200)), membership: body as Membership };
    },
    me: async (cookie) => (await people.browser(cookie).get('/api/me').expect(200)).body as Me,
  };
  return people;
}

/** The code that an authenticator shows (RFC 6238). */
export function codeOf(uri: string, at = Date.now()): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = (new URL(uri).searchParams.get('secret') ?? '')
    .split('')
    .map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0'))
    .join('');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const digest = createHmac('sha1', key).update(counter).digest();
  const offset = (digest.at(-1) ?? 0) & 15;
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}
