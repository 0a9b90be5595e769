import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type {
  Application,
  ApplicationInput,
  Certificate,
  PriorityList,
  ProblemDetails,
  Product,
  SearchResult,
} from '../../schemas/types.d.ts';
import { newId } from '../../server/core/model.ts';
import { startTestApp, type Caller, type TestApp } from '../support/app.ts';
import { anOrganisation, aProduct, nextNumber } from '../support/builders.ts';
import {
  aDossier,
  aDossierWorld,
  anEvent,
  begin,
  changeFiles,
  ecolabelFiles,
  energyFiles,
  sendEvent,
  type DossierWorld,
} from '../support/dossiers.ts';

const applicant = 'T-SUPPLIER';

interface StringId extends Record<string, unknown> {
  _id: string;
}
const nowhere = '0'.repeat(24);

describe('applications', () => {
  let app: TestApp;
  let world: DossierWorld;
  let product: Product;
  let input: ApplicationInput;

  beforeAll(async () => {
    app = await startTestApp();
    world = await aDossierWorld(app);
    product = await world.product();
    const attachments = ecolabelFiles(app.clock.today());
    input = { kind: 'new', applicant, scheme: 'VN-ECOLABEL', products: [product.id], attachments };
  }, 60_000);
  afterAll(() => app.close());

  const done = (id: string, caller: Caller = world.supplier) =>
    app.services
      .settle()
      .then(async () => (await caller.get(`/api/applications/${id}`).expect(200)).body as Application);
  const certificateOf = async ({ outcome }: Application) =>
    (await app.anyone.get(`/api/certificates/${outcome?.certificate}`).expect(200)).body as Certificate;
  const faultsOf = ({ body }: { body: unknown }) =>
    (body as ProblemDetails).errors?.map(({ pointer, detail }) => `${pointer} ${detail}`);
  const patch = (caller: Caller, { id, revision }: Application, body: object) =>
    caller.patch(`/api/applications/${id}`).set('If-Match', `"${revision}"`).send(body);
  /** Runs the work on another day, and comes back. */
  const onDay = async <T>(day: string, work: () => Promise<T>): Promise<T> => {
    const before = app.clock.now();
    app.clock.set(`${day}T03:00:00.000Z`);
    try {
      return await work();
    } finally {
      app.clock.set(before);
    }
  };

  describe('a draft', () => {
    it('is saved as one types, each time over what was read, and names what is not there', async () => {
      const draft = await begin(world.supplier, { kind: 'new', applicant, scheme: 'VN-ECOLABEL' });
      expect(draft).toMatchObject({ status: 'draft', procedure: 'ecolabelEvaluation', revision: 1, legalClock: null });
      expect(draft.checklist?.map(({ present }) => present)).toEqual([false, false, false, false, false]);
      const { body } = await patch(world.supplier, draft, { products: [product.id], note: 'Giấy tái chế' }).expect(200);
      expect(body).toMatchObject({ revision: 2, note: 'Giấy tái chế', events: [] });
      expect((await patch(world.supplier, draft, { note: 'Khác' }).expect(412)).body).toMatchObject({
        code: 'PRECONDITION_FAILED',
      });
      await world.supplier.patch(`/api/applications/${draft.id}`).send({ note: 'x' }).expect(428);
      expect((await patch(world.supplier, body as Application, { note: null }).expect(200)).body).not.toHaveProperty(
        'note',
      );
      const unknown = await patch(world.supplier, { ...draft, revision: 3 }, { products: [nowhere] }).expect(422);
      expect((unknown.body as ProblemDetails).errors).toMatchObject([{ pointer: '/products/0' }]);
    });

    it.each([
      ['/status', { status: 'approved' }],
      ['/decision', { decision: { result: 'approved' } }],
      ['/preparedBy', { preparedBy: [] }],
      ['/refusedBy', { refusedBy: [] }],
      ['/reviewer', { reviewer: 'x' }],
      ['/receivedOn', { receivedOn: '2020-01-01' }],
      ['/outcome', { outcome: {} }],
      ['/attachments/0/addedBy', { attachments: [{ kind: 'form', evidence: nowhere, addedBy: 'x' }] }],
    ])('takes no %s from a body', async (pointer, more) => {
      const created = await world.supplier
        .post('/api/applications')
        .send({ ...input, ...more })
        .expect(400);
      expect((created.body as ProblemDetails).errors).toMatchObject([{ pointer }]);
      const draft = await begin(world.supplier, input);
      expect((await patch(world.supplier, draft, more).expect(400)).body).toMatchObject({ errors: [{ pointer }] });
      const sent = await world.reviewer
        .post(`/api/applications/${draft.id}/events`)
        .send({ type: 'submitted', ...more });
      expect([sent.status, sent.body]).toMatchObject([
        400,
        { errors: [{ pointer: pointer.replace('/0/addedBy', '') }] },
      ]);
    });

    it('is begun for another supplier by nobody but a body for its own labels, and the operator', async () => {
      const post = (caller: Caller, over: object = {}) =>
        caller.post('/api/applications').send({ ...input, attachments: [], ...over });
      await post(world.shop).expect(403);
      await post(world.forester).expect(403);
      await post(world.preparer, { kind: 'listing', scheme: undefined }).expect(403);
      await post(world.operator).expect(201);
      await post(world.supplier, { applicant: 'T-NOBODY' }).expect(403);
      expect(faultsOf(await post(world.operator, { applicant: 'T-NOBODY', scheme: 'T-NO' }).expect(422))).toHaveLength(
        2,
      );
    });

    it('made twice under one key is one', async () => {
      const sent = { ...input, attachments: [] };
      const post = () =>
        world.supplier.post('/api/applications').set('Idempotency-Key', 'draft-1').send(sent).expect(201);
      const [one, other] = [await post(), await post()];
      expect((other.body as Application).id).toBe((one.body as Application).id);
      for (const caller of [world.shop, world.reviewer])
        await caller.post('/api/applications').set('Idempotency-Key', 'draft-1').send(sent).expect(403);
    });
  });

  describe('a bound', () => {
    it('refuses a hundred and first draft of one caller, and leaves another to begin its own', async () => {
      const caller = await app.as('supplier', 'T-SHOP');
      const begun = await begin(caller, { kind: 'listing', applicant: 'T-SHOP' });
      const drafts = app.connection.collection<StringId>('applications');
      const { _id, ...kept } = (await drafts.findOne({ preparedBy: begun.preparedBy[0] }))!;
      await drafts.insertMany(Array.from({ length: 99 }, () => ({ ...kept, _id: newId() })));
      const more = { kind: 'listing', applicant: 'T-SHOP' };
      const refused = await caller.post('/api/applications').set('Accept-Language', 'en').send(more).expect(409);
      expect(refused.body).toMatchObject({ code: 'TOO_MANY_DRAFTS', title: expect.stringContaining('100') });
      await world.shop.post('/api/applications').send(more).expect(201);
      await drafts.deleteMany({ preparedBy: begun.preparedBy[0] });
    });

    it('lets a dossier of 500 events be decided or withdrawn, and one with 4 MB of history not be edited', async () => {
      const dossier = await aDossier(world, 'underEvaluation', { input });
      const stored = app.connection.collection<StringId>('applications');
      const id = dossier.id;
      const events = Array.from({ length: 500 }, (_, at) => dossier.events[at % dossier.events.length]);
      await stored.updateOne({ _id: id }, { $set: { events } });
      const asked = sendEvent(world.reviewer, dossier, anEvent('asked')).set('Accept-Language', 'en');
      expect((await asked.expect(409)).body).toMatchObject({
        code: 'TOO_MANY_EVENTS',
        title: expect.stringContaining('500'),
      });
      await sendEvent(world.preparer, dossier, { type: 'withdrawn' }).expect(201);

      const draft = await begin(world.supplier, { kind: 'listing', applicant });
      const of = { _id: draft.id };
      await stored.updateOne(of, { $set: { 'history.0.action': 'x'.repeat(4_000_000) } });
      expect((await patch(world.supplier, draft, { note: 'Thêm' }).expect(409)).body).toMatchObject({
        code: 'TOO_MANY_EDITS',
      });
      await stored.deleteMany({ _id: { $in: [id, of._id] } });
    });
  });

  describe('a submission', () => {
    it('is refused with every missing item named by its text', async () => {
      const draft = await begin(world.supplier, { ...input, products: [], attachments: [] });
      const { body } = await sendEvent(world.supplier, draft, { type: 'submitted' })
        .set('Accept-Language', 'en')
        .expect(422);
      expect(faultsOf({ body })).toEqual([
        '/products name at least one product',
        '/attachments is missing: Application form (Appendix XXXII) (Decree 08/2022 art. 146(1))',
        expect.stringMatching(/^\/attachments is missing: Report that the criteria are met/),
        '/attachments is missing: Test report, with a product sample (Decree 08/2022 arts 146(3), 149)',
        expect.stringMatching(/^\/attachments is missing: Drawing or photo/),
        '/attachments is missing: Technical description (Decree 08/2022 art. 146(4))',
      ]);
    });

    it('needs a report that is not older than six months on the day, by a laboratory', async () => {
      const submit = async (issuedOn: string) =>
        sendEvent(world.supplier, await begin(world.supplier, { ...input, attachments: ecolabelFiles(issuedOn) }), {
          type: 'submitted',
        });
      expect(faultsOf(await submit('2026-05-23'))).toEqual([expect.stringContaining('24/11/2026')]);
      expect((await submit('2026-05-24')).status).toBe(201);
    });

    it('of an energy label asks for the level, for no fresh report and for no evaluation', async () => {
      const energy: ApplicationInput = {
        kind: 'new',
        applicant,
        scheme: 'VN-ENERGY-COMPARATIVE',
        products: [product.id],
        attachments: energyFiles(),
      };
      const draft = await begin(world.supplier, energy);
      expect((await sendEvent(world.supplier, draft, { type: 'submitted' }).expect(422)).body).toMatchObject({
        errors: [{ pointer: '/level' }],
      });
      const dossier = await aDossier(world, 'submitted', { input: { ...energy, level: '5' } });
      expect(dossier).toMatchObject({ procedure: 'energyRegistration', legalClock: null });
      expect(dossier).not.toHaveProperty('lapsesAfter');
      await sendEvent(world.reviewer, dossier, { type: 'foundComplete' }).expect(409);
      await sendEvent(world.reviewer, dossier, anEvent('approved')).expect(201);
      expect(await certificateOf(await done(dossier.id))).toMatchObject({ level: '5', scheme: energy.scheme });
    });

    it('of a scheme that has ended, or for another’s product, is refused', async () => {
      const over = await begin(world.operator, { ...input, scheme: 'VN-GREEN-LABEL', attachments: [] });
      expect((await sendEvent(world.operator, over, { type: 'submitted' }).expect(422)).body).toMatchObject({
        errors: [{ pointer: '/scheme' }, { pointer: '/attachments' }],
      });
      const foreign = await world.product({ supplier: 'T-SHOP' });
      const theirs = await begin(world.supplier, { ...input, products: [foreign.id] });
      expect((await sendEvent(world.supplier, theirs, { type: 'submitted' }).expect(422)).body).toMatchObject({
        errors: [{ pointer: '/products/0' }],
      });
    });
  });

  describe('an approval', () => {
    it('registers the certificate and lists the product, once, whatever is sent again', async () => {
      const { body } = await world.supplier
        .post('/api/products')
        .send(aProduct({ model: 'MOI 900' }))
        .expect(201);
      const own = body as Product;
      expect(own.listing).toBe('unreviewed');
      const dossier = await aDossier(world, 'underEvaluation', { input: { ...input, products: [own.id] } });
      const number = `QD-${nextNumber()}`;
      const approved = { ...anEvent('approved'), certificate: { number } };
      expect(faultsOf(await sendEvent(world.reviewer, dossier, approved).expect(422))).toHaveLength(1);
      await sendEvent(world.reviewer, dossier, anEvent('evaluated')).expect(201);
      const decide = () => sendEvent(world.reviewer, dossier, approved).set('Idempotency-Key', 'decision-1');
      const answers = await Promise.all([decide(), decide(), sendEvent(world.reviewer, dossier, approved)]);
      expect(answers.some(({ status }) => status === 201)).toBe(true);
      expect(answers.every(({ status }) => status === 201 || status === 409)).toBe(true);
      const after = await done(dossier.id);
      expect(after.events.filter(({ type }) => type === 'approved')).toHaveLength(1);
      expect(after).toMatchObject({ status: 'approved', decision: { reasons: ['criteriaMet'] }, legalClock: null });
      expect(await certificateOf(after)).toMatchObject({
        number,
        holder: applicant,
        products: [own.id],
        issuedOn: '2026-11-24',
        validThrough: '2029-11-24',
        source: { kind: 'issuer' },
      });
      const list = (await app.anyone.get(`/api/certificates?number=${number}`).expect(200)).body as { total: number };
      expect(list.total).toBe(1);
      expect((await app.anyone.get('/api/products?q=MOI+900').expect(200)).body as SearchResult).toMatchObject({
        items: [{ id: own.id }],
      });
    });

    it('that is entered a second time, as after a crash, gives the same certificate and no other', async () => {
      const dossier = await done((await aDossier(world, 'approved', { input })).id);
      const cutOff = { $set: { unregisteredSince: app.clock.now() }, $unset: { outcome: '' as const } };
      await app.connection.collection<{ _id: string }>('applications').updateOne({ _id: dossier.id }, cutOff);
      expect((await done(dossier.id)).outcome?.certificate).toBe(dossier.outcome?.certificate);
      const number = dossier.decision!.certificate!.number;
      expect((await app.anyone.get(`/api/certificates?number=${number}`).expect(200)).body).toMatchObject({ total: 1 });
    });

    it('is not decided with a number that the register would refuse, nor with a day to come', async () => {
      const { number } = await world.certificate({ products: [product.id], issuedOn: '2026-11-24' });
      const dossier = await aDossier(world, 'underEvaluation', { input });
      await sendEvent(world.reviewer, dossier, anEvent('evaluated')).expect(201);
      const approve = (certificate?: object) =>
        sendEvent(world.reviewer, dossier, {
          type: 'approved',
          reasons: ['criteriaMet'],
          ...(certificate && { certificate: certificate as never }),
        });
      expect((await approve({ number }).expect(409)).body).toMatchObject({ code: 'CERTIFICATE_EXISTS' });
      expect((await approve({ number: 'X-1', issuedOn: '2026-11-25' }).expect(422)).body).toMatchObject({
        errors: [{ pointer: '/certificate/issuedOn' }],
      });
      expect((await approve({ number: 'X-1', issuedOn: '2026-11-23' }).expect(422)).body).toMatchObject({
        errors: [{ pointer: '/certificate/issuedOn' }],
      });
      expect((await approve({ number: 'X-1', validThrough: '2026-11-01' }).expect(422)).body).toMatchObject({
        errors: [{ pointer: '/certificate/validThrough' }],
      });
      expect((await approve().expect(422)).body).toMatchObject({ errors: [{ pointer: '/certificate' }] });
    });

    it('whose number was taken meanwhile waits for its decider to name another', async () => {
      const dossier = await aDossier(world, 'approved', { input });
      const { number } = dossier.decision!.certificate!;
      // As if the other certificate had come between the decision and its entry.
      await done(dossier.id);
      const applications = app.connection.collection<{ _id: string }>('applications');
      const other = await aDossier(world, 'underEvaluation', { input });
      await sendEvent(world.reviewer, other, anEvent('evaluated')).expect(201);
      const decided = (await sendEvent(world.reviewer, other, anEvent('approved')).expect(201)).body as Application;
      await done(other.id);
      await applications.updateOne(
        { _id: other.id },
        {
          $set: { 'decision.certificate.number': number, unregisteredSince: app.clock.now() },
          $unset: { outcome: '' },
        },
      );
      // Its own entry is taken away, so that it is entered anew.
      await app.connection
        .collection('certificates')
        .updateOne(
          { keys: { $exists: true }, number: decided.decision!.certificate!.number },
          { $unset: { idempotency: '' } },
        );
      const stuck = await done(other.id);
      expect(stuck.outcome?.problem).toMatch(/đã có/);
      const mended = await sendEvent(world.reviewer, stuck, anEvent('resultCorrected')).expect(201);
      expect((mended.body as Application).outcome).toBeUndefined();
      const after = await done(other.id);
      expect((await certificateOf(after)).number).toBe(after.decision?.certificate?.number);
      await sendEvent(world.reviewer, after, anEvent('resultCorrected')).expect(409);
    });

    it('of a listing accepts the products and gives no certificate, without a statutory time', async () => {
      const own = (await world.supplier.post('/api/products').send(aProduct()).expect(201)).body as Product;
      const draft = await begin(world.supplier, { kind: 'listing', applicant, products: [own.id] });
      const dossier = (await sendEvent(world.supplier, draft, { type: 'submitted' }).expect(201)).body as Application;
      expect(dossier).toMatchObject({ legalClock: null, workingClock: { phase: 'check', late: false } });
      await sendEvent(world.reviewer, dossier, anEvent('approved', 'listing')).expect(403);
      expect(faultsOf(await sendEvent(world.operator, dossier, anEvent('approved')).expect(422))).toHaveLength(1);
      await sendEvent(world.operator, dossier, anEvent('approved', 'listing')).expect(201);
      expect((await done(dossier.id)).outcome).not.toHaveProperty('certificate');
      expect((await app.anyone.get(`/api/products/${own.id}`).expect(200)).body).toMatchObject({ listing: 'accepted' });
    });

    it('extends, changes, renews a certificate; a renewal at the earliest three months before the end', async () => {
      const [first, second] = [await world.product(), await world.product()];
      const certificate = await world.certificate({ products: [first.id], issuedOn: '2024-02-24' });
      const approve = async (over: Partial<ApplicationInput>) => {
        const all = { ...input, certificate: certificate.id, ...over };
        return done((await aDossier(world, 'approved', { input: all })).id);
      };
      const extended = await approve({ kind: 'extension', products: [second.id] });
      expect((await certificateOf(extended)).events).toMatchObject([
        { type: 'amended', products: [first.id, second.id] },
      ]);
      const changed = await approve({ kind: 'details', products: [], attachments: changeFiles() });
      const { number } = changed.decision!.certificate!;
      expect((await certificateOf(changed)).events).toMatchObject([{ type: 'amended' }, { type: 'reissued', number }]);
      // It ends on 24 February 2027: three months before is today.
      const renewed = await certificateOf(await approve({ kind: 'renewal', products: [first.id] }));
      expect(renewed).toMatchObject({ renews: certificate.id, products: [first.id] });
      await onDay('2026-11-23', async () => {
        const early = await begin(world.supplier, { ...input, kind: 'renewal', certificate: certificate.id });
        expect(faultsOf(await sendEvent(world.supplier, early, { type: 'submitted' }).expect(422))).toEqual([
          expect.stringContaining('24/11/2026'),
          expect.anything(),
        ]);
      });
      const theirs = await world.certificate({
        products: [(await world.product({ supplier: 'T-SHOP' })).id],
        holder: 'T-SHOP',
      });
      for (const [id, why] of [
        [theirs.id, 'không phải của bên nộp'],
        [nowhere, 'không có bản ghi'],
        [undefined, 'hãy nêu'],
      ] as const) {
        const draft = await begin(world.supplier, { ...input, kind: 'extension', ...(id && { certificate: id }) });
        const refused = await sendEvent(world.supplier, draft, { type: 'submitted' }).expect(422);
        expect(faultsOf(refused)).toEqual([expect.stringContaining(why)]);
      }
    });
  });

  describe('four eyes', () => {
    const why = ({ body }: { body: unknown }) => (body as ProblemDetails).errors?.[0]?.detail;

    it('a branch of the applicant’s enterprise does not decide, though it certifies', async () => {
      const branch = anOrganisation({ taxCode: '9911111101-001', kind: 'certifier', mayCertify: ['VN-ECOLABEL'] });
      await world.operator.post('/api/organisations').send(branch).expect(201);
      const dossier = await aDossier(world, 'submitted', { input });
      const insider = await app.as('certifier', branch.code);
      const refused = await sendEvent(insider, dossier, { type: 'foundComplete' }).expect(403);
      expect([(refused.body as ProblemDetails).code, why(refused)]).toEqual([
        'FOUR_EYES',
        'người này thuộc bên nộp hồ sơ',
      ]);
    });

    it('a dossier goes to another reviewer by being released and taken; who declared a conflict is out of it', async () => {
      const dossier = await aDossier(world, 'underEvaluation', { input });
      const busy = await sendEvent(world.colleague, dossier, anEvent('asked')).expect(409);
      expect(busy.body).toMatchObject({ code: 'REVIEWED_BY_ANOTHER' });
      await sendEvent(world.operator, dossier, anEvent('released')).expect(201);
      await sendEvent(world.operator, dossier, anEvent('released')).expect(409);
      const taken = (await sendEvent(world.colleague, dossier, { type: 'taken' }).expect(201)).body as Application;
      await sendEvent(world.colleague, dossier, anEvent('conflictDeclared')).expect(201);
      const again = await sendEvent(world.colleague, dossier, { type: 'taken' }).expect(403);
      expect(why(again)).toBe('người này đã khai xung đột lợi ích');
      expect((await done(dossier.id, world.colleague)).barred).toBe('conflict');
      await sendEvent(world.reviewer, dossier, { type: 'taken' }).expect(201);
      expect(taken.reviewer).not.toBe((await done(dossier.id)).reviewer);
    });

    it('who refused does not decide on the appeal, nor after it', async () => {
      const dossier = await aDossier(world, 'appealed', { input });
      expect(dossier.legalClock).toMatchObject({ phase: 'appeal', days: 40 });
      expect(why(await sendEvent(world.reviewer, dossier, anEvent('appealUpheld')).expect(403))).toBe(
        'người này đã từ chối hồ sơ',
      );
      const reopened = await sendEvent(world.colleague, dossier, anEvent('appealUpheld')).expect(201);
      expect(reopened.body).toMatchObject({
        status: 'underEvaluation',
        legalClock: null,
        workingClock: { phase: 'evaluation' },
      });
      await sendEvent(world.reviewer, dossier, anEvent('approved')).expect(403);
      await sendEvent(world.colleague, dossier, anEvent('evaluated')).expect(201);
      await sendEvent(world.colleague, dossier, anEvent('approved')).expect(201);
    });

    it('an edition is published by another person than those who drafted it', async () => {
      const edition = {
        code: 'FE-1',
        title: { vi: 'Thử' },
        legalBasis: 'Thử',
        effectiveFrom: '2028-01-01',
        entries: [],
      };
      const drafted = (await world.operator.post('/api/priority-lists').send(edition).expect(201)).body as PriorityList;
      expect(drafted).not.toHaveProperty('draftedBy');
      const publish = (caller: Caller) => caller.post('/api/priority-lists/FE-1/publication');
      expect((await publish(world.operator).expect(403)).body).toMatchObject({ code: 'FOUR_EYES' });
      const changed = { title: { vi: 'Sửa' } };
      await world.publisher.patch('/api/priority-lists/FE-1').set('If-Match', '"1"').send(changed).expect(200);
      await publish(world.publisher).expect(403);
      await publish(await app.as('operator')).expect(201);
    });
  });

  describe('deadlines', () => {
    const late = async (caller: Caller, query = '') => {
      const { body } = await caller.get(`/api/applications?late=true&limit=100${query}`).expect(200);
      return (body as { items: Application[] }).items.map(({ id }) => id);
    };

    it('show who is late to body and applicant, by the law’s clock and by the working one', async () => {
      const dossier = await onDay('2026-11-02', () =>
        aDossier(world, 'submitted', { input: { ...input, attachments: ecolabelFiles('2026-10-01') } }),
      );
      expect(dossier).toMatchObject({ lapsesAfter: '2027-05-04', legalClock: { days: 4, dueOn: '2026-11-06' } });
      expect(await onDay('2026-11-06', () => late(world.reviewer))).not.toContain(dossier.id);
      for (const caller of [world.reviewer, world.supplier, world.auditor])
        expect(await onDay('2026-11-07', () => late(caller))).toContain(dossier.id);
      expect(await onDay('2026-11-07', () => late(world.shop))).toEqual([]);
      expect(await onDay('2026-11-07', () => late(world.preparer, '&mine=true'))).toContain(dossier.id);
      expect(await onDay('2026-11-07', () => late(world.reviewer, '&mine=true'))).not.toContain(dossier.id);
    });

    it('move when the operator enters a day off', async () => {
      const dossier = await aDossier(world, 'submitted', { input });
      expect(dossier.legalClock).toMatchObject({ dueOn: '2026-11-30', certain: true });
      const year = (await app.anyone.get('/api/holidays/2026').expect(200)).body as Record<string, unknown> & {
        revision: number;
      };
      const { code: _code, recordedAt: _at, revision, ...known } = year;
      const moved = [...(known['moved'] as object[]), { off: '2026-11-30', worked: '2026-12-05' }];
      const put = (body: object) =>
        world.operator.put('/api/holidays/2026').set('If-Match', `"${revision}"`).send(body);
      await put({ ...known, moved: [{ off: '2027-01-02', worked: '2026-12-05' }] }).expect(422);
      await put({ ...known, moved }).expect(200);
      expect((await done(dossier.id)).legalClock).toMatchObject({ dueOn: '2026-12-01' });
      expect(await onDay('2026-12-01', () => late(world.reviewer))).not.toContain(dossier.id);
      expect(await onDay('2026-12-02', () => late(world.reviewer))).toContain(dossier.id);
    });

    it('close a dossier whose six months are over, and nothing more happens to it', async () => {
      const attachments = ecolabelFiles('2026-04-01');
      const dossier = await onDay('2026-05-04', () =>
        aDossier(world, 'clarification', { input: { ...input, attachments } }),
      );
      expect(dossier.lapsesAfter).toBe('2026-11-04');
      const answer = () => sendEvent(world.supplier, dossier, anEvent('answered'));
      expect((await onDay('2026-11-05', answer)).body).toMatchObject({ code: 'NOT_POSSIBLE_NOW' });
      expect(await done(dossier.id)).toMatchObject({ status: 'lapsed', legalClock: null, possible: [] });
      expect((await answer().expect(409)).body).toMatchObject({ code: 'NOT_POSSIBLE_NOW' });
    });

    it('of a step are told to everybody, by the text of the day', async () => {
      const ask = (query: string, status = 200) => app.anyone.get(`/api/deadlines?${query}`).expect(status);
      expect((await ask('step=revocation&from=2026-04-12')).body).toEqual({
        step: 'revocation',
        from: '2026-04-12',
        days: 15,
        dueOn: '2026-04-28',
        certain: true,
        reference: 'Decree 08/2022 art. 148(3)',
      });
      expect((await ask('step=evaluation&from=2026-01-28&prefersNewRules=true')).body).toMatchObject({ days: 26 });
      await ask('step=evaluation&from=2021-01-01', 400);
    });

    it('page through a queue in the order in which dossiers were begun, or in which they are due', async () => {
      const begun = await queue('begun');
      const ids = begun.map(({ id }) => id);
      expect(ids).toEqual([...new Set(ids)].toSorted());
      expect(ids.length).toBeGreaterThan(10);
      const due = await queue('deadline');
      expect(due.map(({ id }) => id).toSorted()).toEqual(ids);
      const nextDay = ({ legalClock, workingClock, lapsesAfter, awaits, receivedOn }: Application) => {
        const days = [legalClock?.dueOn, workingClock?.dueOn, lapsesAfter].filter((day) => day !== undefined);
        return awaits === null ? '4' : (days.toSorted()[0] ?? `3 ${receivedOn}`);
      };
      const days = due.map(nextDay);
      expect(new Set(days).size).toBeGreaterThan(3);
      expect(days).toEqual(days.toSorted());
    });

    const queue = async (sort: 'begun' | 'deadline') => {
      const found: Application[] = [];
      let cursor = '';
      do {
        const { body } = await world.auditor
          .get(`/api/applications?sort=${sort}&limit=7${cursor && `&cursor=${cursor}`}`)
          .expect(200);
        const page = body as { items: Application[]; next: string | null };
        found.push(...page.items);
        cursor = page.next ?? '';
      } while (cursor);
      return found;
    };
  });
});
