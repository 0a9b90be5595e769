import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Letter, Me, Membership, SecondFactor } from '../../schemas/types.d.ts';
import { startTestApp, type Caller, type TestApp } from '../support/app.ts';
import { anOrganisation, aPurchase, aWorld, type World } from '../support/builders.ts';

const password = 'mười hai ký tự';

let app: TestApp;
let world: World;
beforeAll(async () => {
  app = await startTestApp();
  world = await aWorld(app);
});
afterAll(() => app.close());

/** What a browser keeps of an answer, over what it had. */
function cookiesOf({ headers }: { headers: object }, before = ''): string {
  const given = ((headers as { 'set-cookie'?: string[] })['set-cookie'] ?? []).map((text) => text.split(';')[0] ?? '');
  const jar = new Map([...before.split('; '), ...given].filter(Boolean).map((pair) => [pair.split('=')[0], pair]));
  return [...jar.values()].filter((pair) => !pair.endsWith('=')).join('; ');
}

/** The calls of a browser with these cookies. */
function browser(cookie: string): Caller {
  const call = (method: keyof Caller) => (path: string) => app.anyone[method](path).set('Cookie', cookie);
  return { get: call('get'), post: call('post'), put: call('put'), patch: call('patch'), delete: call('delete') };
}

async function letterTo(email: string): Promise<string> {
  await app.services.post.settled();
  const { body } = await world.operator.get('/api/outbox?limit=100').expect(200);
  const found = (body as { items: Letter[] }).items.find(({ to }) => to === email);
  return /#(\S+)/.exec(found?.text ?? '')?.[1] ?? '';
}

async function invite(email: string, more: object, by: Caller = world.operator): Promise<string> {
  await by
    .post('/api/invitations')
    .send({ email, ...more })
    .expect(201);
  return letterTo(email);
}

const accept = (token: string, email: string, more: object = {}) =>
  app.anyone.post('/api/invitations/acceptance').send({ token, email, name: 'Trần An', password, ...more });

const signIn = (email: string, secret = password) =>
  app.anyone.post('/api/auth/sign-in').send({ email, password: secret });

/** Somebody with an account and one membership: the cookies of the sign-in, and the membership. */
async function aPerson(email: string, more: object): Promise<{ cookie: string; membership: Membership }> {
  const { body } = await accept(await invite(email, more), email).expect(201);
  return { cookie: cookiesOf(await signIn(email).expect(200)), membership: body as Membership };
}

const me = async (cookie: string) => (await browser(cookie).get('/api/me').expect(200)).body as Me;

describe('a person', () => {
  it('makes an account by an invitation, signs in by a cookie that no script reads, and acts in its role', async () => {
    const email = 'An@example.vn';
    const { cookie, membership } = await aPerson(email, { role: 'officer', org: 'T-UNIT' });
    const signedIn = await signIn(email.toLowerCase()).expect(200);
    const [given] = signedIn.headers['set-cookie'] as unknown as string[];
    expect(given).toMatch(/HttpOnly/);
    expect(given).toMatch(/SameSite=Strict/i);
    expect(signedIn.body).toEqual({ needsCode: false });
    expect(await me(cookie)).toMatchObject({
      actor: { id: membership.person, role: 'officer', org: 'T-UNIT' },
      person: { id: membership.person, name: 'Trần An', email: 'an@example.vn', secondFactor: false },
      memberships: [{ id: membership.id, role: 'officer', org: 'T-UNIT', isChosen: true }],
    });
    await browser(cookie).post('/api/purchases').send(aPurchase()).expect(201);
    const over = await app.anyone.post('/api/auth/sign-in').set('X-Forwarded-Proto', 'https').send({ email, password });
    expect(over.headers['set-cookie']?.[0]).toMatch(/Secure/);
  });

  it('acts for one of its memberships at a time, and only for its own', async () => {
    const email = 'binh@example.vn';
    const { cookie, membership } = await aPerson(email, { role: 'officer', org: 'T-UNIT' });
    const second = (await accept(await invite(email, { role: 'auditor' }), email).expect(201)).body as Membership;
    expect(second.person).toBe(membership.person);
    expect(await me(cookie)).toMatchObject({ actor: null });
    await browser(cookie).post('/api/session/membership').send({ membership: second.id }).expect(204);
    expect((await me(cookie)).actor).toEqual({ id: second.person, role: 'auditor' });
    await browser(cookie).get('/api/purchases').expect(200);
    await browser(cookie).post('/api/purchases').send(aPurchase()).expect(403);

    const other = await aPerson('chi@example.vn', { role: 'operator' });
    await browser(cookie).post('/api/session/membership').send({ membership: other.membership.id }).expect(403);
    await app.anyone.post('/api/session/membership').send({ membership: second.id }).expect(401);
    // What was chosen and has ended is not exchanged for another behind the person's back.
    await world.operator.delete(`/api/memberships/${second.id}`).expect(200);
    expect(await me(cookie)).toMatchObject({ actor: null, memberships: [{ id: membership.id, isChosen: false }] });
  });

  it('signs out for good, and gets a new session at each sign-in whatever cookie it came with', async () => {
    const email = 'dung@example.vn';
    const { cookie } = await aPerson(email, { role: 'auditor' });
    const planted = 'xanh-person.session_token=planted.c2lnbmF0dXJl';
    const fresh = cookiesOf(await signIn(email).set('Cookie', planted).expect(200));
    expect(fresh).not.toContain('planted');
    expect(await me(planted)).toMatchObject({ actor: null });
    expect(cookiesOf(await signIn(email).set('Cookie', cookie).expect(200))).not.toBe(cookie);
    await browser(cookie).delete('/api/session').expect(204);
    expect(await me(cookie)).toMatchObject({ actor: null });
    expect(await me(fresh)).toMatchObject({ actor: { role: 'auditor' } });
  });

  it('changes its password, which ends its other sign-ins and keeps what it acts for', async () => {
    const email = 'giang@example.vn';
    const { cookie, membership } = await aPerson(email, { role: 'auditor' });
    await browser(cookie).post('/api/session/membership').send({ membership: membership.id }).expect(204);
    const elsewhere = cookiesOf(await signIn(email).expect(200));
    const change = { current: password, password: 'một mật khẩu khác' };
    await browser(cookie)
      .post('/api/auth/password')
      .send({ ...change, current: 'not the password' })
      .expect(401);
    const changed = cookiesOf(await browser(cookie).post('/api/auth/password').send(change).expect(204), cookie);
    expect(await me(elsewhere)).toMatchObject({ actor: null });
    expect(await me(changed)).toMatchObject({ actor: { role: 'auditor' }, memberships: [{ isChosen: true }] });
    await signIn(email).expect(401);
    await signIn(email, change.password).expect(200);
  });
});

it('signs a person out everywhere else, and leaves the browser that asks signed in', async () => {
  const { cookie } = await aPerson('giau@example.vn', { role: 'auditor' });
  const elsewhere = cookiesOf(await signIn('giau@example.vn').expect(200));
  await app.anyone.post('/api/auth/sign-out-elsewhere').send({}).expect(401);
  await browser(cookie).post('/api/auth/sign-out-elsewhere').send({}).expect(204);
  expect(await me(elsewhere)).toMatchObject({ actor: null });
  expect(await me(cookie)).toMatchObject({ actor: { role: 'auditor' } });
});

describe('an invitation', () => {
  it('is refused to another address, a second time, after 7 days and after it was withdrawn', async () => {
    const token = await invite('hoa@example.vn', { role: 'auditor' });
    expect((await accept(token, 'other@example.vn').expect(403)).body).toMatchObject({ code: 'LINK_REFUSED' });
    expect((await accept(`${token}x`, 'hoa@example.vn').expect(403)).body).toMatchObject({ code: 'LINK_REFUSED' });
    await accept(token, 'HOA@example.vn').expect(201);
    await accept(token, 'hoa@example.vn').expect(403);

    const late = await invite('lan@example.vn', { role: 'auditor' });
    const now = app.later(7 * 24 * 3600);
    await accept(late, 'lan@example.vn').expect(403);
    app.clock.set(now);
    const { body } = await world.operator.post('/api/invitations').send({ email: 'mai@example.vn', role: 'auditor' });
    await world.operator.delete(`/api/memberships/${(body as Membership).id}`).expect(200);
    await accept(await letterTo('mai@example.vn'), 'mai@example.vn').expect(403);
    expect(await app.connection.collection('user').countDocuments({ email: /^(lan|mai|other)@/ })).toBe(0);
  });

  it('joins an account only by its own password', async () => {
    await aPerson('nam@example.vn', { role: 'auditor' });
    const token = await invite('nam@example.vn', { role: 'operator' });
    await accept(token, 'nam@example.vn', { password: 'a password of another' }).expect(401);
    await accept(token, 'nam@example.vn').expect(201);
  });

  it('makes one membership where it is accepted twice at once', async () => {
    const token = await invite('oanh@example.vn', { role: 'auditor' });
    const both = await Promise.all([accept(token, 'oanh@example.vn'), accept(token, 'oanh@example.vn')]);
    expect(both.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(both.every(({ status }) => status < 500 || status === 503)).toBe(true);
  });

  it('is given by the operator, and by an admin in its own organisation for a role that it can have', async () => {
    const admin = await aPerson('phuc@example.vn', { role: 'officer', org: 'T-UNIT', admin: true });
    const plain = await aPerson('quang@example.vn', { role: 'officer', org: 'T-UNIT' });
    const ask = (cookie: string, more: object) =>
      browser(cookie)
        .post('/api/invitations')
        .send({ email: 'rang@example.vn', ...more });
    await ask(admin.cookie, { role: 'officer', org: 'T-UNIT' }).expect(201);
    for (const more of [
      { role: 'officer', org: 'T-OTHER' },
      { role: 'operator' },
      { role: 'auditor' },
      { role: 'operator', org: 'T-UNIT' },
      { role: 'supplier', org: 'T-UNIT' },
    ])
      await ask(admin.cookie, more).expect(403);
    await ask(plain.cookie, { role: 'officer', org: 'T-UNIT' }).expect(403);
    await world.officer
      .post('/api/invitations')
      .send({ email: 'r@example.vn', role: 'officer', org: 'T-UNIT' })
      .expect(403);

    const listed = (await browser(admin.cookie).get('/api/memberships').expect(200)).body as { items: object[] };
    expect(listed.items).toContainEqual(
      expect.objectContaining({ email: 'quang@example.vn', name: 'Trần An', org: 'T-UNIT' }),
    );
    expect(JSON.stringify(listed)).not.toMatch(/Hash|T-OTHER/);
    const ofState = async (state: string) =>
      (await browser(admin.cookie).get(`/api/memberships?state=${state}`).expect(200)).body as { items: Membership[] };
    expect((await ofState('active')).items.every(({ person, through }) => person && !through)).toBe(true);
    expect((await ofState('invited')).items).toMatchObject([{ role: 'officer', org: 'T-UNIT' }]);
    await browser(plain.cookie).get('/api/memberships').expect(403);
    await browser(admin.cookie).delete(`/api/memberships/${plain.membership.id}`).expect(200);
    expect((await ofState('ended')).items.map(({ id }) => id)).toContain(plain.membership.id);
    expect(await me(plain.cookie)).toMatchObject({ actor: null });
  });
});

describe('who attacks an account', () => {
  it('raises no role by a body or a header', async () => {
    const { cookie } = await aPerson('son@example.vn', { role: 'officer', org: 'T-UNIT' });
    const sent = browser(cookie);
    await sent.post('/api/organisations').set('X-Role', 'operator').send(anOrganisation()).expect(403);
    await signIn('son@example.vn').send({ role: 'operator' }).expect(400);
    const token = await invite('tam@example.vn', { role: 'officer', org: 'T-UNIT' });
    for (const more of [{ role: 'operator' }, { org: 'T-OTHER' }, { admin: true }, { person: '0'.repeat(24) }])
      await accept(token, 'tam@example.vn', more).expect(400);
    for (const path of ['sign-up/email', 'update-user', 'sign-in/email', 'update-session', 'delete-user'])
      await sent.post(`/api/auth/${path}`).send({ email: 'x@example.vn', password, role: 'operator' }).expect(404);
  });

  it('writes nothing from the page of another site', async () => {
    const { cookie } = await aPerson('uyen@example.vn', { role: 'officer', org: 'T-UNIT' });
    const ask = (headers: object) =>
      browser(cookie)
        .post('/api/purchases')
        .set(headers as Record<string, string>)
        .send(aPurchase());
    const host = 'xanh.example';
    for (const headers of [
      { Origin: 'https://evil.example' },
      { Origin: 'null' },
      { Host: host, Origin: `https://${host}`, 'Sec-Fetch-Site': 'cross-site' },
      { Host: host, Origin: `https://a.${host}`, 'Sec-Fetch-Site': 'same-site' },
    ])
      expect((await ask(headers).expect(403)).body).toMatchObject({ code: 'OTHER_SITE' });
    await ask({ Host: host, Origin: `https://${host}` }).expect(201);
    await ask({ Host: 'behind', Origin: `https://${host}`, 'Sec-Fetch-Site': 'same-origin' }).expect(201);
    await signIn('uyen@example.vn').set('Origin', 'https://evil.example').expect(403);
  });

  it('learns from no wording whether an address has an account', async () => {
    await aPerson('van@example.vn', { role: 'auditor' });
    const answers = await Promise.all(
      ['van@example.vn', 'nobody@example.vn'].map(async (email) => [
        (await signIn(email, 'a wrong password').expect(401)).body,
        (await app.anyone.post('/api/auth/forgotten-password').send({ email }).expect(204)).body,
      ]),
    );
    expect(answers[0]).toEqual(answers[1]);
  });

  it('tries a thousand passwords and is let through ten times, also with the right one at last', async () => {
    await aPerson('xuan@example.vn', { role: 'auditor' });
    const statuses: number[] = [];
    for (let tried = 0; tried < 1000; tried += 50)
      statuses.push(
        ...(
          await Promise.all(Array.from({ length: 50 }, (_, n) => signIn('xuan@example.vn', `wrong ${tried + n}`)))
        ).map(({ status }) => status),
      );
    expect(statuses.filter((status) => status === 401)).toHaveLength(10);
    expect(statuses.filter((status) => status === 429)).toHaveLength(990);
    await signIn('xuan@example.vn').expect(429);
  });
});

describe('a forgotten password', () => {
  it('is replaced by a letter that works once, and every sign-in ends', async () => {
    const email = 'yen@example.vn';
    const { cookie } = await aPerson(email, { role: 'auditor' });
    await app.anyone.post('/api/auth/forgotten-password').send({ email }).expect(204);
    const token = await letterTo(email);
    const reset = () => app.anyone.post('/api/auth/password-reset').send({ token, password: 'một mật khẩu mới' });
    await reset().expect(204);
    expect((await reset().expect(403)).body).toMatchObject({ code: 'LINK_REFUSED' });
    expect(await me(cookie)).toMatchObject({ actor: null });
    await signIn(email).expect(401);
    await signIn(email, 'một mật khẩu mới').expect(200);
  });
});

/** The code that an authenticator shows (RFC 6238). */
function codeOf(uri: string, at = Date.now()): string {
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

describe('a second factor', () => {
  it('is set with the password, asked for at sign-in, replaced by a recovery code once, and removed', async () => {
    const email = 'anh@example.vn';
    const { cookie } = await aPerson(email, { role: 'auditor' });
    await browser(cookie).post('/api/auth/two-factor').send({ password: 'not the password' }).expect(401);
    await app.anyone.post('/api/auth/two-factor').send({ password }).expect(401);
    const made = (await browser(cookie).post('/api/auth/two-factor').send({ password }).expect(201))
      .body as SecondFactor;
    const confirm = (code: string) => browser(cookie).post('/api/auth/two-factor/confirmation').send({ code });
    await confirm('000000').expect(401);
    const set = cookiesOf(await confirm(codeOf(made.uri)).expect(204), cookie);
    expect(await me(set)).toMatchObject({ actor: { role: 'auditor' }, person: { secondFactor: true } });

    const half = await signIn(email).expect(200);
    expect(half.body).toEqual({ needsCode: true });
    const waiting = cookiesOf(half);
    expect(await me(waiting)).toMatchObject({ actor: null });
    const second = (sent: object) => browser(waiting).post('/api/auth/second-factor').send(sent);
    expect((await second({ code: '000000' }).expect(401)).body).toMatchObject({ code: 'CODE_REFUSED' });
    await second({}).expect(400);
    const whole = cookiesOf(await second({ code: codeOf(made.uri) }).expect(200), waiting);
    expect(await me(whole)).toMatchObject({ actor: { role: 'auditor' } });

    const [recoveryCode] = made.recoveryCodes;
    const next = cookiesOf(await signIn(email).expect(200));
    const recover = (from: string) => browser(from).post('/api/auth/second-factor').send({ recoveryCode });
    await recover(next).expect(200);
    await recover(cookiesOf(await signIn(email).expect(200))).expect(401);
    await browser(whole).post('/api/auth/two-factor/removal').send({ password }).expect(204);
    expect((await signIn(email).expect(200)).body).toEqual({ needsCode: false });
  });
});

describe('a person who is erased', () => {
  it('is out at once with its session and the keys it made; nothing says who it was, and the history verifies', async () => {
    const email = 'erased-person@example.vn';
    const { cookie, membership } = await aPerson(email, { role: 'operator' });
    const person = membership.person ?? '';
    const { key } = (await browser(cookie).post('/api/keys').send({ role: 'auditor' }).expect(201)).body as {
      key: string;
    };
    await browser(cookie)
      .post('/api/organisations')
      .send(anOrganisation({ code: 'T-MADE' }))
      .expect(201);
    await app.anyone.post('/api/auth/forgotten-password').send({ email }).expect(204);
    await invite(email, { role: 'auditor' });
    await world.officer.delete(`/api/people/${person}`).expect(403);
    await world.operator.delete(`/api/people/${person}`).expect(204);

    expect(await me(cookie)).toMatchObject({ actor: null });
    await browser(cookie).post('/api/organisations').send(anOrganisation()).expect(401);
    await app.anyone.get('/api/me').set('Authorization', `Bearer ${key}`).expect(401);
    await signIn(email).expect(401);
    await world.operator.delete(`/api/people/${'0'.repeat(24)}`).expect(404);
    for (const { name } of await app.connection.listCollections()) {
      const documents = await app.connection.collection(name).find({}).toArray();
      expect([name, JSON.stringify(documents).includes(email)]).toEqual([name, false]);
    }
    expect(await app.connection.collection('session').countDocuments({ userId: person })).toBe(0);
    const { findings } = await app.services.audit.verify(() => {});
    expect(findings).toEqual([]);
    const { history } = (await app.connection.collection('organisations').findOne({ code: 'T-MADE' })) as unknown as {
      history: { by: { id: string } }[];
    };
    expect(history[0]?.by.id).toBe(person);
  });
});
