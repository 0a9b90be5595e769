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

/** Certificates by what lines find them by. */
interface Bearing {
  byProduct: Map<string, Certificate[]>;
  byNumber: Map<string, Certificate[]>;
  byId: Map<string, Certificate>;
}

const known = new WeakMap<readonly Certificate[], Bearing>();

/** Those of the certificates that bear on the line: they ever named its product or the number claimed, or were accepted. */
export function bearingOn(
  { product, labelClaim, equivalence }: Labelled,
  certificates: readonly Certificate[],
): Certificate[] {
  const bearing = known.get(certificates) ?? bearingOf(certificates);
  known.set(certificates, bearing);
  const covering = bearing.byProduct.get(product ?? '') ?? [];
  if (labelClaim === undefined && equivalence === undefined) return covering;
  const claimed = (labelClaim && bearing.byNumber.get(numberKey(labelClaim.scheme, labelClaim.number))) ?? [];
  const accepted = bearing.byId.get(equivalence?.certificate ?? '');
  return [...new Set([...covering, ...claimed, ...(accepted ? [accepted] : [])])];
}

/** Made once for the certificates of one reading, however many lines they decide. */
function bearingOf(certificates: readonly Certificate[]): Bearing {
  const bearing: Bearing = { byProduct: new Map(), byNumber: new Map(), byId: new Map() };
  for (const certificate of certificates) {
    const { products, numbers } = reachOf(certificate);
    for (const id of products) put(bearing.byProduct, id, certificate);
    for (const number of numbers) put(bearing.byNumber, numberKey(certificate.scheme, number), certificate);
    bearing.byId.set(certificate.id, certificate);
  }
  return bearing;
}

function put(map: Map<string, Certificate[]>, key: string, certificate: Certificate): void {
  const there = map.get(key);
  if (there) there.push(certificate);
  else map.set(key, [certificate]);
}

function numberKey(scheme: string, number: string): string {
  return JSON.stringify([scheme, number]);
}

/** The lines that stand and claim a number that the register lacks, by the decision in force. */
export function openClaims(lines: readonly PurchaseLine[]): PurchaseLine[] {
  return liveLines(lines, '9999').filter(({ green }) => green.reasons.includes('CLAIM_NOT_REGISTERED'));
}

function unique(values: string[]): string[] {
  return [...new Set(values)];
}
