import type { Cancellation, LineCorrection, Purchase, PurchaseLine } from '../../schemas/types.d.ts';

/** Why a correction is not taken; `live` is the line to correct instead, where there is one. */
export interface CorrectionRefusal {
  code: 'LINE_UNKNOWN' | 'LINE_IS_A_REVERSAL' | 'LINE_ALREADY_CORRECTED' | 'NOTHING_TO_CANCEL';
  pointer: string;
  live?: number;
}

/** A line that takes another back, before it is decided and recorded. */
type ReversalLine = Omit<PurchaseLine, 'corrects' | 'green' | 'earlier' | 'recordedAt'> & { reverses: number };

/** The lines to add: the reversals, and the numbers of the correction's own lines in its order, which follow them. */
export interface CorrectionPlan {
  reversals: ReversalLine[];
  newLineNos: number[];
}

type Entry = Pick<PurchaseLine, 'lineNo' | 'reverses' | 'recordedAt'>;

/**
 * What a correction adds to a purchase, or everything that speaks against it. Nothing recorded changes: each line named,
 * or every live line of a cancellation, is taken back in full by a reversal, once, so no line ever falls below zero.
 */
export function planCorrection(
  { lines }: Pick<Purchase, 'lines'>,
  correction: LineCorrection | Cancellation,
): CorrectionPlan | { refusals: CorrectionRefusal[] } {
  if ('cancel' in correction) {
    const live = withoutReversed(lines);
    return live.length > 0
      ? planFor(lines, live, 0)
      : { refusals: [{ code: 'NOTHING_TO_CANCEL', pointer: '/cancel' }] };
  }
  const refusals = refuseLines(lines, correction);
  if (refusals.length > 0) return { refusals };
  const corrected = correction.lines.flatMap(({ corrects }) => lines.filter(({ lineNo }) => lineNo === corrects));
  return planFor(lines, corrected, correction.lines.length);
}

/** Why a day cannot be the one on which a purchase was settled, or null: nothing is settled before it begins, or tomorrow. */
export function settlementFault(
  { basisDate, settledOn }: Pick<Purchase, 'basisDate' | 'settledOn'>,
  today: string,
): 'IN_THE_FUTURE' | 'SETTLED_BEFORE_BASIS' | null {
  if (settledOn === undefined) return null;
  if (settledOn > today) return 'IN_THE_FUTURE';
  return settledOn < basisDate ? 'SETTLED_BEFORE_BASIS' : null;
}

/** The lines that stand at an instant: recorded by then, not a reversal, and not reversed by then. */
export function liveLines<L extends Entry>(lines: readonly L[], knownAt: string): L[] {
  return withoutReversed(lines.filter(({ recordedAt }) => recordedAt <= knownAt));
}

/** Whether a line of a purchase stands at an instant. */
export function isLive(line: Entry, lines: readonly Entry[], knownAt: string): boolean {
  return liveLines(lines, knownAt).some(({ lineNo }) => lineNo === line.lineNo);
}

function withoutReversed<L extends Entry>(lines: readonly L[]): L[] {
  const reversed = new Set(lines.map(({ reverses }) => reverses));
  return lines.filter(({ lineNo, reverses }) => reverses === undefined && !reversed.has(lineNo));
}

function refuseLines(lines: PurchaseLine[], correction: LineCorrection): CorrectionRefusal[] {
  const live = new Set(withoutReversed(lines).map(({ lineNo }) => lineNo));
  return correction.lines.flatMap(({ corrects }, at): CorrectionRefusal[] => {
    const pointer = `/lines/${at}/corrects`;
    // A line that this body has already named is no longer live for the rest of it.
    if (live.delete(corrects)) return [];
    const line = lines.find(({ lineNo }) => lineNo === corrects);
    if (line === undefined) return [{ code: 'LINE_UNKNOWN', pointer }];
    if (line.reverses !== undefined) return [{ code: 'LINE_IS_A_REVERSAL', pointer }];
    return [{ code: 'LINE_ALREADY_CORRECTED', pointer, ...successorOf(corrects, lines) }];
  });
}

/** The live line at the end of a chain of corrections; none where the chain was cancelled. */
function successorOf(lineNo: number, lines: PurchaseLine[]): { live?: number } {
  let end = lineNo;
  for (const line of lines) if (line.corrects === end) end = line.lineNo;
  return withoutReversed(lines).some((line) => line.lineNo === end) && end !== lineNo ? { live: end } : {};
}

function planFor(lines: PurchaseLine[], taken: PurchaseLine[], added: number): CorrectionPlan {
  const first = Math.max(...lines.map(({ lineNo }) => lineNo)) + 1;
  const reversals = taken.map((line, at) => reversalOf(line, first + at));
  const newLineNos = Array.from({ length: added }, (_, at) => first + taken.length + at);
  return { reversals, newLineNos };
}

function reversalOf(line: PurchaseLine, lineNo: number): ReversalLine {
  const { corrects: _corrects, green: _green, earlier: _earlier, recordedAt: _recordedAt, ...copied } = line;
  const { amountNet, amountGross } = line;
  return {
    ...copied,
    lineNo,
    amountNet: takenBack(amountNet),
    ...(amountGross !== undefined && { amountGross: takenBack(amountGross) }),
    reverses: line.lineNo,
  };
}

function takenBack(amount: string): string {
  return amount === '0' ? '0' : `-${amount}`;
}
