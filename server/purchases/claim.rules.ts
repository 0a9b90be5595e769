import type { Certificate, LabelClaim, PurchaseLine } from '../../schemas/types.d.ts';
import { asEntered, knownEvents, reachOf } from '../certificates/state.rules.ts';
import { liveLines } from './correction.rules.ts';

/** What a line says of its label: its product, the certificate it claims, and the one that the buyer accepted. */
export type Labelled = Pick<PurchaseLine, 'product' | 'labelClaim'> & { equivalence?: { certificate: string } };

/** By what the certificates that bear on lines are found: products they cover, numbers claimed, ids accepted. */
export interface Evidence {
  products: string[];
  claims: LabelClaim[];
  accepted: string[];
}

/** By what the certificates are found that bear on the lines, each once. */
export function evidenceOf(lines: readonly Labelled[]): Evidence {
  const claims = lines.flatMap(({ labelClaim }) => labelClaim ?? []);
  return {
    products: unique(lines.flatMap(({ product }) => product ?? [])),
    claims: [...new Map(claims.map((claim) => [`${claim.scheme} ${claim.number}`, claim])).values()],
    accepted: unique(lines.flatMap(({ equivalence }) => equivalence?.certificate ?? [])),
  };
}

/** Whether a certificate is the one that the line claims, by its scheme and a number that it was known to have. */
export function isClaimed({ labelClaim }: Labelled, certificate: Certificate, knownAt: string): boolean {
  if (labelClaim === undefined || labelClaim.scheme !== certificate.scheme) return false;
  const reissued = knownEvents(certificate, knownAt).flatMap(({ number }) => number ?? []);
  return [asEntered(certificate, knownAt).number, ...reissued].some((number) => number === labelClaim.number);
}

/** Whether a certificate bears on the line: it ever named its product or the number claimed, or was accepted. */
export function bearsOn({ product, labelClaim, equivalence }: Labelled, certificate: Certificate): boolean {
  const { products, numbers } = reachOf(certificate);
  const isNamed = labelClaim?.scheme === certificate.scheme && numbers.some((number) => number === labelClaim.number);
  return isNamed || products.some((id) => id === product) || equivalence?.certificate === certificate.id;
}

/** The lines that stand and claim a number that the register lacks, by the decision in force. */
export function openClaims(lines: readonly PurchaseLine[]): PurchaseLine[] {
  return liveLines(lines, '9999').filter(({ green }) => green.reasons.includes('CLAIM_NOT_REGISTERED'));
}

function unique(values: string[]): string[] {
  return [...new Set(values)];
}
