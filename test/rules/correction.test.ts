import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { Cancellation, LineCorrection, LineDecision, PurchaseLine } from '../../schemas/types.d.ts';
import { isLive, liveLines, planCorrection, type CorrectionPlan } from '../../server/purchases/correction.rules.ts';
import { instantOf } from './arbitraries.ts';

type Correction = LineCorrection | Cancellation;

const green: LineDecision = {
  status: 'unknown',
  tier: null,
  inScope: false,
  reasons: ['NO_PRODUCT_GIVEN'],
  basisDate: '2026-03-14',
  evaluatedAt: instantOf(0),
  knownFrom: instantOf(0),
  ruleVersion: '1',
};

function aLine(lineNo: number, more: Partial<PurchaseLine> = {}): PurchaseLine {
  const what = { description: 'Giấy in A4', product: 'p1', group: 'office-paper', productKind: 'good' as const };
  const recorded = { green, earlier: [], recordedAt: instantOf(0) };
  return { lineNo, ...what, quantity: '40', unit: 'RM', amountNet: String(lineNo * 100), ...recorded, ...more };
}

function correcting(...lineNos: number[]): Correction {
  const line = { description: 'Giấy in A4', quantity: '40', unit: 'RM', amountNet: '7' };
  return { reason: 'x', lines: lineNos.map((corrects) => Object.assign({ corrects }, line)) };
}

/** The plan of a correction that nothing speaks against. */
function planOf(lines: PurchaseLine[], correction: Correction): CorrectionPlan {
  const plan = planCorrection({ lines }, correction);
  if ('refusals' in plan) throw new Error(JSON.stringify(plan.refusals));
  return plan;
}

function sum(lines: PurchaseLine[]): bigint {
  return lines.reduce((total, { amountNet }) => total + BigInt(amountNet), 0n);
}

/** The purchase after a correction, as it is recorded. */
function corrected(lines: PurchaseLine[], correction: Correction, recordedAt: string): PurchaseLine[] {
  const plan = planOf(lines, correction);
  const added = 'lines' in correction ? correction.lines : [];
  const dated = { green, earlier: [], recordedAt };
  return [
    ...lines,
    ...plan.reversals.map((line) => Object.assign({}, line, dated)),
    ...added.map((line, at) =>
      Object.assign({}, line, dated, { lineNo: plan.newLineNos[at]!, amountNet: line.amountNet! }),
    ),
  ];
}

const cancel: Correction = { reason: 'x', cancel: true };
const refusalsOf = (lines: PurchaseLine[], correction: Correction) => planCorrection({ lines }, correction);

describe('a correction', () => {
  it('takes its lines back in full and numbers the new ones after the reversals', () => {
    const plan = planCorrection({ lines: [aLine(1), aLine(2, { corrects: 9, modelDiffers: true })] }, correcting(2, 1));
    const copied = {
      description: 'Giấy in A4',
      product: 'p1',
      group: 'office-paper',
      productKind: 'good',
      quantity: '40',
      unit: 'RM',
    };
    expect(plan).toEqual({
      reversals: [
        { ...copied, modelDiffers: true, lineNo: 3, amountNet: '-200', reverses: 2 },
        { ...copied, lineNo: 4, amountNet: '-100', reverses: 1 },
      ],
      newLineNos: [5, 6],
    });
  });

  it('takes a line of nothing back as nothing, without a sign', () => {
    const plan = planOf([aLine(1, { amountNet: '0' })], cancel);
    expect(plan.reversals.map(({ amountNet }) => amountNet)).toEqual(['0']);
  });

  it('that cancels takes back every line that still stands, and adds none', () => {
    const lines = corrected([aLine(1), aLine(2)], correcting(1), instantOf(1));
    const plan = planOf(lines, cancel);
    expect(plan.reversals.map(({ reverses, lineNo }) => [reverses, lineNo])).toEqual([
      [2, 5],
      [4, 6],
    ]);
    expect(plan.newLineNos).toEqual([]);
  });

  it('is refused for a line that there is not', () => {
    expect(refusalsOf([aLine(1)], correcting(1, 7))).toEqual({
      refusals: [{ code: 'LINE_UNKNOWN', pointer: '/lines/1/corrects' }],
    });
  });

  it('is refused for a reversal', () => {
    const lines = corrected([aLine(1)], correcting(1), instantOf(1));
    expect(refusalsOf(lines, correcting(2))).toEqual({
      refusals: [{ code: 'LINE_IS_A_REVERSAL', pointer: '/lines/0/corrects' }],
    });
  });

  it('is refused for a line corrected before, and names the one that stands for it now', () => {
    const once = corrected([aLine(1), aLine(2)], correcting(1), instantOf(1));
    const twice = corrected(once, correcting(4), instantOf(2));
    const refusal = { code: 'LINE_ALREADY_CORRECTED', pointer: '/lines/0/corrects' };
    expect(refusalsOf(once, correcting(1))).toEqual({ refusals: [{ ...refusal, live: 4 }] });
    expect(refusalsOf(twice, correcting(1))).toEqual({ refusals: [{ ...refusal, live: 6 }] });
    expect(refusalsOf(twice, correcting(4))).toEqual({ refusals: [{ ...refusal, live: 6 }] });
  });

  it('is refused for a line of a cancelled purchase, of which none stands', () => {
    const cancelled = corrected(corrected([aLine(1)], correcting(1), instantOf(1)), cancel, instantOf(2));
    expect(refusalsOf(cancelled, correcting(1))).toEqual({
      refusals: [{ code: 'LINE_ALREADY_CORRECTED', pointer: '/lines/0/corrects' }],
    });
    expect(refusalsOf(cancelled, cancel)).toEqual({ refusals: [{ code: 'NOTHING_TO_CANCEL', pointer: '/cancel' }] });
  });

  it('is refused where it names one line twice', () => {
    expect(refusalsOf([aLine(1), aLine(2)], correcting(2, 1, 2))).toEqual({
      refusals: [{ code: 'LINE_ALREADY_CORRECTED', pointer: '/lines/2/corrects' }],
    });
  });

  it('names everything that is wrong with it at once', () => {
    const lines = corrected([aLine(1)], correcting(1), instantOf(1));
    expect(refusalsOf(lines, correcting(1, 2, 9, 3))).toMatchObject({
      refusals: [{ code: 'LINE_ALREADY_CORRECTED', live: 3 }, { code: 'LINE_IS_A_REVERSAL' }, { code: 'LINE_UNKNOWN' }],
    });
  });

  it('changes nothing that was recorded', () => {
    const lines = [aLine(1), aLine(2)];
    const before = JSON.stringify(lines);
    planCorrection({ lines }, correcting(1, 2));
    expect(JSON.stringify(lines)).toBe(before);
  });
});

describe('the lines that stand', () => {
  const lines = corrected([aLine(1), aLine(2)], correcting(1), instantOf(5));

  it('are those recorded by then and not taken back by then', () => {
    const standing = [4, 5, 6].map((step) => liveLines(lines, instantOf(step)).map(({ lineNo }) => lineNo));
    expect(standing).toEqual([
      [1, 2],
      [2, 4],
      [2, 4],
    ]);
    expect(liveLines([aLine(1, { recordedAt: instantOf(3) })], instantOf(2))).toEqual([]);
  });

  it('can be asked for one by one', () => {
    expect(lines.map((line) => isLive(line, lines, instantOf(4)))).toEqual([true, true, false, false]);
    expect(lines.map((line) => isLive(line, lines, instantOf(5)))).toEqual([false, true, false, true]);
  });

  it('add up to the sum of everything recorded, after any row of corrections', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 4 }),
        fc.array(fc.oneof({ weight: 6, arbitrary: fc.nat(9) }, fc.constant(null)), { maxLength: 6 }),
        (count, moves) => {
          let all = Array.from({ length: count }, (_, at) => aLine(at + 1));
          moves.forEach((move, at) => {
            const correction = move === null ? cancel : correcting(move);
            if (!('refusals' in planCorrection({ lines: all }, correction)))
              all = corrected(all, correction, instantOf(at + 1));
          });
          expect(sum(liveLines(all, instantOf(9)))).toBe(sum(all));
          expect(liveLines(all, instantOf(9)).every(({ amountNet }) => BigInt(amountNet) >= 0n)).toBe(true);
          expect(all.map(({ lineNo }) => lineNo)).toEqual(all.map((_, at) => at + 1));
        },
      ),
      { numRuns: 500 },
    );
  });
});
