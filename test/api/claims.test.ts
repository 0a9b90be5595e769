import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ClaimEntry, Product, ProblemDetails, Purchase } from '../../schemas/types.d.ts';
import { startTestApp, type Caller, type TestApp } from '../support/app.ts';
import { anEdition, aPurchase, aWorld, nextNumber, type World } from '../support/builders.ts';

describe('evidence on the lines of a purchase', () => {
  let app: TestApp;
  let world: World;
  let paper: Product;
  const line = { description: 'Giấy', quantity: '1', unit: 'RM', amountNet: '1000' };
  const record = async (over: object = {}) =>
    (
      await world.officer
        .post('/api/purchases')
        .send({ ...aPurchase(), ...over })
        .expect(201)
    ).body as Purchase;
  const read = async (id: string) => (await world.officer.get(`/api/purchases/${id}`).expect(200)).body as Purchase;
  const queue = async (caller: Caller, query = '') =>
    (await caller.get(`/api/schemes/VN-ECOLABEL/claims${query}`).expect(200)).body as {
      items: ClaimEntry[];
      total: number;
      next: string | null;
    };

  beforeAll(async () => {
    app = await startTestApp();
    world = await aWorld(app);
    const entries = [
      { group: 'office-paper', obligation: 'mandatory' as const, accepts: [{ scheme: 'VN-ECOLABEL' }] },
      { group: 'printer', obligation: 'mandatory' as const, accepts: [{ scheme: 'VN-ECOLABEL' }] },
    ];
    await world.operator
      .post('/api/priority-lists')
      .send(anEdition({ code: 'ED', entries }))
      .expect(201);
    await world.publisher.post('/api/priority-lists/ED/publication').expect(201);
    paper = await world.product();
  });
  afterAll(() => app.close());

  it('a claim of a number that the register lacks enters that scheme’s queue, and leaves it when the number is registered later', async () => {
    const number = `${nextNumber()}/CLAIM`;
    const labelClaim = { scheme: 'VN-ECOLABEL', number };
    const { id, lines } = await record({ lines: [{ ...line, product: paper.id, labelClaim }] });
    expect(lines[0]?.green).toMatchObject({ status: 'unknown', reasons: ['CLAIM_NOT_REGISTERED', 'REASON_MISSING'] });
    const before = await queue(world.certifier);
    expect(before).toMatchObject({ total: 1, next: null });
    expect(before.items).toEqual([
      {
        id,
        basisDate: '2026-03-14',
        recordedAt: expect.any(String),
        claims: [{ lineNo: 1, number, product: paper.id, productName: paper.name }],
      },
    ]);
    expect(await queue(world.operator)).toEqual(before);

    app.later();
    const certificate = await world.certificate({ number, products: [paper.id] });
    await app.services.settle();
    const again = await read(id);
    expect(again.lines[0]).toMatchObject({
      green: { status: 'green', tier: 'A', certificate: certificate.id, knownFrom: certificate.recordedAt },
      earlier: [{ status: 'unknown' }],
    });
    expect((await queue(world.certifier)).total).toBe(0);
    expect(again.redecidedAt).toBe(again.lines[0]?.green.evaluatedAt);
  });

  it('a claim leaves the queue when its line is corrected', async () => {
    const claimed = { ...line, labelClaim: { scheme: 'VN-ECOLABEL', number: `${nextNumber()}/CLAIM` } };
    const { id } = await record({ lines: [claimed, claimed] });
    expect((await queue(world.auditor)).items[0]?.claims).toHaveLength(2);
    const correction = { reason: 'Nhầm', lines: [{ corrects: 1, ...line }] };
    await world.officer.post(`/api/purchases/${id}/corrections`).send(correction).expect(201);
    expect((await queue(world.auditor)).items[0]?.claims.map(({ lineNo }) => lineNo)).toEqual([2]);
    await world.officer.post(`/api/purchases/${id}/corrections`).send({ reason: 'Hủy', cancel: true }).expect(201);
    expect((await queue(world.auditor)).total).toBe(0);
  });

  it('the queue is for certifiers of the scheme, operator and auditor, and tells nobody who bought what for how much', async () => {
    const labelClaim = { scheme: 'VN-ECOLABEL', number: `${nextNumber()}/CLAIM` };
    await record({ lines: [{ ...line, labelClaim }] });
    const [entry] = (await queue(world.certifier)).items;
    expect(Object.keys(entry!).sort()).toEqual(['basisDate', 'claims', 'id', 'recordedAt']);
    await world.certifier
      .get('/api/schemes/KR-ECOLABEL/claims')
      .expect(({ status }) => expect([403, 404]).toContain(status));
    await world.certifier.get('/api/schemes/NOTHING/claims').expect(404);
    await world.officer.get('/api/schemes/VN-ECOLABEL/claims').expect(403);
    await app.anyone.get('/api/schemes/VN-ECOLABEL/claims').expect(401);
  });

  it('a claim of an unknown scheme and the acceptance of an unknown certificate are refused', async () => {
    const send = async (more: object) =>
      (
        await world.officer
          .post('/api/purchases')
          .send(aPurchase({ lines: [{ ...line, ...more }] }))
          .expect(422)
      ).body as ProblemDetails;
    expect(await send({ labelClaim: { scheme: 'NOTHING', number: '1' } })).toMatchObject({
      errors: [{ pointer: '/lines/0/labelClaim/scheme' }],
    });
    expect(await send({ equivalence: { certificate: '0'.repeat(24), acceptedBy: 'Trưởng phòng' } })).toMatchObject({
      errors: [{ pointer: '/lines/0/equivalence/certificate' }],
    });
  });

  it('a foreign label counts in tier C where the line carries the buyer’s acceptance, otherwise for nothing', async () => {
    const product = await world.product();
    const { id } = await world.certificate({ scheme: 'EU-ECOLABEL', products: [product.id] });
    const equivalence = { certificate: id, acceptedBy: 'Trưởng phòng mua sắm (hư cấu)', evidence: 'Biên bản 01' };
    const { lines } = await record({
      lines: [
        { ...line, product: product.id, equivalence },
        { ...line, product: product.id },
        { ...line, product: paper.id, equivalence },
      ],
    });
    expect(lines[0]).toMatchObject({ equivalence, green: { status: 'green', tier: 'C', certificate: id } });
    expect(lines[1]?.green).toMatchObject({ status: 'notGreen', reasons: ['NOT_ACCEPTED', 'REASON_MISSING'] });
  });

  it('works and consulting without product or claim carry no label', async () => {
    const { lines } = await record({
      lines: [
        { ...line, nature: 'works' },
        { ...line, nature: 'consulting' },
        { ...line, nature: 'services' },
      ],
    });
    expect(lines.map(({ green: { status, reasons } }) => [status, ...reasons])).toEqual([
      ['notGreen', 'NO_LABEL_POSSIBLE'],
      ['notGreen', 'NO_LABEL_POSSIBLE'],
      ['unknown', 'NO_PRODUCT_GIVEN'],
    ]);
  });

  it('a line of a mandatory group that is neither green nor exempt carries REASON_MISSING', async () => {
    const exemption = { code: 'NO_FIT' as const, text: 'Không tương thích' };
    const { lines } = await record({
      lines: [
        { ...line, group: 'printer' },
        { ...line, group: 'printer', exemption },
      ],
    });
    expect(lines.map(({ green }) => green.reasons)).toEqual([
      ['NO_PRODUCT_GIVEN', 'REASON_MISSING'],
      ['NO_PRODUCT_GIVEN'],
    ]);
  });

  it('NO_PRODUCT is refused, naming one, while a valid product of the group exists on that day', async () => {
    const lines = [{ ...line, group: 'printer', exemption: { code: 'NO_PRODUCT' as const, text: 'Không có' } }];
    await record({ lines });
    const printer = await world.product({ group: 'printer' });
    await world.certificate({ products: [printer.id], issuedOn: '2026-03-10' });
    const problem = (await world.officer.post('/api/purchases').send(aPurchase({ lines })).expect(422))
      .body as ProblemDetails;
    expect(problem.errors).toEqual([
      { pointer: '/lines/0/exemption/code', detail: expect.stringContaining(printer.id) },
    ]);
    await record({ lines, basisDate: '2026-03-09' });
    const { id } = await record({ lines: [{ ...line, group: 'printer' }] });
    await world.officer
      .post(`/api/purchases/${id}/corrections`)
      .send({ reason: 'Thêm lý do', lines: [{ corrects: 1, ...lines[0]! }] })
      .expect(422);
    const on = { on: '2026-03-12', reason: 'Ngừng' };
    await world.operator.post(`/api/products/${printer.id}/withdrawal`).send(on).expect(201);
    await record({ lines });
  });
});
