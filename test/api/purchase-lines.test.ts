import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Product, ProblemDetails, Purchase } from '../../schemas/types.d.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { anEdition, aPurchase, aWorld, type World } from '../support/builders.ts';

describe('what a purchase says of itself', () => {
  let app: TestApp;
  let world: World;
  let paper: Product;
  const bare = { description: 'Giấy', quantity: '1', unit: 'RM' };
  const line = { ...bare, amountNet: '1000' };
  const record = async (over: object = {}) =>
    (
      await world.officer
        .post('/api/purchases')
        .send({ ...aPurchase(), ...over })
        .expect(201)
    ).body as Purchase;
  const refused = async (over: object, status: number) =>
    (
      await world.officer
        .post('/api/purchases')
        .send({ ...aPurchase(), ...over })
        .expect(status)
    ).body as ProblemDetails;

  beforeAll(async () => {
    app = await startTestApp();
    world = await aWorld(app);
    await world.operator
      .post('/api/priority-lists')
      .send(anEdition({ code: 'ED' }))
      .expect(201);
    await world.publisher.post('/api/priority-lists/ED/publication').expect(201);
    paper = await world.product({ model: 'GX-100' });
  });
  afterAll(() => app.close());

  it('keeps every field of the contract as it was entered', async () => {
    const head = {
      kind: 'framework',
      funding: 'oda',
      method: 'community',
      basisRule: 'signed',
      awardedOn: '2026-03-01',
      currency: 'USD',
      notice: 'IB2400035288-00',
    };
    const entered = {
      ...line,
      product: paper.id,
      group: 'office-paper',
      cpv: '30197630-1',
      nature: 'goods',
      packFactor: '5',
      vatRate: '8',
      asDelivered: { brand: 'Mẫu', model: 'GX 100', gtin: '8930000000001' },
      labelClaim: { scheme: 'VN-ECOLABEL', number: '1/QĐ' },
      exemption: { code: 'NO_FIT', text: 'Không tương thích' },
    };
    const { id } = await record({ ...head, lines: [entered] });
    const { body } = await world.officer.get(`/api/purchases/${id}`).expect(200);
    expect(body).toMatchObject({ ...head, lines: [entered] });
  });

  it('is a contract in đồng, and a call-off by its method, where nothing else is said', async () => {
    expect(await record()).toMatchObject({ kind: 'contract', currency: 'VND' });
    expect(await record({ method: 'call-off' })).toMatchObject({ kind: 'callOff' });
  });

  it('takes any unit as it is written', async () => {
    const units = ['RM', 'ram', 'Thùng (5 ram)', 'm²', 'hộp to'];
    const lines = units.map((unit) => ({ description: 'Giấy', quantity: '1', unit, amountNet: '1000' }));
    expect((await record(aPurchase({ lines }))).lines.map(({ unit }) => unit)).toEqual(units);
  });

  it('takes exactly one of amountNet, or amountGross with vatRate: net is computed half-up and both are kept', async () => {
    const { lines } = await record({
      lines: [
        { ...bare, amountGross: '10800001', vatRate: '8' },
        { ...bare, amountGross: '1055', vatRate: '5.5' },
        { ...line, vatRate: '10' },
      ],
    });
    expect(lines.map(({ amountNet, amountGross, vatRate }) => [amountNet, amountGross, vatRate])).toEqual([
      ['10000001', '10800001', '8'],
      ['1000', '1055', '5.5'],
      ['1000', undefined, '10'],
    ]);
  });

  it.each([
    ['neither amount', bare, '/lines/0/amountNet'],
    ['both amounts', { ...line, amountGross: '1080', vatRate: '8' }, '/lines/0/amountNet'],
    ['an amount with VAT without its rate', { ...bare, amountGross: '1080' }, '/lines/0/vatRate'],
    ['a negative amount with VAT', { ...bare, amountGross: '-1080', vatRate: '8' }, '/lines/0/amountGross'],
    ['a rate of five places', { ...bare, amountGross: '1080', vatRate: '8.00001' }, '/lines/0/vatRate'],
    ['a pack of nothing', { ...line, packFactor: '0.0' }, '/lines/0/packFactor'],
    ['a code that is no CPV', { ...line, cpv: '3019' }, '/lines/0/cpv'],
    ['a nature that nobody knows', { ...line, nature: 'gifts' }, '/lines/0/nature'],
    ['an exemption that nobody knows', { ...line, exemption: { code: 'LAZY', text: 'x' } }, '/lines/0/exemption/code'],
    ['a decision of the client’s own', { ...line, green: { status: 'green' } }, '/lines/0/green'],
  ])('refuses %s and names the place', async (_what, sent, pointer) => {
    expect(await refused({ lines: [sent] }, 400)).toMatchObject({ code: 'INVALID_BODY', errors: [{ pointer }] });
  });

  it('refuses a currency that is none, and a day of award in the future', async () => {
    expect(await refused({ currency: 'DONG' }, 400)).toMatchObject({ errors: [{ pointer: '/currency' }] });
    expect(await refused({ currency: 'VNX' }, 400)).toMatchObject({ errors: [{ pointer: '/currency' }] });
    expect(await refused({ awardedOn: '2026-11-25' }, 422)).toMatchObject({ errors: [{ pointer: '/awardedOn' }] });
  });

  it('takes a line with VAT back in both its values', async () => {
    const { id } = await record({ lines: [{ ...bare, amountGross: '1080', vatRate: '8' }] });
    const { body } = await world.officer
      .post(`/api/purchases/${id}/corrections`)
      .send({ reason: 'Sai', lines: [{ corrects: 1, ...bare, amountGross: '540', vatRate: '8' }] })
      .expect(201);
    expect((body as Purchase).lines.slice(1)).toMatchObject([
      { amountNet: '-1000', amountGross: '-1080', reverses: 1 },
      { amountNet: '500', amountGross: '540', corrects: 1 },
    ]);
    await world.officer
      .post(`/api/purchases/${id}/corrections`)
      .send({ reason: 'Sai', lines: [{ corrects: 3, ...line, amountGross: '540', vatRate: '8' }] })
      .expect(400);
  });
});
