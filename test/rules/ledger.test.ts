import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import {
  decideOrder,
  decideStyle,
  decimalText,
  readDay,
  readDecimal,
  weighDay,
  weighNumber,
  wholeOf,
  type NumberEvidence,
} from '../../server/purchases/ledger-cell.rules.ts';
import {
  columnNames,
  guessColumns,
  guessHeaderRow,
  guessMoney,
  mergeMapping,
} from '../../server/purchases/ledger-header.rules.ts';
import { emptyTally, tallyRow, totalsOf } from '../../server/purchases/import-row.rules.ts';
import { joinRows } from '../../server/purchases/ledger-purchase.rules.ts';
import { completeMapping, noEvidence, questionsOf } from '../../server/purchases/ledger-questions.rules.ts';
import { readRow, type LedgerPlan } from '../../server/purchases/ledger.rules.ts';

const locales = { dot: 'de-DE', comma: 'en-US' } as const;
const style = fc.constantFrom('dot' as const, 'comma' as const);

function evidenceOf(cells: (string | number)[]): NumberEvidence {
  const evidence = { dot: 0, comma: 0, unclear: 0 };
  for (const cell of cells) weighNumber(evidence, cell);
  return evidence;
}

describe('the amounts of a ledger', () => {
  it('come back exactly, however large, in the style that wrote them', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 15n), fc.integer({ min: 0, max: 99 }), style, (whole, cents, written) => {
        const point = written === 'dot' ? ',' : '.';
        const grouped = new Intl.NumberFormat(locales[written]).format(whole);
        const text = cents === 0 ? grouped : `${grouped}${point}${String(cents).padStart(2, '0')}`;
        const read = readDecimal(text, written);
        expect(read && wholeOf(read, 100n)).toBe(String(whole * 100n + BigInt(cents)));
      }),
    );
  });

  it('decide their column where any of them can be read in one style only', () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt(0n, 10n ** 12n), { minLength: 1 }), style, (values, written) => {
        const cells = values.map((value) => new Intl.NumberFormat(locales[written]).format(value));
        const isClear = values.some((value) => value >= 1_000_000n);
        const isPlain = values.every((value) => value < 1000n);
        const expected = isPlain ? 'dot' : null;
        expect(decideStyle(evidenceOf(cells))).toBe(isClear ? written : expected);
      }),
    );
  });

  it.each([
    [['1.234.567,89'], 'dot'],
    [['1,234,567.89'], 'comma'],
    [['12,5'], 'dot'],
    [['0.125'], 'comma'],
    [['1.234', '1,234'], null],
    [['1.234'], null],
    [['1.234.567', '1,234,567'], null],
    [['2 600 000 ₫', 1234.5], 'dot'],
    [['1.234', '12,50'], 'dot'],
  ])('%j are written %s', (cells, decided) => expect(decideStyle(evidenceOf(cells))).toBe(decided));

  it.each([
    ['1.2.3', 'dot'],
    ['1,23,456', 'comma'],
    ['1.234,5', 'comma'],
    ['12a', 'dot'],
    ['', 'dot'],
    ['.5', 'comma'],
  ] as const)('%j is no number written %s', (cell, written) => expect(readDecimal(cell, written)).toBeNull());

  it.each([
    ['1,5 triệu'.replace(' triệu', ''), 'dot', 1_000_000n, '1500000'],
    ['(2.000)', 'dot', 1n, '2000'],
    ['350.000 đ', 'dot', 1n, '350000'],
    ['VND 1,000', 'comma', 1n, '1000'],
    [1.2345, 'dot', 1_000_000n, '1234500'],
    [0.1 + 0.2, 'dot', 10n, '3'],
    [1e20, 'dot', 1n, '100000000000000000000'],
    ['0,5', 'dot', 1n, null],
  ] as const)('%j written %s times %d is %s', (cell, written, factor, whole) => {
    const read = readDecimal(cell, written);
    expect(read && wholeOf(read, factor)).toBe(whole);
  });

  it('of a spreadsheet come back to the 15 digits that it holds', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 12 }), fc.integer({ min: 0, max: 3 }), (digits, places) => {
        const read = readDecimal(digits / 10 ** places, 'dot');
        expect(read && wholeOf(read, 10n ** BigInt(places))).toBe(String(digits));
      }),
    );
  });

  it('know a sign and brackets as negative', () => {
    for (const cell of ['-5', '(5)', '−5', '5-', -5]) expect(readDecimal(cell, 'dot')?.isNegative).toBe(true);
    expect(readDecimal('5', 'dot')?.isNegative).toBe(false);
  });

  it('are said without needless zeros as quantities', () => {
    expect([decimalText({ digits: 10_500n, places: 3 }), decimalText({ digits: 5n, places: 2 })]).toEqual([
      '10.5',
      '0.05',
    ]);
  });
});

describe('the days of a ledger', () => {
  const day = fc.date({ min: new Date('1990-01-01'), max: new Date('2060-12-31'), noInvalidDate: true });

  it('come back as d/m/y, y-m-d, in words and as serial numbers of a spreadsheet', () => {
    fc.assert(
      fc.property(day, (date) => {
        const iso = date.toISOString().slice(0, 10);
        const [y, m, d] = iso.split('-').map(Number) as [number, number, number];
        const serial = Math.round((Date.parse(iso) - Date.parse('1899-12-30')) / 86_400_000);
        const written = [
          iso,
          `${d}/${m}/${y}`,
          `${String(d).padStart(2, '0')}.${m}.${y}`,
          iso.replaceAll('-', ''),
          `${iso} 10:30:00`,
          `Ngày ${d} tháng ${m} năm ${y}`,
          serial,
          String(serial),
        ];
        expect(written.map((cell) => readDay(cell, 'dmy'))).toEqual(written.map(() => iso));
        expect(readDay(`${m}/${d}/${y}`, 'mdy')).toBe(iso);
      }),
    );
  });

  it.each(['31/02/2026', '2026-13-01', '14/03/26', 'March', '', '5', '99999'])('%j is none', (cell) =>
    expect(readDay(cell, 'dmy')).toBeNull(),
  );

  it('are d/m/y, and asked where one can only be m/d/y', () => {
    const weigh = (cells: string[]) => {
      const evidence = { dmy: 0, mdy: 0 };
      for (const cell of cells) weighDay(evidence, cell);
      return evidence;
    };
    expect(decideOrder(weigh(['03/04/2026', '25/12/2026', '2026-01-31']))).toBe('dmy');
    expect(decideOrder(weigh(['03/04/2026', '12/25/2026']))).toBeNull();
  });
});

describe('the header of a ledger', () => {
  it('is understood in Vietnamese, with and without marks, and a column holds one field', () => {
    const columns = [
      'STT',
      'Số HĐ',
      'Ngày ký HĐ',
      'Tên nhà cung cấp',
      'Mã số thuế NCC',
      'Tên hàng hóa',
      'ĐVT',
      'SL',
      'Đơn giá',
      'Thành tiền (chưa VAT)',
      'Thuế suất',
      'Hình thức LCNT',
    ];
    const expected = {
      reference: 'Số HĐ',
      basisDate: 'Ngày ký HĐ',
      supplierName: 'Tên nhà cung cấp',
      supplierTaxCode: 'Mã số thuế NCC',
      description: 'Tên hàng hóa',
      unit: 'ĐVT',
      quantity: 'SL',
      amount: 'Thành tiền (chưa VAT)',
      vatRate: 'Thuế suất',
      method: 'Hình thức LCNT',
    };
    expect(guessColumns(columns)).toEqual(expected);
    const bare = (text: string) =>
      text
        .normalize('NFD')
        .replace(/[\u0300-\u036f]/gu, '')
        .replaceAll('Đ', 'D');
    expect(guessColumns(columns.map(bare))).toEqual(
      Object.fromEntries(Object.entries(expected).map(([field, column]) => [field, bare(column)])),
    );
  });

  it('is understood in English', () => {
    expect(
      guessColumns([
        'Order No.',
        'Order date',
        'Supplier name',
        'Tax code',
        'Item description',
        'Qty',
        'Unit',
        'Unit price',
        'Net amount',
        'VAT rate',
      ]),
    ).toEqual({
      reference: 'Order No.',
      basisDate: 'Order date',
      supplierName: 'Supplier name',
      supplierTaxCode: 'Tax code',
      description: 'Item description',
      quantity: 'Qty',
      unit: 'Unit',
      amount: 'Net amount',
      vatRate: 'VAT rate',
    });
  });

  it.each([
    ['Thành tiền (nghìn đồng, chưa bao gồm VAT)', { amountBasis: 'net', amountUnit: 'thousand' }],
    ['Giá trị đã gồm thuế (triệu đồng)', { amountBasis: 'gross', amountUnit: 'million' }],
    ['Tổng tiền sau thuế (VNĐ)', { amountBasis: 'gross', amountUnit: 'dong' }],
    ['Amount excl. VAT (VND million)', { amountBasis: 'net', amountUnit: 'million' }],
    ['Thành tiền', {}],
    ['Số tiền (đ)', { amountUnit: 'dong' }],
  ])('%s says %j', (heading, said) => expect(guessMoney(heading)).toEqual(said));

  it('is found below titles, and its names are made distinct', () => {
    expect(guessHeaderRow([['SỔ MUA SẮM'], [], ['Số HĐ', 'Ngày', 'Thành tiền'], ['1', '2026-01-01', '5']])).toBe(3);
    expect(guessHeaderRow([['a', 'b']])).toBe(1);
    expect(columnNames(['Tiền', ' Tiền ', '', 'Tiền'])).toEqual(['Tiền', 'Tiền (2)', '#3', 'Tiền (3)']);
  });

  it('yields to what was corrected by hand: a column given to one field leaves the other', () => {
    const guess = { columns: { amount: 'A', description: 'B', unit: 'C' } };
    expect(mergeMapping(guess, { columns: { description: 'A', unit: '' } }).columns).toEqual({ description: 'A' });
  });
});

describe('the questions on a ledger', () => {
  const columns = ['HĐ', 'Ngày', 'NCC', 'Nội dung', 'Tiền'];
  const mapped = { reference: 'HĐ', basisDate: 'Ngày', supplierName: 'NCC', description: 'Nội dung', amount: 'Tiền' };
  const asked = (mapping: Parameters<typeof questionsOf>[0]) => {
    const evidence = noEvidence();
    return questionsOf(completeMapping(mapping, evidence), columns, evidence).map(({ field }) => field);
  };

  it('are what neither header nor values say, and nothing else', () => {
    expect(asked({ columns: mapped })).toEqual(['amountBasis', 'amountUnit']);
    expect(asked({ columns: mapped, amountBasis: 'gross', amountUnit: 'dong' })).toEqual(['vatRate']);
    expect(asked({ columns: mapped, amountBasis: 'net', amountUnit: 'dong' })).toEqual([]);
    expect(asked({ columns: {} })).toEqual(['basisDate', 'amount', 'description', 'supplierName', 'reference']);
    const { reference: _none, ...rest } = mapped;
    expect(asked({ columns: rest, eachRow: true, amountBasis: 'net', amountUnit: 'dong' })).toEqual([]);
  });
});

describe('the rows of a ledger', () => {
  const fields = [
    'reference',
    'basisDate',
    'supplierName',
    'supplierTaxCode',
    'description',
    'quantity',
    'unit',
    'amount',
    'vatRate',
    'method',
  ] as const;
  const plan: LedgerPlan = {
    places: new Map(fields.map((field, at) => [field, at])),
    basis: 'net',
    factor: 1000n,
    vatRate: undefined,
    styles: { amount: 'dot', quantity: 'dot' },
    order: 'dmy',
    fileMark: undefined,
  };
  const good = [
    'HD-1',
    '14/03/2026',
    'Nhà bán lẻ',
    '0101234567001',
    'Giấy',
    '2,5',
    'RM',
    '2.600',
    '8%',
    'Chào hàng cạnh tranh',
  ];
  const withCell = (at: number, cell: string) => good.map((before, index) => (index === at ? cell : before));

  it('are lines of purchases: amounts in đồng, tax codes, rates and ways of procurement as the register writes them', () => {
    expect(readRow(good, 2, plan)).toEqual({
      frame: {
        reference: 'HD-1',
        basisDate: '2026-03-14',
        supplier: { name: 'Nhà bán lẻ', taxCode: '0101234567-001' },
        method: 'quotation',
      },
      line: { description: 'Giấy', quantity: '2.5', unit: 'RM', amountNet: '2600000', vatRate: '8' },
      amount: '2600000',
    });
    const each = readRow(good, 7, { ...plan, fileMark: 'ab12' });
    expect('frame' in each && each.frame.reference).toBe('ab12-7');
    const gross = readRow(withCell(8, ''), 2, { ...plan, basis: 'gross', vatRate: '10' });
    expect('line' in gross && gross.line).toMatchObject({ amountGross: '2600000', vatRate: '10' });
  });

  it.each([
    [0, '', 'reference', 'CELL_MISSING'],
    [1, '30/02/2026', 'basisDate', 'CELL_NOT_A_DAY'],
    [4, '', 'description', 'CELL_MISSING'],
    [5, 'hai', 'quantity', 'CELL_NOT_A_NUMBER'],
    [7, '-2.600', 'amount', 'CELL_NEGATIVE'],
    [7, '2.600,0005', 'amount', 'CELL_NOT_WHOLE'],
    [7, '9.999.999.999.999.999', 'amount', 'CELL_TOO_LARGE'],
    [8, '120', 'vatRate', 'CELL_NO_RATE'],
    [9, 'xổ số', 'method', 'CELL_NO_METHOD'],
  ] as const)('with cell %d as %j are refused for %s: %s', (at, cell, field, code) => {
    const read = readRow(withCell(at, cell), 2, plan);
    expect('faults' in read && read.faults).toEqual([{ field, code, value: cell }]);
  });

  it('of one key are one purchase; a day on which they differ is named', () => {
    const read = readRow(good, 2, plan);
    if (!('frame' in read)) throw new Error('a good row');
    const { frame, line } = read;
    const rows = [
      { row: 2, frame: { ...frame, method: 'unknown' as const }, line },
      { row: 3, frame, line },
    ];
    expect(joinRows('T-UNIT', rows)).toMatchObject({
      input: { agency: 'T-UNIT', method: 'quotation', lines: [line, line] },
      disagree: [],
    });
    const other = { row: 4, frame: { ...frame, basisDate: '2026-03-15' }, line };
    expect(joinRows('T-UNIT', [...rows, other]).disagree).toEqual(['basisDate']);
  });

  it('sum to the whole of the file: good, bad and already there, to the dong beyond 2^53', () => {
    const amount = fc.bigInt(0n, BigInt(Number.MAX_SAFE_INTEGER)).map(String);
    const status = fc.constantFrom('good' as const, 'bad' as const);
    fc.assert(
      fc.property(fc.array(fc.record({ status, amount, key: fc.constantFrom('a', 'b', 'c') })), (rows) => {
        const tally = emptyTally();
        for (const row of rows) tallyRow(tally, row);
        const totals = totalsOf(tally);
        const whole = rows.reduce((sum, row) => sum + BigInt(row.amount), 0n);
        expect(BigInt(totals.sum) + BigInt(totals.sumBad)).toBe(whole);
        expect(totals.good + totals.bad).toBe(rows.length);
        expect(totals.purchases).toBe(new Set(rows.filter((row) => row.status === 'good').map(({ key }) => key)).size);
      }),
    );
  });
});
