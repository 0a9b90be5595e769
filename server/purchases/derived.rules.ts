import type { LineDecision, Purchase, PurchaseLine } from '../../schemas/types.d.ts';
import { openClaims } from './claim.rules.ts';
import { liveLines } from './correction.rules.ts';

/** What lists find a purchase by, derived from the lines that stand; each absent where there is none. */
export interface Derived extends Pick<Purchase, 'redecidedAt'> {
  /** The pairs of group and status, each once. */
  standing?: { group?: string; status: LineDecision['status'] }[];
  /** The schemes whose queue a claim of the purchase is in. */
  openClaims?: string[];
}

/** The purchase with everything that is derived from its lines made anew; called before each of its writes. */
export function withDerived<P extends { lines: PurchaseLine[] }>(purchase: P): Omit<P, keyof Derived> & Derived {
  const { standing: _standing, openClaims: _claims, redecidedAt: _at, ...rest } = purchase as P & Derived;
  const live = liveLines(purchase.lines, '9999');
  const pairs = live.map(({ group, green: { status } }) => ({ ...(group !== undefined && { group }), status }));
  const schemes = openClaims(purchase.lines).map(({ labelClaim }) => labelClaim!.scheme);
  const changes = live.flatMap(({ earlier, green }) => (earlier.length > 0 ? green.evaluatedAt : []));
  return {
    ...rest,
    ...(pairs.length > 0 && { standing: [...new Map(pairs.map((pair) => [JSON.stringify(pair), pair])).values()] }),
    ...(schemes.length > 0 && { openClaims: [...new Set(schemes)] }),
    ...(changes.length > 0 && { redecidedAt: changes.toSorted().at(-1)! }),
  };
}
