import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { EvidenceUse, ProblemDetails, Purchase } from '../../schemas/types.d.ts';
import { startTestApp, type Caller, type TestApp } from '../support/app.ts';
import { aPurchase } from '../support/builders.ts';
import { aDossierWorld, aPdf, begin, ecolabelFiles, sendEvent, type DossierWorld } from '../support/dossiers.ts';
import { download, get, listed, sent } from '../support/evidence.ts';

const hour = 3600;

describe('how long evidence holds', () => {
  let app: TestApp;
  let world: DossierWorld;
  let use: EvidenceUse;

  beforeAll(async () => {
    app = await startTestApp();
    world = await aDossierWorld(app);
    const purchase = (await world.officer.post('/api/purchases').send(aPurchase()).expect(201)).body as Purchase;
    use = { kind: 'purchaseLine', id: purchase.id, lineNo: 1 };
  });
  afterAll(() => app.close());

  describe('the time of a file', () => {
    it('is at least five years from the basis date of a purchase, and only then its content goes', async () => {
      const bytes = aPdf('kept for years');
      const file = await sent({ caller: world.officer, bytes, fields: { kind: 'certificateExtract', use } });
      expect(file.retainUntil).toBe('2031-03-14');
      const later = aPurchase({ basisDate: '2026-05-02' });
      const { id } = (await world.officer.post('/api/purchases').send(later).expect(201)).body as Purchase;
      const further = await world.officer
        .post(`/api/evidence/${file.id}/uses`)
        .send({ ...use, id })
        .expect(201);
      expect(further.body).toMatchObject({ retainUntil: '2031-05-02', revision: 2 });
      const remove = (revision: number) =>
        world.officer.delete(`/api/evidence/${file.id}`).set('If-Match', `"${revision}"`).set('Accept-Language', 'en');
      const before = app.clock.now();
      app.clock.set('2031-05-02T15:00:00.000Z');
      expect((await remove(2).expect(409)).body).toMatchObject({
        code: 'EVIDENCE_RETAINED',
        title: expect.stringContaining('02 May 2031'),
      });
      await download(world.officer, file).expect(200);
      app.clock.set('2031-05-02T18:00:00.000Z');
      await remove(1).expect(412);
      await world.department.delete(`/api/evidence/${file.id}`).set('If-Match', '"2"').expect(403);
      expect((await remove(2).expect(200)).body).toMatchObject({ removedOn: '2031-05-03', hash: file.hash });
      expect((await download(world.officer, file).expect(410)).body).toMatchObject({ code: 'EVIDENCE_REMOVED' });
      const stored = () => app.connection.collection('evidenceFiles.files').countDocuments({ filename: file.hash });
      await app.services.evidence.sweep();
      expect(await stored()).toBe(1);
      app.later(2 * hour);
      await app.services.evidence.sweep();
      expect(await stored()).toBe(0);
      const anew = await sent({ caller: world.officer, bytes, fields: { kind: 'certificateExtract' } });
      expect(anew.id).not.toBe(file.id);
      await download(world.officer, anew).expect(200);
      app.clock.set(before);
    });

    it('counts from the settlement once that is recorded, and says where it is not known', async () => {
      const bought = (await world.officer.post('/api/purchases').send(aPurchase()).expect(201)).body as Purchase;
      const hangsOn = { kind: 'purchaseLine', id: bought.id, lineNo: 1 };
      const file = await sent({ caller: world.officer, bytes: aPdf('settled'), fields: { use: hangsOn } });
      expect(file).toMatchObject({ retainUntil: '2031-03-14', settlementUnknown: true });
      const before = app.clock.now();
      app.clock.set('2027-01-10T03:00:00.000Z');
      const settle = (settledOn: string) =>
        world.officer
          .post(`/api/purchases/${bought.id}/corrections`)
          .set('Accept-Language', 'en')
          .send({ reason: 'Biên bản thanh lý', settledOn });
      for (const [day, detail] of [
        ['2026-03-13', 'the day of settlement lies before the basis date 14 Mar 2026'],
        ['2027-01-11', 'the day lies in the future'],
      ] as const) {
        const { errors } = (await settle(day).expect(422)).body as ProblemDetails;
        expect(errors).toMatchObject([{ pointer: '/settledOn', detail }]);
      }
      expect((await settle('2027-01-09').expect(201)).body).toMatchObject({
        settledOn: '2027-01-09',
        lines: bought.lines,
      });
      const known = await get(world.officer, file);
      expect(known).toMatchObject({ retainUntil: '2032-01-09' });
      expect(known).not.toHaveProperty('settlementUnknown');
      app.clock.set('2032-01-09T03:00:00.000Z');
      const removed = await world.officer.delete(`/api/evidence/${file.id}`).set('If-Match', '"1"').expect(409);
      expect(removed.body).toMatchObject({ code: 'EVIDENCE_RETAINED' });
      // A mistake is taken back by a further correction; both stay.
      const { settledOn, corrections } = (await settle('2026-12-20').expect(201)).body as Purchase;
      expect([settledOn, corrections.map((entry) => entry.settledOn)]).toEqual([
        '2026-12-20',
        ['2027-01-09', '2026-12-20'],
      ]);
      await world.officer.delete(`/api/evidence/${file.id}`).set('If-Match', '"1"').expect(200);
      app.clock.set(before);
    });

    it('of a report that has ended lights up each use, for who reviews', async () => {
      const validThrough = '2026-12-20';
      const report = await sent({
        caller: world.shop,
        bytes: aPdf('ends'),
        fields: { kind: 'testReport', validThrough },
      });
      const attachments = [...ecolabelFiles(app.clock.today())];
      const products = [(await world.product({ supplier: 'T-SHOP' })).id];
      const dossier = await begin(world.shop, {
        kind: 'new',
        applicant: 'T-SHOP',
        scheme: 'VN-ECOLABEL',
        products,
        attachments,
      });
      const hangsOn = { kind: 'application', id: dossier.id };
      await world.shop.post(`/api/evidence/${report.id}/uses`).send(hangsOn).expect(201);
      await sendEvent(world.shop, dossier, { type: 'submitted' }).expect(201);
      const before = app.clock.now();
      const ids = async (caller: Caller) => (await listed(caller, 'ended=true')).map(({ id }) => id);
      expect(await ids(world.reviewer)).not.toContain(report.id);
      app.clock.set('2026-12-21T03:00:00.000Z');
      for (const caller of [world.reviewer, world.operator, world.shop]) expect(await ids(caller)).toContain(report.id);
      for (const caller of [world.forester, world.supplier]) expect(await ids(caller)).not.toContain(report.id);
      expect(await get(world.reviewer, report)).toMatchObject({ ended: true, uses: [hangsOn] });
      const [lit] = await listed(world.reviewer, `use=application:${dossier.id}&ended=true`);
      expect(lit).toMatchObject({ id: report.id, ended: true });
      const removal = world.shop.delete(`/api/evidence/${report.id}`).set('If-Match', '"2"');
      expect((await removal.expect(409)).body).toMatchObject({ code: 'EVIDENCE_IN_USE' });
      app.clock.set(before);
    });
  });

  describe('the accreditation of a laboratory', () => {
    it('lights up each use of its reports once it has ended, and tells those issued before apart', async () => {
      const number = 'VILAS 0777';
      const body = { kind: 'laboratory', name: { vi: 'Phòng thử nghiệm (hư cấu)' } };
      const put = (more: object) => world.operator.put('/api/organisations/T-LAB').send({ ...body, ...more });
      const asSupplier = put({ kind: 'supplier', accreditations: [{ number }] }).set('If-None-Match', '*');
      expect(((await asSupplier.expect(422)).body as ProblemDetails).errors).toMatchObject([
        { pointer: '/accreditations' },
      ]);
      const { headers } = await put({ accreditations: [{ number }] })
        .set('If-None-Match', '*')
        .expect(201);
      const aReport = (issuedOn: string, accreditation: string) =>
        sent({
          caller: world.shop,
          bytes: aPdf(`report of ${issuedOn}`),
          fields: { kind: 'testReport', issuedOn, laboratory: { name: 'Phòng thử nghiệm', accreditation } },
        });
      const [earlier, later] = [await aReport('2026-10-01', 'vilas-0777'), await aReport('2026-11-20', 'VILAS0777')];
      const dossier = await begin(world.shop, {
        kind: 'new',
        applicant: 'T-SHOP',
        scheme: 'VN-ECOLABEL',
        products: [(await world.product({ supplier: 'T-SHOP' })).id],
        attachments: [...ecolabelFiles(app.clock.today())],
      });
      for (const { id } of [earlier, later])
        await world.shop.post(`/api/evidence/${id}/uses`).send({ kind: 'application', id: dossier.id }).expect(201);
      await sendEvent(world.shop, dossier, { type: 'submitted' }).expect(201);
      const ended = async (caller: Caller, query: string) =>
        (await listed(caller, `ended=true&${query}`)).map(({ id }) => id);
      const ofDossier = `use=application:${dossier.id}`;
      expect(await ended(world.shop, ofDossier)).toEqual([]);
      await put({ accreditations: [{ number, through: '2026-10-31' }] })
        .set('If-Match', headers['etag'] as string)
        .expect(200);
      for (const query of [ofDossier, 'limit=50']) {
        expect(await ended(world.shop, query)).toEqual(expect.arrayContaining([earlier.id, later.id]));
      }
      expect(await ended(world.operator, 'limit=50')).toEqual(expect.arrayContaining([earlier.id]));
      expect(await ended(world.forester, 'limit=50')).not.toContain(earlier.id);
      const told = { organisation: 'T-LAB', through: '2026-10-31' };
      expect((await get(world.shop, earlier)).laboratoryEnded).toEqual({ ...told, heldWhenIssued: true });
      expect((await get(world.shop, later)).laboratoryEnded).toEqual({ ...told, heldWhenIssued: false });
    });
  });
});
