import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ApiKeyEntry, ApiKeyMade } from '../../schemas/types.d.ts';
import { mailBy } from '../../server/accounts/mail.adapter.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { anEdition, aPurchase, aWorld, type World } from '../support/builders.ts';

describe('keys', () => {
  let app: TestApp;
  let world: World;
  beforeAll(async () => {
    app = await startTestApp();
    world = await aWorld(app);
  });
  afterAll(() => app.close());

  it('name their role and organisation, each key an actor of its own', async () => {
    const me = async (caller: World['operator']) =>
      (await caller.get('/api/me').expect(200)).body as { actor: { id: string } };
    expect(await me(world.officer)).toMatchObject({
      actor: { role: 'officer', org: 'T-UNIT' },
      demo: false,
      today: '2026-11-24',
    });
    expect((await me(await app.as('operator'))).actor.id).not.toBe((await me(world.operator)).actor.id);
    expect((await app.anyone.get('/api/me').expect(200)).body).toMatchObject({ actor: null, demoRoles: [] });
  });

  it('are made only for a role that the organisation can have', async () => {
    const { createKey } = app.services.accounts;
    await expect(createKey('officer', 'T-SUPPLIER')).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(createKey('certifier', 'T-UNIT')).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(createKey('supplier')).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(createKey('officer', 'NOBODY')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('do not open with a wrong secret', async () => {
    const key = await app.services.accounts.createKey('operator');
    const wrong = key.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
    await app.anyone.get('/api/me').set('Authorization', `Bearer ${key}`).expect(200);
    await app.anyone.get('/api/me').set('Authorization', `Bearer ${wrong}`).expect(401);
  });

  it('sign a browser in by a cookie that no script can read, until it signs out or 12 hours are over', async () => {
    const key = await app.services.accounts.createKey('officer', 'T-UNIT');
    const signedIn = await app.anyone.post('/api/session').send({ key }).expect(201);
    const [cookie] = signedIn.headers['set-cookie'] as unknown as string[];
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Strict/);
    expect(signedIn.body).toMatchObject({ actor: { role: 'officer', orgName: { vi: 'Tổ chức T-UNIT (hư cấu)' } } });
    const session = cookie!.split(';')[0]!;
    await app.anyone.post('/api/purchases').set('Cookie', session).send(aPurchase()).expect(201);
    const now = app.later(12 * 3600);
    expect((await app.anyone.get('/api/me').set('Cookie', session).expect(200)).body).toMatchObject({ actor: null });
    app.clock.set(now);
    await app.anyone.delete('/api/session').set('Cookie', session).expect(204);
    await app.anyone.post('/api/purchases').set('Cookie', session).send(aPurchase()).expect(401);
  });

  it('refuse a wrong key and a demonstration role where there is none', async () => {
    await app.anyone.post('/api/session').send({ key: 'xanh_nonsense' }).expect(401);
    await app.anyone.post('/api/session').send({ demo: 'operator' }).expect(403);
    await app.anyone.post('/api/session').send({}).expect(400);
    await app.anyone.post('/api/session').send({ demo: 'king' }).expect(400);
  });

  it('are made by the operator, listed with their last use, revoked with the browsers they signed in, and end on their day', async () => {
    const given = { role: 'supplier', org: 'T-SHOP', through: '2026-11-25' };
    const make = async () => (await world.operator.post('/api/keys').send(given).expect(201)).body as ApiKeyMade;
    const [used, unused] = [await make(), await make()];
    await world.officer.post('/api/keys').send(given).expect(403);
    await world.operator.post('/api/keys').send({ role: 'officer', org: 'T-SHOP' }).expect(403);
    const call = ({ key }: ApiKeyMade) => app.anyone.get('/api/me').set('Authorization', `Bearer ${key}`);
    await call(used).expect(200);
    const listed = (await world.operator.get('/api/keys?org=T-SHOP').expect(200)).body as { items: ApiKeyEntry[] };
    const found = ({ id }: ApiKeyMade) => listed.items.find((item) => item.id === id);
    expect(found(used)).toMatchObject({ ...given, lastUsedAt: app.clock.now() });
    expect(found(unused)).not.toHaveProperty('lastUsedAt');
    expect(JSON.stringify(listed)).not.toContain('hash');

    const signedIn = await app.anyone.post('/api/session').send({ key: used.key }).expect(201);
    const cookie = (signedIn.headers['set-cookie'] as unknown as string[])[0]!.split(';')[0]!;
    const unreviewed = () => app.anyone.get('/api/products/unreviewed').set('Cookie', cookie);
    await unreviewed().expect(200);
    await world.officer.delete(`/api/keys/${used.id}`).expect(403);
    await world.operator.delete(`/api/keys/${used.id}`).expect(204);
    await call(used).expect(401);
    await unreviewed().expect(401);

    const now = app.later(24 * 3600);
    await call(unused).expect(200);
    app.later(24 * 3600);
    await call(unused).expect(401);
    app.clock.set(now);
  });
});

describe('demonstration roles', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ demo: true, triesPerMinute: 30 });
  }, 120_000);
  afterAll(() => app.close());

  it('are offered to a caller on this machine', async () => {
    expect((await app.anyone.get('/api/me').expect(200)).body).toMatchObject({
      demo: true,
      demoRoles: expect.arrayContaining(['officer', 'certifier', 'supplier', 'operator', 'auditor']),
    });
    expect((await app.anyone.post('/api/session').send({ demo: 'officer' }).expect(201)).body).toMatchObject({
      actor: { role: 'officer' },
    });
  });

  it('are two persons where it takes two: who drafts an edition does not publish it', async () => {
    const signIn = async (person: number) =>
      (await app.anyone.post('/api/session').send({ demo: 'operator', person }).expect(201)).headers['set-cookie']!;
    const [one, other] = [await signIn(1), await signIn(2)];
    const edition = anEdition({ effectiveFrom: '2031-01-01' });
    await app.anyone.post('/api/priority-lists').set('Cookie', one).send(edition).expect(201);
    const publish = (cookie: string) =>
      app.anyone.post(`/api/priority-lists/${edition.code}/publication`).set('Cookie', cookie);
    expect((await publish(one).expect(403)).body).toMatchObject({ code: 'FOUR_EYES' });
    await publish(other).expect(201);
  });

  it.each([
    ['through a proxy', { 'X-Forwarded-For': '203.0.113.9' }],
    ['through a proxy of the standard kind', { Forwarded: 'for=203.0.113.9' }],
    ['under another name', { Host: 'evil.example' }],
  ])('are not offered %s', async (_what, headers) => {
    expect(
      (
        await app.anyone
          .get('/api/me')
          .set(headers as Record<string, string>)
          .expect(200)
      ).body,
    ).toMatchObject({ demoRoles: [] });
    await app.anyone
      .post('/api/session')
      .set(headers as Record<string, string>)
      .send({ demo: 'operator' })
      .expect(403);
  });

  it('are tried thirty times a minute from one address, whatever the key', async () => {
    const tries = Array.from({ length: 60 }, (_, n) => app.anyone.post('/api/session').send({ key: `guess-${n}` }));
    const statuses = (await Promise.all(tries)).map(({ status }) => status);
    expect(new Set(statuses)).toEqual(new Set([401, 429]));
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThanOrEqual(30);
    await app.anyone.post('/api/session').send({ demo: 'officer' }).expect(429);
  });
});

describe('a mail server', () => {
  it('is given the letter with its sender, receiver and text', async () => {
    let said = '';
    const server = createServer((socket) => {
      socket.write('220 test\r\n');
      socket.on('data', (bytes) => {
        const text = String(bytes);
        said += text;
        const isLetter = !/^(EHLO|MAIL|RCPT|DATA|QUIT)/.test(text);
        if (!isLetter || text.endsWith('\r\n.\r\n'))
          socket.write(text.startsWith('DATA') ? '354 go on\r\n' : '250 fine\r\n');
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    await mailBy(`smtp://127.0.0.1:${port}`, 'xanh@example.vn')('an@example.vn', { subject: 'Hello', text: 'a link' });
    server.close();
    expect(said).toMatch(/MAIL FROM:<xanh@example.vn>[\s\S]*RCPT TO:<an@example.vn>[\s\S]*Subject: Hello[\s\S]*a link/);
    await expect(
      mailBy(`smtp://127.0.0.1:${port}`, 'xanh@example.vn')('an@example.vn', { subject: 'Hello', text: 'a link' }),
    ).rejects.toThrow('ECONNREFUSED');
  });
});
