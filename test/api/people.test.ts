import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Membership, SecondFactor, SignInEntry } from '../../schemas/types.d.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { anOrganisation, aPurchase, aWorld, type World } from '../support/builders.ts';
import { codeOf, cookiesOf, password, peopleOf, type TestPeople } from '../support/people.ts';

let app: TestApp;
let world: World;
let people: TestPeople;
beforeAll(async () => {
  app = await startTestApp();
  world = await aWorld(app);
  people = peopleOf(app, world.operator);
});
afterAll(() => app.close());

describe('a person', () => {
  it('makes an account by an invitation, signs in by a cookie that no script reads, and acts in its role', async () => {
    const email = 'An@example.vn';
    const { cookie, membership } = await people.aPerson(email, { role: 'officer', org: 'T-UNIT' });
    const signedIn = await people.signIn(email.toLowerCase()).expect(200);
    const [given] = signedIn.headers['set-cookie'] as unknown as string[];
    expect(given).toMatch(/HttpOnly/);
    expect(given).toMatch(/SameSite=Strict/i);
    expect(signedIn.body).toEqual({ needsCode: false });
    expect(await people.me(cookie)).toMatchObject({
      actor: { id: membership.person, role: 'officer', org: 'T-UNIT' },
      person: { id: membership.person, name: 'Trần An', email: 'an@example.vn', secondFactor: false },
      memberships: [{ id: membership.id, role: 'officer', org: 'T-UNIT', isChosen: true }],
    });
    await people.browser(cookie).post('/api/purchases').send(aPurchase()).expect(201);
    const over = await app.anyone.post('/api/auth/sign-in').set('X-Forwarded-Proto', 'https').send({ email, password });
    expect(over.headers['set-cookie']?.[0]).toMatch(/Secure/);
  });

  it('acts for one of its memberships at a time, and only for its own', async () => {
    const email = 'binh@example.vn';
    const { cookie, membership } = await people.aPerson(email, { role: 'officer', org: 'T-UNIT' });
    const second = (await people.accept(await people.invite(email, { role: 'auditor' }), email).expect(201))
      .body as Membership;
    expect(second.person).toBe(membership.person);
    expect(await people.me(cookie)).toMatchObject({ actor: null });
    await people.browser(cookie).post('/api/session/membership').send({ membership: second.id }).expect(204);
    expect((await people.me(cookie)).actor).toEqual({ id: second.person, role: 'auditor' });
    await people.browser(cookie).get('/api/purchases').expect(200);
    await people.browser(cookie).post('/api/purchases').send(aPurchase()).expect(403);

    const other = await people.aPerson('chi@example.vn', { role: 'operator' });
    await people.browser(cookie).post('/api/session/membership').send({ membership: other.membership.id }).expect(403);
    await app.anyone.post('/api/session/membership').send({ membership: second.id }).expect(401);
    // What was chosen and has ended is not exchanged for another behind the person's back.
    await world.operator.delete(`/api/memberships/${second.id}`).expect(200);
    expect(await people.me(cookie)).toMatchObject({
      actor: null,
      memberships: [{ id: membership.id, isChosen: false }],
    });
  });

  it('signs out for good, and gets a new session at each sign-in whatever cookie it came with', async () => {
    const email = 'dung@example.vn';
    const { cookie } = await people.aPerson(email, { role: 'auditor' });
    const planted = 'xanh-person.session_token=planted.c2lnbmF0dXJl';
    const fresh = cookiesOf(await people.signIn(email).set('Cookie', planted).expect(200));
    expect(fresh).not.toContain('planted');
    expect(await people.me(planted)).toMatchObject({ actor: null });
    expect(cookiesOf(await people.signIn(email).set('Cookie', cookie).expect(200))).not.toBe(cookie);
    await people.browser(cookie).delete('/api/session').expect(204);
    expect(await people.me(cookie)).toMatchObject({ actor: null });
    expect(await people.me(fresh)).toMatchObject({ actor: { role: 'auditor' } });
  });

  it('changes its password, which ends its other sign-ins and keeps what it acts for', async () => {
    const email = 'giang@example.vn';
    const { cookie, membership } = await people.aPerson(email, { role: 'auditor' });
    await people.browser(cookie).post('/api/session/membership').send({ membership: membership.id }).expect(204);
    const elsewhere = cookiesOf(await people.signIn(email).expect(200));
    const change = { current: password, password: 'một mật khẩu khác' };
    await people
      .browser(cookie)
      .post('/api/auth/password')
      .send({ ...change, current: 'not the password' })
      .expect(401);
    const changed = cookiesOf(await people.browser(cookie).post('/api/auth/password').send(change).expect(204), cookie);
    expect(await people.me(elsewhere)).toMatchObject({ actor: null });
    expect(await people.me(changed)).toMatchObject({ actor: { role: 'auditor' }, memberships: [{ isChosen: true }] });
    await people.signIn(email).expect(401);
    await people.signIn(email, change.password).expect(200);
  });
});

it('signs a person out everywhere else, and leaves the browser that asks signed in', async () => {
  const { cookie } = await people.aPerson('giau@example.vn', { role: 'auditor' });
  const elsewhere = cookiesOf(await people.signIn('giau@example.vn').expect(200));
  await app.anyone.post('/api/auth/sign-out-elsewhere').send({}).expect(401);
  await people.browser(cookie).post('/api/auth/sign-out-elsewhere').send({}).expect(204);
  expect(await people.me(elsewhere)).toMatchObject({ actor: null });
  expect(await people.me(cookie)).toMatchObject({ actor: { role: 'auditor' } });
});

it('shows a person where it is signed in, and ends one of its own sign-ins', async () => {
  const email = 'linh@example.vn';
  const { cookie } = await people.aPerson(email, { role: 'auditor' });
  const phone =
    'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0 Mobile Safari/537.36';
  const elsewhere = cookiesOf(await people.signIn(email).set('User-Agent', phone).expect(200));
  const list = async (of: string) =>
    ((await people.browser(of).get('/api/auth/sessions').expect(200)).body as { items: SignInEntry[] }).items;
  const [last, first] = await list(cookie);
  expect([last, first]).toMatchObject([{ device: 'Chrome, Android', isThis: false }, { isThis: true }]);
  expect(JSON.stringify(last)).not.toContain(elsewhere.slice(-20));
  expect(last!.since <= last!.seenAt && last!.seenAt < last!.until).toBe(true);
  const end = (of: string, id: string) => people.browser(of).delete(`/api/auth/sessions/${id}`);
  const { cookie: stranger } = await people.aPerson('la@example.vn', { role: 'auditor' });
  for (const id of [last!.id, 'no-id', '0'.repeat(24)]) await end(stranger, id).expect(404);
  await app.anyone.get('/api/auth/sessions').expect(401);
  await app.anyone.delete(`/api/auth/sessions/${last!.id}`).expect(401);
  expect(await people.me(elsewhere)).toMatchObject({ actor: { role: 'auditor' } });
  await end(cookie, last!.id).expect(204);
  expect(await people.me(elsewhere)).toMatchObject({ actor: null });
  expect(await list(cookie)).toMatchObject([{ id: first!.id, isThis: true }]);
});

describe('an invitation', () => {
  it('is refused to another address, a second time, after 7 days and after it was withdrawn', async () => {
    const token = await people.invite('hoa@example.vn', { role: 'auditor' });
    expect((await people.accept(token, 'other@example.vn').expect(403)).body).toMatchObject({ code: 'LINK_REFUSED' });
    expect((await people.accept(`${token}x`, 'hoa@example.vn').expect(403)).body).toMatchObject({
      code: 'LINK_REFUSED',
    });
    await people.accept(token, 'HOA@example.vn').expect(201);
    await people.accept(token, 'hoa@example.vn').expect(403);

    const late = await people.invite('lan@example.vn', { role: 'auditor' });
    const now = app.later(7 * 24 * 3600);
    await people.accept(late, 'lan@example.vn').expect(403);
    app.clock.set(now);
    const { body } = await world.operator.post('/api/invitations').send({ email: 'mai@example.vn', role: 'auditor' });
    await world.operator.delete(`/api/memberships/${(body as Membership).id}`).expect(200);
    await people.accept(await people.letterTo('mai@example.vn'), 'mai@example.vn').expect(403);
    expect(await app.connection.collection('user').countDocuments({ email: /^(lan|mai|other)@/ })).toBe(0);
  });

  it('joins an account only by its own password', async () => {
    await people.aPerson('nam@example.vn', { role: 'auditor' });
    const token = await people.invite('nam@example.vn', { role: 'operator' });
    await people.accept(token, 'nam@example.vn', { password: 'a password of another' }).expect(401);
    await people.accept(token, 'nam@example.vn').expect(201);
  });

  it('makes one membership where it is accepted twice at once', async () => {
    const token = await people.invite('oanh@example.vn', { role: 'auditor' });
    const both = await Promise.all([people.accept(token, 'oanh@example.vn'), people.accept(token, 'oanh@example.vn')]);
    expect(both.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(both.every(({ status }) => status < 500 || status === 503)).toBe(true);
  });

  it('is given by the operator, and by an admin in its own organisation for a role that it can have', async () => {
    const admin = await people.aPerson('phuc@example.vn', { role: 'officer', org: 'T-UNIT', admin: true });
    const plain = await people.aPerson('quang@example.vn', { role: 'officer', org: 'T-UNIT' });
    const ask = (cookie: string, more: object) =>
      people
        .browser(cookie)
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

    const listed = (await people.browser(admin.cookie).get('/api/memberships').expect(200)).body as { items: object[] };
    expect(listed.items).toContainEqual(
      expect.objectContaining({ email: 'quang@example.vn', name: 'Trần An', org: 'T-UNIT' }),
    );
    expect(JSON.stringify(listed)).not.toMatch(/Hash|T-OTHER/);
    const ofState = async (state: string) =>
      (await people.browser(admin.cookie).get(`/api/memberships?state=${state}`).expect(200)).body as {
        items: Membership[];
      };
    expect((await ofState('active')).items.every(({ person, through }) => person && !through)).toBe(true);
    expect((await ofState('invited')).items).toMatchObject([{ role: 'officer', org: 'T-UNIT' }]);
    await people.browser(plain.cookie).get('/api/memberships').expect(403);
    await people.browser(admin.cookie).delete(`/api/memberships/${plain.membership.id}`).expect(200);
    expect((await ofState('ended')).items.map(({ id }) => id)).toContain(plain.membership.id);
    expect(await people.me(plain.cookie)).toMatchObject({ actor: null });
  });
});

describe('who attacks an account', () => {
  it('raises no role by a body or a header', async () => {
    const { cookie } = await people.aPerson('son@example.vn', { role: 'officer', org: 'T-UNIT' });
    const sent = people.browser(cookie);
    await sent.post('/api/organisations').set('X-Role', 'operator').send(anOrganisation()).expect(403);
    await people.signIn('son@example.vn').send({ role: 'operator' }).expect(400);
    const token = await people.invite('tam@example.vn', { role: 'officer', org: 'T-UNIT' });
    for (const more of [{ role: 'operator' }, { org: 'T-OTHER' }, { admin: true }, { person: '0'.repeat(24) }])
      await people.accept(token, 'tam@example.vn', more).expect(400);
    for (const path of ['sign-up/email', 'update-user', 'sign-in/email', 'update-session', 'delete-user'])
      await sent.post(`/api/auth/${path}`).send({ email: 'x@example.vn', password, role: 'operator' }).expect(404);
  });

  it('writes nothing from the page of another site', async () => {
    const { cookie } = await people.aPerson('uyen@example.vn', { role: 'officer', org: 'T-UNIT' });
    const ask = (headers: object) =>
      people
        .browser(cookie)
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
    await people.signIn('uyen@example.vn').set('Origin', 'https://evil.example').expect(403);
  });

  it('learns from no wording whether an address has an account', async () => {
    await people.aPerson('van@example.vn', { role: 'auditor' });
    const answers = await Promise.all(
      ['van@example.vn', 'nobody@example.vn'].map(async (email) => [
        (await people.signIn(email, 'a wrong password').expect(401)).body,
        (await app.anyone.post('/api/auth/forgotten-password').send({ email }).expect(204)).body,
      ]),
    );
    expect(answers[0]).toEqual(answers[1]);
  });

  it('tries a thousand passwords and is let through ten times, also with the right one at last', async () => {
    await people.aPerson('xuan@example.vn', { role: 'auditor' });
    const statuses: number[] = [];
    for (let tried = 0; tried < 1000; tried += 50)
      statuses.push(
        ...(
          await Promise.all(
            Array.from({ length: 50 }, (_, n) => people.signIn('xuan@example.vn', `wrong ${tried + n}`)),
          )
        ).map(({ status }) => status),
      );
    expect(statuses.filter((status) => status === 401)).toHaveLength(10);
    expect(statuses.filter((status) => status === 429)).toHaveLength(990);
    await people.signIn('xuan@example.vn').expect(429);
  });
});

describe('a forgotten password', () => {
  it('is replaced by a letter that works once, and every sign-in ends', async () => {
    const email = 'yen@example.vn';
    const { cookie } = await people.aPerson(email, { role: 'auditor' });
    await app.anyone.post('/api/auth/forgotten-password').send({ email }).expect(204);
    const token = await people.letterTo(email);
    const reset = () => app.anyone.post('/api/auth/password-reset').send({ token, password: 'một mật khẩu mới' });
    await reset().expect(204);
    expect((await reset().expect(403)).body).toMatchObject({ code: 'LINK_REFUSED' });
    expect(await people.me(cookie)).toMatchObject({ actor: null });
    await people.signIn(email).expect(401);
    await people.signIn(email, 'một mật khẩu mới').expect(200);
  });
});

describe('a second factor', () => {
  it('is set with the password, asked for at sign-in, replaced by a recovery code once, and removed', async () => {
    const email = 'anh@example.vn';
    const { cookie } = await people.aPerson(email, { role: 'auditor' });
    await people.browser(cookie).post('/api/auth/two-factor').send({ password: 'not the password' }).expect(401);
    await app.anyone.post('/api/auth/two-factor').send({ password }).expect(401);
    const made = (await people.browser(cookie).post('/api/auth/two-factor').send({ password }).expect(201))
      .body as SecondFactor;
    const confirm = (code: string) => people.browser(cookie).post('/api/auth/two-factor/confirmation').send({ code });
    await confirm('000000').expect(401);
    const set = cookiesOf(await confirm(codeOf(made.uri)).expect(204), cookie);
    expect(await people.me(set)).toMatchObject({ actor: { role: 'auditor' }, person: { secondFactor: true } });

    const half = await people.signIn(email).expect(200);
    expect(half.body).toEqual({ needsCode: true });
    const waiting = cookiesOf(half);
    expect(await people.me(waiting)).toMatchObject({ actor: null });
    const second = (sent: object) => people.browser(waiting).post('/api/auth/second-factor').send(sent);
    expect((await second({ code: '000000' }).expect(401)).body).toMatchObject({ code: 'CODE_REFUSED' });
    await second({}).expect(400);
    const whole = cookiesOf(await second({ code: codeOf(made.uri) }).expect(200), waiting);
    expect(await people.me(whole)).toMatchObject({ actor: { role: 'auditor' } });

    const [recoveryCode] = made.recoveryCodes;
    const next = cookiesOf(await people.signIn(email).expect(200));
    const recover = (from: string) => people.browser(from).post('/api/auth/second-factor').send({ recoveryCode });
    await recover(next).expect(200);
    await recover(cookiesOf(await people.signIn(email).expect(200))).expect(401);
    await people.browser(whole).post('/api/auth/two-factor/removal').send({ password }).expect(204);
    expect((await people.signIn(email).expect(200)).body).toEqual({ needsCode: false });
  });
});

describe('a person who is erased', () => {
  it('is out at once with its session and the keys it made; nothing says who it was, and the history verifies', async () => {
    const email = 'erased-person@example.vn';
    const { cookie, membership } = await people.aPerson(email, { role: 'operator' });
    const person = membership.person ?? '';
    const { key } = (await people.browser(cookie).post('/api/keys').send({ role: 'auditor' }).expect(201)).body as {
      key: string;
    };
    await people
      .browser(cookie)
      .post('/api/organisations')
      .send(anOrganisation({ code: 'T-MADE' }))
      .expect(201);
    await app.anyone.post('/api/auth/forgotten-password').send({ email }).expect(204);
    await people.invite(email, { role: 'auditor' });
    await world.officer.delete(`/api/people/${person}`).expect(403);
    await world.operator.delete(`/api/people/${person}`).expect(204);

    expect(await people.me(cookie)).toMatchObject({ actor: null });
    await people.browser(cookie).post('/api/organisations').send(anOrganisation()).expect(401);
    await app.anyone.get('/api/me').set('Authorization', `Bearer ${key}`).expect(401);
    await people.signIn(email).expect(401);
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
