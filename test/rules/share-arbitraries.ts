import * as fc from 'fast-check';
import type { LineDecision, Purchase, PurchaseLine, Tier } from '../../schemas/types.d.ts';
import { instantOf } from './arbitraries.ts';

/** Groupings that need nothing but the purchases. */
export const groupings = [
  'month',
  'quarter',
  'year',
  'agency',
  'group',
  'scheme',
  'tier',
  'method',
  'nature',
  'funding',
  'supplier',
] as const;

export function aDecision(more: Partial<LineDecision> = {}): LineDecision {
  return {
    status: 'notGreen',
    tier: null,
    inScope: false,
    reasons: ['NO_CERTIFICATE'],
    basisDate: '2026-03-14',
    evaluatedAt: instantOf(0),
    knownFrom: instantOf(0),
    ruleVersion: '1',
    ...more,
  };
}

export const green = (tier: Tier, inScope = true) => aDecision({ status: 'green', tier, inScope, reasons: [] });
export const unknown = (inScope = true) => aDecision({ status: 'unknown', inScope, reasons: ['MODEL_DIFFERS'] });

export function aLine(lineNo: number, amountNet: string, more: Partial<PurchaseLine> = {}): PurchaseLine {
  const what = { description: 'Giấy', quantity: '1', unit: 'RM', green: aDecision(), earlier: [] };
  return { lineNo, amountNet, ...what, recordedAt: instantOf(0), ...more };
}

export function aPurchase(lines: PurchaseLine[], more: Partial<Purchase> = {}): Purchase {
  return {
    id: 'x',
    agency: 'bo',
    reference: '1/HĐ',
    method: 'open',
    kind: 'contract',
    basisDate: '2026-03-14',
    supplier: {},
    currency: 'VND',
    lines,
    corrections: [],
    recordedAt: instantOf(0),
    revision: 1,
    ...more,
  };
}

const someDecision: fc.Arbitrary<Omit<LineDecision, 'knownFrom'>> = fc.oneof(
  fc
    .record({
      tier: fc.constantFrom<Tier>('A', 'B', 'C'),
      inScope: fc.boolean(),
      scheme: fc.constantFrom('LABEL', 'ENERGY', 'FOREIGN'),
    })
    .map(({ tier, inScope, scheme }) => ({ ...green(tier, inScope), scheme })),
  fc.boolean().map((inScope) => aDecision({ inScope })),
  fc.boolean().map((inScope) => unknown(inScope)),
);

export const anAmount = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 1, max: 500 }).map(String) },
  { weight: 1, arbitrary: fc.constantFrom('0', '9007199254740991') },
);

/** A line with its decisions over time, and when it is taken back, if ever. */
const someLine = fc.record({
  amountNet: anAmount,
  group: fc.constantFrom('paper', 'lamp', undefined),
  nature: fc.constantFrom('goods' as const, 'services' as const, undefined),
  isExempt: fc.boolean(),
  decisions: fc.array(someDecision, { minLength: 1, maxLength: 3 }),
  takenBack: fc.constantFrom(null, null, null, 5, 20),
  replaced: fc.boolean(),
});

export const somePurchase: fc.Arbitrary<Purchase> = fc
  .record({
    agency: fc.constantFrom('bo', 'so', 'xa'),
    basisDate: fc.constantFrom('2025-12-31', '2026-01-01', '2026-03-31', '2026-04-01', '2026-06-30', '2026-10-01'),
    recorded: fc.nat(20),
    method: fc.constantFrom('open' as const, 'direct' as const),
    funding: fc.constantFrom('recurrent' as const, 'oda' as const, undefined),
    kind: fc.constantFrom('contract' as const, 'contract' as const, 'callOff' as const, 'framework' as const),
    currency: fc.constantFrom('VND', 'VND', 'VND', 'USD'),
    supplier: fc.constantFrom({ code: 'NCC' }, { taxCode: '0100000001' }, { name: 'Hộ kinh doanh (hư cấu)' }),
    rows: fc.array(someLine, { minLength: 1, maxLength: 4 }),
  })
  .map(({ agency, basisDate, recorded, rows, funding, ...frame }) => {
    const lines: PurchaseLine[] = [];
    const record = (
      { amountNet, group, nature, isExempt, decisions }: (typeof rows)[number],
      step: number,
      more: Partial<PurchaseLine>,
    ) => {
      const dated = decisions.map((decision, at): LineDecision =>
        Object.assign({}, decision, { basisDate, knownFrom: instantOf(step + at * 9) }),
      );
      const history = { green: dated.at(-1)!, earlier: dated.slice(0, -1), recordedAt: instantOf(step) };
      const exemption = isExempt && { exemption: { code: 'NO_FIT' as const, text: 'Không phù hợp' } };
      const what = { ...(group && { group }), ...(nature && { nature }), ...exemption };
      lines.push(aLine(lines.length + 1, amountNet, { ...what, ...history, ...more }));
    };
    for (const row of rows) record(row, recorded, {});
    rows.forEach((row, at) => {
      if (row.takenBack === null) return;
      const step = recorded + row.takenBack;
      record({ ...row, amountNet: row.amountNet === '0' ? '0' : `-${row.amountNet}` }, step, { reverses: at + 1 });
      if (row.replaced) record({ ...row, amountNet: '77' }, step, { corrects: at + 1 });
    });
    return aPurchase(lines, {
      agency,
      basisDate,
      ...frame,
      ...(funding && { funding }),
      recordedAt: instantOf(recorded),
    });
  });

export const somePurchases = fc.array(somePurchase, { maxLength: 12 });
