import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Application, Evidence, Me, Membership, Organisation } from '../../schemas/types.d.ts';
import { startTestApp, type Caller, type TestApp } from '../support/app.ts';
import { aDossierWorld, aPdf, begin, ecolabelFiles, sendEvent, type DossierWorld } from '../support/dossiers.ts';
import { cookiesOf, password, peopleOf, type TestPeople } from '../support/people.ts';

const known = { taxCode: '9911111101', company: 'Công ty khác tên (hư cấu)' };
const unknown = { taxCode: '9911111190', company: 'Công ty Mới (hư cấu)' };

let app: TestApp;
let world: DossierWorld;
let people: TestPeople;
beforeAll(async () => {
  // A mail server that takes no letter: each is in the outbox all the same.
  app = await startTestApp({ send: () => Promise.reject(new Error('550 no such mailbox')) });
  world = await aDossierWorld(app);
  people = peopleOf(app, world.operator);
}, 60_000);
afterAll(() => app.close());

const signUp = (email: string, company: object) => app.anyone.post('/api/sign-ups').send({ email, ...company });
const confirm = (token: string, email: string, secret = password) =>
  app.anyone.post('/api/sign-ups/confirmation').send({ token, email, name: 'Phạm Thị Mới', password: secret });

/** A supplier's person who signed up and waits. */
async function aNewcomer(email: string, company: object): Promise<{ caller: Caller; membership: Membership }> {
  await signUp(email, company).expect(204);
  const { body } = await confirm(await people.letterTo(email), email).expect(201);
  const caller = people.browser(cookiesOf(await people.signIn(email).expect(200)));
  return { caller, membership: body as Membership };
}

const decide = (id: string, body: object) => world.operator.post(`/api/memberships/${id}/verification`).send(body);
const draftOf = (applicant: string) => ({ kind: 'new' as const, applicant, scheme: 'VN-ECOLABEL' });

describe('a supplier signs up', () => {
  it('for a company that the register lacks, drafts at once with files, and submits once it is verified', async () => {
    const email = 'moi@example.vn';
    const { caller, membership } = await aNewcomer(email, unknown);
    const org = membership.org ?? '';
    expect(membership).toMatchObject({ role: 'supplier', unverified: true, org: 'MST-9911111190' });
    expect((await caller.get('/api/me')).body).toMatchObject({
      actor: { unverified: true, org, orgName: { vi: unknown.company } },
      memberships: [{ unverified: true }],
    });
    const product = await world.product();
    const draft = await begin(caller, {
      ...draftOf(org),
      products: [product.id],
      attachments: ecolabelFiles(app.clock.today()),
    });
    expect(draft.possible).not.toContain('submitted');
    const refused = await sendEvent(caller, draft, { type: 'submitted' }).expect(403);
    expect(refused.body).toMatchObject({ code: 'NOT_VERIFIED' });
    for (const path of ['/api/memberships', '/api/products/unreviewed', '/api/purchases'])
      await caller.get(path).expect(403);
    expect((await caller.post('/api/products').send({}).expect(403)).body).toMatchObject({ code: 'NOT_VERIFIED' });

    // Nobody but who looks after the register sees a company that only a sign-up has named.
    await app.anyone.get(`/api/organisations/${org}`).expect(404);
    await world.supplier.get(`/api/organisations/${org}`).expect(404);
    const found = (by: Caller) =>
      by.get('/api/organisations?q=MST-9911111190').then(({ body }) => (body as { total: number }).total);
    expect([await found(app.anyone), await found(world.supplier), await found(world.operator)]).toEqual([0, 0, 1]);
    await caller.get(`/api/organisations/${org}`).expect(200);

    const queue = (await world.operator.get('/api/memberships?state=unverified').expect(200)).body as {
      items: (Membership & { email: string })[];
    };
    expect(queue.items).toMatchObject([{ id: membership.id, email, org }]);
    await caller.post(`/api/memberships/${membership.id}/verification`).send({ result: 'verified' }).expect(403);
    expect((await decide(membership.id, { result: 'verified' }).expect(200)).body).not.toHaveProperty('unverified');
    expect((await decide(membership.id, { result: 'verified' }).expect(409)).body).toMatchObject({
      code: 'ALREADY_DECIDED',
    });
    expect((await app.anyone.get(`/api/organisations/${org}`).expect(200)).body as Organisation).not.toHaveProperty(
      'unverified',
    );
    // The files that it sent while it waited are still its own; what the dossier lacks is all that is said now.
    await caller.get(`/api/evidence/${draft.attachments?.[0]?.evidence}/content`).expect(200);
    const answer = await sendEvent(caller, draft, { type: 'submitted' });
    expect([201, 422]).toContain(answer.status);
    const letters = (await world.operator.get('/api/outbox?limit=100')).body as {
      items: { to: string; text: string }[];
    };
    expect(letters.items.filter(({ to }) => to === email).some(({ text }) => text.includes(unknown.company))).toBe(
      true,
    );
  });

  it('for a known company, and sees nothing of it but what it began itself', async () => {
    const theirs = await begin(world.supplier, { ...draftOf('T-SUPPLIER'), attachments: ecolabelFiles('2026-11-01') });
    const file = theirs.attachments?.[0]?.evidence ?? '';
    const { caller, membership } = await aNewcomer('la@example.vn', known);
    expect(membership.org).toBe('T-SUPPLIER');
    const own = await begin(caller, draftOf('T-SUPPLIER'));
    const listed = (await caller.get('/api/applications').expect(200)).body as { items: Application[]; total: number };
    expect([listed.total, listed.items.map(({ id }) => id)]).toEqual([1, [own.id]]);
    await caller.get(`/api/applications/${theirs.id}`).expect(403);
    await sendEvent(caller, theirs, { type: 'withdrawn' }).expect(403);
    await caller
      .patch(`/api/applications/${theirs.id}`)
      .set('If-Match', `"${theirs.revision}"`)
      .send({ note: 'x' })
      .expect(403);
    for (const path of [
      `/api/evidence/${file}`,
      `/api/evidence/${file}/content`,
      `/api/evidence?use=application:${theirs.id}`,
    ])
      await caller.get(path).expect(403);
    expect((await caller.get('/api/evidence').expect(200)).body).toMatchObject({ total: 0 });
    const attach = [{ kind: 'form', evidence: file }];
    await caller
      .post('/api/applications')
      .send({ ...draftOf('T-SUPPLIER'), attachments: attach })
      .expect(422);
    // The same bytes again are its own file, and tell nothing of theirs.
    const bytes = aPdf(JSON.stringify({ kind: 'form' }));
    const { body } = await caller
      .post('/api/evidence')
      .field('kind', 'form')
      .attach('file', bytes, 'a.pdf')
      .expect(201);
    expect((body as Evidence).id).not.toBe(file);
    await caller.post('/api/applications').send(draftOf('T-SHOP')).expect(403);

    const reason = 'Không có giấy giới thiệu của công ty';
    await decide(membership.id, { result: 'refused' }).expect(400);
    expect((await decide(membership.id, { result: 'refused', reason }).expect(200)).body).toMatchObject({
      refusedFor: reason,
    });
    await caller.get(`/api/applications/${own.id}`).expect(401);
    expect(((await caller.get('/api/me')).body as Me).memberships).toEqual([]);
  });

  it('by a link that works once, for its address, within 7 days, and never for an agency', async () => {
    const email = 'lai@example.vn';
    await signUp(email, known).expect(204);
    const token = await people.letterTo(email);
    expect((await confirm(token, 'other@example.vn').expect(403)).body).toMatchObject({ code: 'LINK_REFUSED' });
    const both = await Promise.all([confirm(token, email), confirm(token, email)]);
    expect(both.filter(({ status }) => status === 201)).toHaveLength(1);
    expect((await confirm(token, email).expect(403)).body).toMatchObject({ code: 'LINK_REFUSED' });
    await signUp('muon@example.vn', known).expect(204);
    const late = await people.letterTo('muon@example.vn');
    const now = app.later(7 * 24 * 3600);
    await confirm(late, 'muon@example.vn').expect(403);
    app.clock.set(now);
    await app.anyone
      .post('/api/sign-ups')
      .send({ email, ...known, role: 'operator' })
      .expect(400);
  });

  it('and learns from no answer whether address or company are known', async () => {
    await people.aPerson('co@example.vn', { role: 'auditor' });
    const answers = await Promise.all(
      ['co@example.vn', 'khong@example.vn'].flatMap((email) =>
        [known, unknown].map(async (company) => {
          const { status, body } = await signUp(email, company);
          return [status, body] as unknown;
        }),
      ),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    // Only who has the password of the account joins it to the company.
    await confirm(await people.letterTo('co@example.vn'), 'co@example.vn', 'the password of another').expect(401);
    for (let more = 0; more < 5; more++) await signUp('khong@example.vn', known).expect(204);
    await people.letterTo('khong@example.vn');
    const letters = (await world.operator.get('/api/outbox?limit=100')).body as { items: { to: string }[] };
    expect(letters.items.filter(({ to }) => to === 'khong@example.vn')).toHaveLength(3);
  });
});
