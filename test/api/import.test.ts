import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import writeWorkbook from 'write-excel-file/node';
import type { ImportMapping, ImportRow, Purchase, PurchaseImport } from '../../schemas/types.d.ts';
import { startTestApp, type Caller, type TestApp } from '../support/app.ts';
import { aWorld, nextNumber, type World } from '../support/builders.ts';

const heading = 'Số hợp đồng;Ngày ký;Nhà cung cấp;Nội dung;Số lượng;ĐVT;Thành tiền (đồng, chưa VAT)';

/** A ledger of three purchases, one of them in two lines; new ones each time. */
function aLedger(): { text: string; mark: string } {
  const mark = `SC${nextNumber()}`;
  const rows = [
    `${mark}-1;14/03/2026;Nhà bán lẻ (hư cấu);Giấy in A4;40;RM;2.600.000`,
    `${mark}-2;15/03/2026;Nhà bán lẻ (hư cấu);"Bút bi; xanh";100;CAI;350.000`,
    `${mark}-1;14/03/2026;Nhà bán lẻ (hư cấu);Bìa hồ sơ;10,5;XAP;1.250.000`,
    `${mark}-3;31/12/2025;Cửa hàng (hư cấu);Mực in;2;HOP;900.000`,
  ];
  return { text: [heading, ...rows].join('\r\n'), mark };
}

describe('import of ledgers', () => {
  let app: TestApp;
  let world: World;
  beforeAll(async () => {
    app = await startTestApp();
    world = await aWorld(app);
  });
  afterAll(() => app.close());

  interface Sent {
    file: string | Buffer;
    mapping?: ImportMapping;
    dryRun?: boolean;
    agency?: string;
    as?: Caller;
  }
  const send = ({ file, mapping, dryRun, agency = 'T-UNIT', as = world.officer }: Sent) => {
    const form = as
      .post('/api/purchases/imports')
      .field('agency', agency)
      .attach('file', Buffer.from(file), 'sổ cái.csv');
    if (mapping) void form.field('mapping', JSON.stringify(mapping));
    if (dryRun !== undefined) void form.field('dryRun', String(dryRun));
    return form;
  };
  /** The job once it is done, asks something, or has failed. */
  const finished = async (sent: Sent): Promise<PurchaseImport> => {
    const { body } = await send(sent).expect(202);
    return jobOf((body as PurchaseImport).id);
  };
  const jobOf = async (id: string): Promise<PurchaseImport> => {
    await app.services.settle();
    return (await world.officer.get(`/api/purchases/imports/${id}`).expect(200)).body as PurchaseImport;
  };
  const rowsOf = async (id: string, query = ''): Promise<ImportRow[]> =>
    (await world.officer.get(`/api/purchases/imports/${id}/rows?limit=100${query}`).expect(200)).body
      .items as ImportRow[];
  const recorded = async (mark: string, count = 3): Promise<Purchase[]> => {
    const found = await Promise.all(
      Array.from({ length: count }, (_, at) => world.officer.get(`/api/purchases?reference=${mark}-${at + 1}`)),
    );
    return found.flatMap(({ body }) => body.items as Purchase[]);
  };

  it('records good rows; rows of one purchase key are lines of one purchase; a missing method is unknown', async () => {
    const { text, mark } = aLedger();
    const job = await finished({ file: text });
    expect(job).toMatchObject({
      status: 'done',
      file: { name: 'sổ cái.csv', format: 'csv', encoding: 'utf-8', delimiter: ';' },
      mapping: { amountBasis: 'net', amountUnit: 'dong', numberStyle: 'dot', dateOrder: 'dmy' },
      totals: { rows: 4, good: 4, bad: 0, alreadyThere: 0, purchases: 3, lines: 4, sum: '5100000', sumBad: '0' },
    });
    expect(job.totals?.years).toEqual([
      { year: '2025', lines: 1, sum: '900000' },
      { year: '2026', lines: 3, sum: '4200000' },
    ]);
    const purchases = await recorded(mark);
    expect(purchases).toHaveLength(3);
    expect(purchases[0]).toMatchObject({
      method: 'unknown',
      basisDate: '2026-03-14',
      lines: [
        { description: 'Giấy in A4', quantity: '40', unit: 'RM', amountNet: '2600000' },
        { description: 'Bìa hồ sơ', quantity: '10.5', amountNet: '1250000' },
      ],
    });
    expect(purchases[1]?.lines[0]?.description).toBe('Bút bi; xanh');
    const rows = await rowsOf(job.id);
    expect(rows.map(({ row, purchase }) => [row, purchase])).toEqual([
      [2, purchases[0]?.id],
      [3, purchases[1]?.id],
      [4, purchases[0]?.id],
      [5, purchases[2]?.id],
    ]);
  });

  it('the same file twice adds nothing, and says that its rows are there already', async () => {
    const { text, mark } = aLedger();
    await finished({ file: text });
    const again = await finished({ file: text });
    expect(again.totals).toMatchObject({ rows: 4, good: 0, bad: 0, alreadyThere: 4, purchases: 0, sum: '0' });
    const other = await finished({ file: `${text}\r\n` });
    expect(other.totals).toMatchObject({ good: 0, alreadyThere: 4 });
    expect(await recorded(mark)).toHaveLength(3);
  });

  it('a dry run gives control totals and per-row results, and records nothing; the same job then records', async () => {
    const { text, mark } = aLedger();
    const dry = await finished({ file: text, dryRun: true });
    expect(dry).toMatchObject({ status: 'done', dryRun: true, totals: { good: 4, purchases: 3, sum: '5100000' } });
    expect(await recorded(mark)).toEqual([]);
    await world.officer
      .post(`/api/purchases/imports/${dry.id}/runs`)
      .send({ mapping: dry.mapping, dryRun: false })
      .expect(202);
    expect(await jobOf(dry.id)).toMatchObject({ status: 'done', dryRun: false, totals: { good: 4 } });
    expect(await recorded(mark)).toHaveLength(3);
    const gone = await world.officer.post(`/api/purchases/imports/${dry.id}/runs`).send({ mapping: {}, dryRun: false });
    expect([gone.status, gone.body.code]).toEqual([409, 'FILE_GONE']);
    expect((await finished({ file: text, dryRun: true })).totals).toMatchObject({ alreadyThere: 4, good: 0 });
  });

  it('asks where the header does not say VAT and unit and the values do not say the style of numbers, and goes on by the answers', async () => {
    const mark = `SC${nextNumber()}`;
    const text = `Số HĐ,Ngày,Nhà cung cấp,Diễn giải,Thành tiền\n${mark}-1,2026-03-14,Nhà bán lẻ,Giấy,"1,234"`;
    const asked = await finished({ file: text });
    expect(asked.status).toBe('needsMapping');
    expect(asked.questions.map(({ field }) => field)).toEqual(['amountBasis', 'amountUnit', 'numberStyle']);
    expect(asked.questions[0]?.text.vi).toMatch(/thuế/);
    expect(asked.firstRows).toEqual([[`${mark}-1`, '2026-03-14', 'Nhà bán lẻ', 'Giấy', '1,234']]);
    expect(asked.mapping.columns).toMatchObject({ reference: 'Số HĐ', amount: 'Thành tiền' });
    expect(await recorded(mark, 1)).toEqual([]);
    const mapping: ImportMapping = { amountBasis: 'gross', vatRate: '8', amountUnit: 'thousand', numberStyle: 'comma' };
    await world.officer.post(`/api/purchases/imports/${asked.id}/runs`).send({ mapping, dryRun: false }).expect(202);
    expect(await jobOf(asked.id)).toMatchObject({ status: 'done', totals: { good: 1, sum: '1234000' } });
    const [purchase] = await recorded(mark, 1);
    expect(purchase?.lines[0]).toMatchObject({ amountGross: '1234000', vatRate: '8', amountNet: '1142593' });
  });

  it('reports each bad row with its number, column and reason in both languages, also as CSV, and records the good ones', async () => {
    const mark = `SC${nextNumber()}`;
    const rows = [
      `${mark}-1;14/03/2026;Nhà bán lẻ;Giấy;1;RM;1.000.000`,
      `${mark}-2;31/02/2026;Nhà bán lẻ;Giấy;1;RM;1.000.001`,
      `${mark}-3;14/03/2026;Nhà bán lẻ;;1;RM;-5.000`,
      `${mark}-4;14/03/2031;Nhà bán lẻ;Giấy;1;RM;7.000.000`,
      `${mark}-5;14/03/2026;Nhà bán lẻ;Giấy;1;RM;8.000.000`,
      `${mark}-5;15/03/2026;Nhà bán lẻ;Giấy;1;RM;9.000.000`,
    ];
    const job = await finished({ file: [heading, ...rows].join('\n') });
    expect(job.totals).toMatchObject({ rows: 6, good: 1, bad: 5, purchases: 1, sum: '1000000', sumBad: '25000001' });
    const bad = await rowsOf(job.id, '&status=bad');
    expect(bad.map(({ row, reasons }) => [row, ...reasons.map(({ column }) => column)])).toEqual([
      [3, 'Ngày ký'],
      [4, 'Thành tiền (đồng, chưa VAT)', 'Nội dung'],
      [5, 'Ngày ký'],
      [6, 'Ngày ký'],
      [7, 'Ngày ký'],
    ]);
    expect(bad[0]?.reasons[0]).toMatchObject({
      value: '31/02/2026',
      text: { vi: expect.stringContaining('không phải ngày'), en: expect.stringContaining('not a day') },
    });
    const { text } = await world.officer
      .get(`/api/purchases/imports/${job.id}/rows?status=bad`)
      .set('Accept', 'text/csv')
      .expect(200);
    expect(text.split('\r\n')[1]).toMatch(/^3,bad,.*,Ngày ký,31\/02\/2026,"?không phải ngày.*,is not a day/);
    expect((await recorded(mark, 5)).map(({ reference }) => reference)).toEqual([`${mark}-1`]);
  });

  it('pages the rows, each once', async () => {
    const { text } = aLedger();
    const { id } = await finished({ file: text, dryRun: true });
    const path = `/api/purchases/imports/${id}/rows?limit=3`;
    const first = (await world.auditor.get(path).expect(200)).body;
    const second = (await world.auditor.get(`${path}&cursor=${first.next}`).expect(200)).body;
    expect([first.total, first.items.length, second.items.length, second.next]).toEqual([4, 3, 1, null]);
  });

  it.each([
    ['UTF-8 with a mark', (text: string) => Buffer.from(`\ufeff${text}`), 'utf-8'],
    ['UTF-16', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le'), 'utf-16le'],
    ['Windows-1258', (text: string) => Buffer.from(text.replace(/Số hợp đồng/, 'S\xf4\xec'), 'latin1'), 'windows-1258'],
  ])('reads %s', async (_name, encode, encoding) => {
    const mark = `SC${nextNumber()}`;
    const text = `Reference\tDate\tSupplier\tDescription\tAmount net (VND)\n${mark}-1\t14/03/2026\tCh\xe2u\tItem\t5000000`;
    const job = await finished({ file: encode(text) });
    expect(job).toMatchObject({
      status: 'done',
      file: { encoding, delimiter: '\t' },
      totals: { good: 1, sum: '5000000' },
    });
    expect((await recorded(mark, 1))[0]?.supplier.name).toBe('Châu');
  });

  it('reads XLSX: its numbers and days as they are', async () => {
    const mark = `SC${nextNumber()}`;
    const cells = [
      ['Bảng kê mua sắm'].map((value) => ({ value })),
      ['Số hợp đồng', 'Ngày ký', 'Nhà cung cấp', 'Nội dung', 'Giá trị trước thuế (triệu đồng)'].map((value) => ({
        value,
      })),
      [
        { value: `${mark}-1`, type: String },
        { value: new Date(Date.UTC(2026, 2, 14)), type: Date, format: 'dd/mm/yyyy' },
        { value: 'Nhà bán lẻ', type: String },
        { value: 'Giấy', type: String },
        { value: 1.2345, type: Number },
      ],
    ];
    const file = await writeWorkbook(cells as never, {}).toBuffer();
    const job = await finished({ file });
    expect(job).toMatchObject({
      status: 'done',
      mapping: { headerRow: 2, amountUnit: 'million' },
      totals: { good: 1, sum: '1234500' },
    });
    expect((await recorded(mark, 1))[0]).toMatchObject({ basisDate: '2026-03-14', lines: [{ amountNet: '1234500' }] });
  });

  it('refuses what is no ledger, by its content and not its name, and says what is accepted', async () => {
    const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
    for (const file of [png, Buffer.from([1, 2, 3, 0, 5]), Buffer.alloc(0)]) {
      const { status, body } = await send({ file });
      expect([status, body.code]).toEqual([415, 'NOT_A_LEDGER']);
      expect(body.title).toMatch(/XLSX.*CSV/);
    }
  });

  it('refuses a body without a file, a mapping that is no JSON or names no field, and another kind of body', async () => {
    const call = () => world.officer.post('/api/purchases/imports');
    const faults = async (sent: ReturnType<typeof call>) => {
      const { status, body } = await sent;
      return [status, body.errors?.[0]?.pointer];
    };
    const file = Buffer.from(heading);
    expect(await faults(call().field('agency', 'T-UNIT'))).toEqual([400, '/file']);
    expect(await faults(call().attach('file', file, 'x.csv'))).toEqual([400, '/agency']);
    expect(await faults(call().field('agency', 'T-UNIT').field('mapping', '{').attach('file', file, 'x'))).toEqual([
      400,
      '/mapping',
    ]);
    expect(
      await faults(call().field('agency', 'T-UNIT').field('mapping', '{"size":1}').attach('file', file, 'x')),
    ).toEqual([400, '/mapping/size']);
    expect(await faults(call().field('agency', 'T-UNIT').attach('other', file, 'x'))).toEqual([400, '/other']);
    expect(await faults(call().send({ agency: 'T-UNIT' }))).toEqual([415, undefined]);
    expect(await faults(send({ file, agency: 'T-NOWHERE' }))).toEqual([422, '/agency']);
  });

  it("lets an officer import for the agency and those below it, and nobody see another's import", async () => {
    const { text } = aLedger();
    await send({ file: text, as: world.otherOfficer }).expect(403);
    await send({ file: text, as: world.auditor }).expect(403);
    const { body } = await send({ file: text, as: world.department, dryRun: true }).expect(202);
    await world.otherOfficer.get(`/api/purchases/imports/${body.id}`).expect(403);
    await world.otherOfficer.get(`/api/purchases/imports/${body.id}/rows`).expect(403);
    await world.otherOfficer
      .post(`/api/purchases/imports/${body.id}/runs`)
      .send({ mapping: {}, dryRun: true })
      .expect(403);
    await world.officer.get('/api/purchases/imports/0123').expect(404);
    await app.services.settle();
  });

  it('sent twice under one Idempotency-Key is one job; another file under it is a 409', async () => {
    const { text } = aLedger();
    const first = await send({ file: text, dryRun: true }).set('Idempotency-Key', 'ledger-1').expect(202);
    const second = await send({ file: text, dryRun: true }).set('Idempotency-Key', 'ledger-1').expect(202);
    expect(second.body.id).toBe(first.body.id);
    await send({ file: `${text} `, dryRun: true })
      .set('Idempotency-Key', 'ledger-1')
      .expect(409);
    await app.services.settle();
  });

  it('a corrected mapping reads another column; one that names a column the file lacks is asked about', async () => {
    const { text } = aLedger();
    const lacking = await finished({ file: text, dryRun: true, mapping: { columns: { amount: 'Tiền' } } });
    expect(lacking).toMatchObject({
      status: 'needsMapping',
      questions: [{ field: 'amount', code: 'ASK_COLUMN_UNKNOWN' }],
    });
    const swapped = await finished({
      file: text,
      dryRun: true,
      mapping: { columns: { description: 'ĐVT', unit: '' } },
    });
    expect((await rowsOf(swapped.id))[0]?.description).toBe('RM');
  });
});
