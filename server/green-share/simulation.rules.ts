import type { PriorityList, Purchase } from '../../schemas/types.d.ts';
import { bearingOn } from '../purchases/claim.rules.ts';
import { decide, type Facts } from '../purchases/decision.rules.ts';

const FIRST_DAY = '0001-01-01';
const FIRST_INSTANT = '0001-01-01T00:00:00.000Z';

/** What decides under an edition: what else was known at an instant, of all purchases that are to be decided. */
interface Simulation {
  facts: Facts;
  edition: PriorityList;
  knownAt: string;
}

/**
 * Gives purchases as they would be decided if the edition, published or a draft, had been in force on their basis dates,
 * from what else was known at an instant: scope and the levels that tier B asks for are those of the edition.
 */
export function underEdition({ facts, edition, knownAt }: Simulation): <P extends Simulated>(purchase: P) => P {
  const always = { ...edition, status: 'published' as const, effectiveFrom: FIRST_DAY, publishedAt: FIRST_INSTANT };
  const simulated = { ...facts, editions: [always] };
  return (purchase) => {
    const { basisDate, supplier } = purchase;
    const lines = purchase.lines.map((line) => {
      const relevant = { ...simulated, certificates: bearingOn(line, facts.certificates) };
      const verdict = decide({ ...line, basisDate, supplier }, relevant, knownAt);
      return { ...line, green: { ...verdict, evaluatedAt: knownAt, knownFrom: line.recordedAt }, earlier: [] };
    });
    return { ...purchase, lines };
  };
}

type Simulated = Pick<Purchase, 'basisDate' | 'supplier' | 'lines'>;
