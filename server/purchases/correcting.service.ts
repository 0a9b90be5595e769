import type { Cancellation, CorrectionInput, LineCorrection, Settlement } from '../../schemas/types.d.ts';
import { broken } from '../core/problem.ts';
import { evidenceOf } from './claim.rules.ts';
import { planCorrection, settlementFault } from './correction.rules.ts';
import { withDerived } from './derived.rules.ts';
import { lineFaults } from './line-faults.rules.ts';
import { decideLine, recordLine } from './line.rules.ts';
import { knowledgeOfLines, type LineSources } from './line-knowledge.service.ts';
import type { StoredPurchase } from './service.ts';

const mostLines = 2000;
const mostSettlements = 20;

interface Applying<C = CorrectionInput> {
  before: StoredPurchase;
  correction: C;
  now: string;
  today: string;
}

/**
 * The purchase with a correction: lines taken back and new ones, or the day on which it was settled.
 * @throws Problem 422 for a correction that breaks a rule
 */
export async function applyCorrection(parts: LineSources, applying: Applying): Promise<StoredPurchase> {
  const { correction } = applying;
  return 'settledOn' in correction
    ? settle({ ...applying, correction })
    : correctLines(parts, { ...applying, correction });
}

/** What was said before of the settlement stays in the corrections; the last one counts. */
function settle({ before, correction, now, today }: Applying<Settlement>): StoredPurchase {
  const { reason, settledOn } = correction;
  const pointer = '/settledOn';
  const fault = settlementFault({ basisDate: before.basisDate, settledOn }, today);
  if (fault) throw broken({ pointer, code: fault, params: { on: before.basisDate } });
  if (before.corrections.filter((entry) => entry.settledOn !== undefined).length >= mostSettlements)
    throw broken({ pointer, code: 'TOO_MANY_SETTLEMENTS', params: { most: mostSettlements } });
  const entry = { reason, settledOn, lines: [], recordedAt: now };
  return { ...before, settledOn, corrections: [...before.corrections, entry] };
}

/** Reversals of the lines taken back, and new lines that keep the basis date. */
async function correctLines(
  parts: LineSources,
  { before, correction, now }: Applying<LineCorrection | Cancellation>,
): Promise<StoredPurchase> {
  const plan = planCorrection(before, correction);
  if ('refusals' in plan) {
    throw broken(
      ...plan.refusals.map(({ code, pointer, live }) => ({ code, pointer, params: { lineNo: live ?? '–' } })),
    );
  }
  const replacements = 'lines' in correction ? correction.lines : [];
  const [knowledge, reversedFacts] = await Promise.all([
    knowledgeOfLines(parts, replacements),
    parts.facts(evidenceOf(plan.reversals)),
  ]);
  const faults = lineFaults(replacements, { basisDate: before.basisDate, knownAt: now }, knowledge);
  if (faults.length > 0) throw broken(...faults);
  const reversals = plan.reversals.map((line) =>
    decideLine({ ...line, recordedAt: now }, { frame: before, facts: reversedFacts }),
  );
  const lines = replacements.map(({ corrects, ...input }, index) => {
    const product = knowledge.products.get(input.product ?? '');
    const at = { lineNo: plan.newLineNos[index]!, recordedAt: now, product };
    return { ...recordLine(input, at, { frame: before, facts: knowledge.facts }), corrects };
  });
  const all = [...before.lines, ...reversals, ...lines];
  if (all.length > mostLines) throw broken({ pointer: '/lines', code: 'TOO_MANY_LINES', params: { most: mostLines } });
  const entry = {
    reason: correction.reason,
    ...('cancel' in correction && { cancel: true as const }),
    lines: [...reversals, ...lines].map(({ lineNo }) => lineNo),
    recordedAt: now,
  };
  return withDerived({ ...before, lines: all, corrections: [...before.corrections, entry] });
}
