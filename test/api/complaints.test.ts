import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type {
  Certificate,
  Complaint,
  ComplaintInput,
  ComplaintStanding,
  Letter,
  Product,
} from '../../schemas/types.d.ts';
import { startTestApp, type Caller, type TestApp } from '../support/app.ts';
import { aPurchase, aWorld, type World } from '../support/builders.ts';
import { peopleOf } from '../support/people.ts';

describe('reports of faults', () => {
  let app: TestApp;
  let world: World;
  let product: Product;
  let certificate: Certificate;
  beforeAll(async () => {
    app = await startTestApp();
    world = await aWorld(app);
    product = await world.product();
    certificate = await world.certificate({ products: [product.id] });
  });
  afterAll(() => app.close());

  const about = (over: Partial<ComplaintInput> = {}): ComplaintInput => ({
    subject: { kind: 'certificate', id: certificate.id },
    ground: 'labelMisused',
    text: 'Nhãn in trên hàng không thuộc chứng nhận (hư cấu).',
    ...over,
  });
  const report = async (caller: Caller, over: Partial<ComplaintInput> = {}) =>
    (await caller.post('/api/complaints').send(about(over)).expect(201)).body as Complaint;
  const send = (caller: Caller, { id }: Complaint, body: object) =>
    caller.post(`/api/complaints/${id}/events`).send(body);
  const standing = async (path: string, caller: Caller = app.anyone) =>
    (await caller.get(`/api/${path}/complaints`).expect(200)).body as ComplaintStanding;
  const rejection = { type: 'rejected', reasons: ['notProven'], text: 'Không đủ căn cứ (hư cấu)' };
  const upholding = { type: 'upheld', reasons: ['labelMisused'], text: 'Nhãn dán sai, đã yêu cầu gỡ (hư cấu)' };

  it('are told by letters to who reported, and to the people of the party, without a name in the record', async () => {
    const people = peopleOf(app, world.operator);
    await people.aPerson('chu@example.vn', { role: 'supplier', org: 'T-SUPPLIER', admin: true });
    await people.aPerson('nhan-vien@example.vn', { role: 'supplier', org: 'T-SUPPLIER' });
    const lettersTo = async (email: string) => {
      await app.services.post.settled();
      const { items } = (await world.operator.get('/api/outbox?limit=100').expect(200)).body as { items: Letter[] };
      return items.filter(({ to, subject }) => to === email && subject.includes('PA-')).map(({ text }) => text);
    };
    const subject = { kind: 'product' as const, id: (await world.product()).id };
    const sent = await report(app.anyone, { subject, contact: { name: 'Người Báo', email: 'thu@example.com' } });
    const [receipt, ...more] = await lettersTo('thu@example.com');
    expect(more).toEqual([]);
    expect(receipt).toContain(sent.reference);
    expect(receipt).toContain('01/12/2026');
    const forward = () =>
      world.operator
        .post(`/api/complaints/${sent.id}/events`)
        .set('Idempotency-Key', 'tell')
        .send({ type: 'forwarded' });
    for (let times = 0; times < 2; times++) await forward().expect(201);
    const [told, ...again] = await lettersTo('chu@example.vn');
    expect(again).toEqual([]);
    expect(told).toContain('08/12/2026');
    expect(told).not.toContain(about().text);
    expect(await lettersTo('nhan-vien@example.vn')).toEqual([]);
    await send(world.operator, sent, rejection).expect(201);
    expect(await lettersTo('thu@example.com')).toHaveLength(2);
    expect(await lettersTo('chu@example.vn')).toHaveLength(2);
    const record = await app.connection.collection<{ _id: string }>('complaints').findOne({ _id: sent.id });
    expect(JSON.stringify(record)).not.toMatch(/@example|Người Báo/);
  });

  it('go from anybody by the party to a reasoned decision, and change nothing of the label', async () => {
    const sent = await report(app.anyone, { contact: { name: 'Người Báo', email: 'bao@example.com' } });
    expect(sent).toMatchObject({
      status: 'received',
      receivedOn: '2026-11-24',
      checkDueOn: '2026-12-01',
      possible: [],
    });
    expect(sent.reference).toMatch(/^PA-2026-/);
    expect(sent.text).toBeUndefined();
    expect(await standing(`certificates/${certificate.id}`)).toMatchObject({ open: 1, upheld: 0 });
    // Before it is forwarded the party learns nothing of it, and nothing can be upheld against it.
    const asTheParty = async () => {
      const { items } = (await world.supplier.get('/api/complaints').expect(200)).body as { items: Complaint[] };
      return items.find(({ id }) => id === sent.id);
    };
    expect(await asTheParty()).toBeUndefined();
    await send(world.operator, sent, upholding).expect(409);
    const told = (await send(world.operator, sent, { type: 'forwarded' }).expect(201)).body as Complaint;
    expect(told).toMatchObject({ status: 'withParty', replyDueOn: '2026-12-08', decideDueOn: '2026-12-29' });
    const heard = await send(world.operator, sent, upholding).expect(422);
    expect(heard.body).toMatchObject({ errors: [expect.objectContaining({ pointer: '/type' })] });

    const seen = await asTheParty();
    expect(seen).toMatchObject({ text: about().text, possible: ['replied'] });
    await send(world.supplier, sent, { type: 'replied', text: 'Đại lý dán nhầm (hư cấu)' }).expect(201);
    await send(world.certifier, sent, { type: 'replied', text: 'Cơ quan cấp đang kiểm tra (hư cấu)' }).expect(201);
    await send(world.supplier, sent, upholding).expect(403);
    const decided = (await send(world.operator, sent, upholding).expect(201)).body as Complaint;
    expect(decided).toMatchObject({ status: 'upheld', possible: [] });
    await send(world.operator, sent, rejection).expect(409);

    const followed = (await app.anyone.get(`/api/complaints/${sent.reference}`).expect(200)).body as Complaint;
    expect(followed.decision).toEqual({
      result: 'upheld',
      on: '2026-11-24',
      reasons: ['labelMisused'],
      text: upholding.text,
    });
    expect(followed.events).toBeUndefined();
    const now = await standing(`certificates/${certificate.id}`);
    expect(now).toMatchObject({ open: 0, upheld: 1, decided: [{ reference: sent.reference }] });
    const after = (await app.anyone.get(`/api/certificates/${certificate.id}`).expect(200)).body as Certificate;
    expect([after.status, after.revision, after.events]).toEqual(['valid', certificate.revision, []]);

    const everything = JSON.stringify([followed, seen, decided, now]);
    expect(everything).not.toMatch(/bao@example|Người Báo/);
    const { body } = await world.auditor.get(`/api/history?kind=complaints&id=${sent.id}`).expect(200);
    const { fits, entries } = body as { fits: boolean; entries: { action: string }[] };
    expect(fits).toBe(true);
    expect(entries.map(({ action }) => action)).toEqual(['reported', 'forwarded', 'replied', 'replied', 'upheld']);
    expect(JSON.stringify(body)).not.toMatch(/bao@example|Người Báo/);
  });

  it('keep apart how the reporter is reached, for the operator alone, until it is erased', async () => {
    const { id } = await report(world.supplier, { contact: { phone: '0900 000 000' } });
    const path = `/api/complaints/${id}/contact`;
    expect((await world.operator.get(path).expect(200)).body).toMatchObject({ complaint: id, phone: '0900 000 000' });
    await world.operator.delete(path).expect(204);
    await world.operator.get(path).expect(404);
    const { body } = await world.operator.get('/api/me').expect(200);
    expect(body).toBeDefined();
    const reporter = ((await world.operator.get(`/api/complaints/${id}`).expect(200)).body as Complaint).reportedBy!;
    const other = await report(world.supplier, { contact: { phone: '0900 000 001' } });
    await app.services.complaints.forgetReporter(reporter);
    await world.operator.get(`/api/complaints/${other.id}/contact`).expect(404);
  });

  it('are decided by none of their sides, and are the business of no third party', async () => {
    const own = await report(world.operator);
    const refused = await send(world.operator, own, { type: 'forwarded' }).expect(403);
    expect(refused.body).toMatchObject({ code: 'FOUR_EYES' });
    await send(world.publisher, own, { type: 'forwarded' }).expect(201);
    const shop = await app.as('supplier', 'T-SHOP');
    for (const stranger of [shop, world.officer]) {
      expect((await stranger.get('/api/complaints').expect(200)).body).toMatchObject({ total: 0 });
      expect(((await stranger.get(`/api/complaints/${own.id}`).expect(200)).body as Complaint).text).toBeUndefined();
      await send(stranger, own, { type: 'replied', text: 'Xen vào (hư cấu)' }).expect(403);
    }
    await send(world.auditor, own, rejection).expect(403);
    await send(world.operator, own, { type: 'withdrawn' }).expect(201);
  });

  it('about a purchase tell nobody whether it is there, reach its agency, and show on it to its readers', async () => {
    const purchase = (await world.officer.post('/api/purchases').send(aPurchase()).expect(201)).body as {
      id: string;
      reference: string;
    };
    const named = { kind: 'purchase', agency: 'T-UNIT', reference: purchase.reference } as const;
    const ground = 'notAsDelivered';
    const known = await report(app.anyone, { subject: named, ground });
    const unknown = await report(app.anyone, { subject: { ...named, reference: 'none' }, ground });
    expect([known.subject, unknown.subject]).toEqual([{ kind: 'purchase' }, { kind: 'purchase' }]);
    await app.anyone.get(`/api/complaints/${known.id}`).expect(404);
    await app.anyone.get(`/api/complaints/${known.reference}`).expect(200);
    await app.anyone.get(`/api/purchases/${purchase.id}/complaints`).expect(401);
    await world.otherOfficer.get(`/api/purchases/${purchase.id}/complaints`).expect(403);
    expect(await standing(`purchases/${purchase.id}`, world.department)).toMatchObject({ open: 1 });
    await send(world.operator, known, { type: 'forwarded' }).expect(201);
    await send(world.otherOfficer, known, { type: 'replied', text: 'Không phải (hư cấu)' }).expect(403);
    await send(world.department, known, { type: 'replied', text: 'Đã đối chiếu biên bản (hư cấu)' }).expect(201);
    // Nobody is known whom this one concerns.
    const nowhere = await report(app.anyone, { subject: { ...named, agency: 'NONE' }, ground });
    await send(world.operator, nowhere, { type: 'forwarded' }).expect(422);
    await send(world.operator, nowhere, { ...rejection, reasons: ['notIdentified'] }).expect(201);
  });

  it('are decided without a reply once its time is over, and then the operator is found late', async () => {
    const silent = await report(app.anyone, { subject: { kind: 'product', id: product.id }, ground: 'dataWrong' });
    await send(world.operator, silent, { type: 'forwarded' }).expect(201);
    const start = app.clock.now();
    app.clock.set('2026-12-30T02:00:00.000Z');
    const late = (await world.operator.get('/api/complaints?late=true').expect(200)).body as { items: Complaint[] };
    expect(late.items.map(({ id }) => id)).toContain(silent.id);
    await send(world.operator, silent, { ...upholding, reasons: ['dataWrong'] }).expect(201);
    app.clock.set(start);
    expect(await standing(`products/${product.id}`)).toMatchObject({ upheld: 1 });
  });

  it('are bounded: in what they say, for how many, and once for a key', async () => {
    await app.anyone
      .post('/api/complaints')
      .send(about({ text: 'ngắn' }))
      .expect(400);
    await app.anyone
      .post('/api/complaints')
      .send(about({ text: 'x'.repeat(40_000) }))
      .expect(413);
    await app.anyone
      .post('/api/complaints')
      .send({ ...about(), status: 'upheld' })
      .expect(400);
    await app.anyone
      .post('/api/complaints')
      .send(about({ subject: { kind: 'product', id: '0'.repeat(24) } }))
      .expect(422);
    await app.anyone
      .post('/api/complaints')
      .send(about({ seenOn: '2027-01-01' }))
      .expect(422);
    const twice = () => app.anyone.post('/api/complaints').set('Idempotency-Key', 'report-1').send(about());
    const [first, second] = [
      (await twice().expect(201)).body as Complaint,
      (await twice().expect(201)).body as Complaint,
    ];
    expect(second.id).toBe(first.id);
    const flooded = await world.product();
    const subject = { kind: 'product', id: flooded.id } as const;
    for (let sent = 0; sent < 20; sent++) await report(app.anyone, { subject });
    await app.anyone.post('/api/complaints').send(about({ subject })).expect(409);
    await report(world.auditor, { subject });
  });

  it('take files that are shown to no other side', async () => {
    const sent = await report(world.supplier);
    const use = JSON.stringify({ kind: 'complaint', id: sent.id });
    const attach = (caller: Caller, text: string) =>
      caller.post('/api/evidence').field('kind', 'other').field('use', use).attach('file', Buffer.from(text), 'a.csv');
    await attach(world.supplier, 'ngày,việc\n1,2\n').expect(201);
    await attach(world.officer, 'ngày,việc\n3,4\n').expect(403);
    const path = `/api/evidence?use=complaint:${sent.id}`;
    expect((await world.operator.get(path).expect(200)).body).toMatchObject({ total: 1 });
    await world.certifier.get(path).expect(403);
  });
});

it('takes ten reports an hour from one address, and any number by key', async () => {
  const app = await startTestApp({ reportsPerHour: 2 });
  const operator = await app.as('operator');
  const body = { subject: { kind: 'product', id: '0'.repeat(24) }, ground: 'other', text: 'Thử giới hạn (hư cấu)' };
  const answers: number[] = [];
  for (let sent = 0; sent < 3; sent++) answers.push((await app.anyone.post('/api/complaints').send(body)).status);
  expect(answers).toEqual([422, 422, 429]);
  await operator.post('/api/complaints').send(body).expect(422);
  await app.close();
});
