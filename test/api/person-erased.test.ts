import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Application, Certificate, Purchase } from '../../schemas/types.d.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { aCertificate, aPurchase } from '../support/builders.ts';
import { aDossierWorld, anEvent, begin, ecolabelFiles, sendEvent, type DossierWorld } from '../support/dossiers.ts';
import { peopleOf, type TestPeople } from '../support/people.ts';

let app: TestApp;
let world: DossierWorld;
let people: TestPeople;
beforeAll(async () => {
  app = await startTestApp();
  world = await aDossierWorld(app);
  people = peopleOf(app, world.operator);
}, 60_000);
afterAll(() => app.close());

/** Every document of the store as text, by collection: history, sessions, accounts, letters and all. */
async function everything(): Promise<[string, string][]> {
  const names = (await app.connection.listCollections()).map(({ name }) => name);
  return Promise.all(
    names.map(async (name) => [name, JSON.stringify(await app.connection.collection(name).find().toArray())] as const),
  ).then((found) => found.map(([name, text]) => [name, text]));
}

it('decides an application, registers a certificate and buys in person, and is erased: nothing names it, everything verifies', async () => {
  const named = { name: 'Nguyễn Thị Xóa Tên', email: 'xoa.ten@example.vn' };
  const person = async (email: string, more: object) => {
    const { body } = await people.accept(await people.invite(email, more), email, { name: named.name }).expect(201);
    return { ...(body as { id: string; person: string }) };
  };
  const officer = await person(named.email, { role: 'officer', org: 'T-UNIT' });
  const certifier = await person(named.email, { role: 'certifier', org: 'T-BODY' });
  const supplier = await people.aPerson('nguoi.nop@example.vn', { role: 'supplier', org: 'T-SUPPLIER' });
  const { headers } = await people.signIn(named.email).expect(200);
  const cookie = (headers['set-cookie'] as unknown as string[]).map((text) => text.split(';')[0]).join('; ');
  const caller = people.browser(cookie);
  const actFor = (membership: string) => caller.post('/api/session/membership').send({ membership }).expect(204);

  const product = await world.product();
  const applicant = people.browser(supplier.cookie);
  const dossier = await begin(applicant, {
    kind: 'new',
    applicant: 'T-SUPPLIER',
    scheme: 'VN-ECOLABEL',
    products: [product.id],
    attachments: ecolabelFiles(app.clock.today()),
  });
  await sendEvent(applicant, dossier, { type: 'submitted' }).expect(201);
  await actFor(certifier.id);
  for (const type of ['foundComplete', 'evaluated', 'approved'] as const)
    await sendEvent(caller, dossier, anEvent(type)).expect(201);
  const certificate = (
    await caller
      .post('/api/certificates')
      .send(aCertificate({ products: [product.id], scheme: 'EU-ECOLABEL' }))
      .expect(201)
  ).body as Certificate;
  await actFor(officer.id);
  const line = { description: 'Giấy', product: product.id, quantity: '1', unit: 'RM', amountNet: '60000' };
  const purchase = (
    await caller
      .post('/api/purchases')
      .send(aPurchase({ lines: [line] }))
      .expect(201)
  ).body as Purchase;
  const kept = { page: 'search', name: 'Giấy của riêng tôi', query: '?q=giay' };
  await caller
    .post('/api/saved')
    .send({ items: [kept] })
    .expect(201);
  await app.services.settle();
  expect((await everything()).filter(([, text]) => text.includes(named.name)).map(([name]) => name)).toEqual(['user']);

  await world.operator.delete(`/api/people/${officer.person}`).expect(204);
  app.later(24 * 3600);
  await app.services.settle();
  const all = await everything();
  for (const secret of [named.name, named.email, kept.name]) {
    const where = all.filter(([, text]) => text.toLowerCase().includes(secret.toLowerCase()));
    expect(where.map(([name]) => name)).toEqual([]);
  }
  // What it did is still there, under an id that says nothing.
  for (const [kind, id] of [
    ['applications', dossier.id],
    ['certificates', certificate.id],
    ['purchases', purchase.id],
  ]) {
    const { body } = await world.auditor.get(`/api/history?kind=${kind}&id=${id}`).expect(200);
    expect(body).toMatchObject({ fits: true });
    expect(JSON.stringify(body)).toContain(officer.person);
  }
  expect((await world.operator.get(`/api/applications/${dossier.id}`).expect(200)).body as Application).toMatchObject({
    status: 'approved',
  });
  const verified = await app.services.audit.verify(() => {});
  expect(verified.findings).toEqual([]);
  expect(verified.seals).toBeGreaterThan(0);
}, 60_000);
