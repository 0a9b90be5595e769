import type { PriorityList, Purchase } from '../../schemas/types.d.ts';
import { decide, type Facts } from '../purchases/decision.rules.ts';

const FIRST_DAY = '0001-01-01';
const FIRST_INSTANT = '0001-01-01T00:00:00.000Z';

/**
 * The purchase as it would be decided if the edition, published or a draft, had been in force on its basis date, from what
 * else was known at an instant: scope and the levels that tier B asks for are those of the edition.
 */
export function underEdition<P extends Pick<Purchase, 'basisDate' | 'supplier' | 'lines'>>(
  purchase: P,
  { facts, edition, knownAt }: { facts: Facts; edition: PriorityList; knownAt: string },
): P {
  const { basisDate, supplier } = purchase;
  const always = { ...edition, status: 'published' as const, effectiveFrom: FIRST_DAY, publishedAt: FIRST_INSTANT };
  const simulated = { ...facts, editions: [always] };
  const lines = purchase.lines.map((line) => {
    const verdict = decide({ ...line, basisDate, supplier }, simulated, knownAt);
    return { ...line, green: { ...verdict, evaluatedAt: knownAt, knownFrom: line.recordedAt }, earlier: [] };
  });
  return { ...purchase, lines };
}
