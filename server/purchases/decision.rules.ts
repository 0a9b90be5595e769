import type {
  Certificate,
  LabelScheme,
  LineDecision,
  PriorityList,
  Product,
  PurchaseLine,
  RecognitionAgreement,
  Supplier,
  Tier,
} from '../../schemas/types.d.ts';
import { foldModel } from '../catalogue/model-name.rules.ts';
import { coversEver, stateOn } from '../certificates/state.rules.ts';
import { reasonOn } from '../certificates/validity.rules.ts';
import { editionInForce } from '../priority-lists/edition.rules.ts';
import { recordsOn, versionOn } from '../reference/dated.rules.ts';
import { compareTiers, tierOf } from '../reference/tier.rules.ts';

/** What a line says that its decision rests on, with its purchase's basis date and supplier. */
export interface DecidableLine extends Pick<PurchaseLine, 'product' | 'group' | 'productKind' | 'modelDiffers'> {
  basisDate: string;
  supplier: Pick<Supplier, 'code' | 'taxCode'>;
  /** The certificate that the buyer accepted as equivalent. */
  equivalence?: { certificate: string };
}

/**
 * What the register holds that bears on a line, with all that it ever said. Certificates that never cover its
 * product are passed over; a scheme is known as soon as a certificate stands under it, so its own `recordedAt` decides nothing.
 */
export interface Facts {
  certificates: Certificate[];
  schemes: LabelScheme[];
  editions: PriorityList[];
  agreements: RecognitionAgreement[];
  /** Tax codes of the certificates' holders, by organisation code. */
  taxCodes: Record<string, string>;
}

/** A decision before it is dated. */
export type Verdict = Omit<LineDecision, 'evaluatedAt' | 'knownFrom'>;

type Reasons = Verdict['reasons'];
type Judgement = Pick<Verdict, 'status' | 'tier' | 'certificate' | 'scheme' | 'reasons'>;

/** A covering certificate as it stands on the basis date, and what it counts for on the basis date, or why for nothing. */
type Candidate = { certificate: Certificate } & ({ tier: Tier } | { tier: null; reason: Reasons[number] });

const RULE_VERSION = '1';

/**
 * Whether a line is green, with its tier, the certificate that proves it and whether its group is in scope, as the
 * register knew it at an instant. Evidence of the basis date decides (green purchasing: Law 72/2020 art. 146); a line
 * without a group is out of scope; reasons come sorted and are empty where the line is green.
 */
export function decide(line: DecidableLine, facts: Facts, knownAt: string): Verdict {
  const edition = editionInForce(facts.editions, line.basisDate, knownAt);
  return {
    ...judge(line, facts, { edition, knownAt }),
    inScope: edition !== null && edition.entries.some(({ group }) => group === line.group),
    ...(edition !== null && { edition: edition.code }),
    basisDate: line.basisDate,
    ruleVersion: RULE_VERSION,
  };
}

/** Whether a delivered model is the product's or one of its aliases; a name without a letter or digit is nobody's. */
export function isSameModel(model: string, product: Pick<Product, 'model' | 'aliases'>): boolean {
  const folded = foldModel(model);
  return folded !== '' && [product.model ?? '', ...product.aliases].some((name) => foldModel(name) === folded);
}

function judge(line: DecidableLine, facts: Facts, state: { edition: PriorityList | null; knownAt: string }): Judgement {
  if (line.product === undefined) return undecided('unknown', ['NO_PRODUCT_GIVEN']);
  if (line.modelDiffers) return undecided('unknown', ['MODEL_DIFFERS']);
  const candidates = candidatesFor(line, facts, state);
  const counting = candidates.filter(({ tier }) => tier !== null);
  const [best] = counting.filter(({ certificate }) => mayProve(line, certificate, facts)).sort(byMerit);
  if (best !== undefined) {
    const { id, scheme } = best.certificate;
    return { status: 'green', tier: best.tier, certificate: id, scheme, reasons: [] };
  }
  if (counting.length > 0) return undecided('unknown', ['PROVIDER_NOT_HOLDER']);
  if (candidates.length === 0) return undecided('notGreen', ['NO_CERTIFICATE']);
  const reasons = candidates.flatMap((candidate) => (candidate.tier === null ? candidate.reason : []));
  return undecided('notGreen', [...new Set(reasons)].sort());
}

function undecided(status: 'notGreen' | 'unknown', reasons: Reasons): Judgement {
  return { status, tier: null, reasons };
}

function candidatesFor(
  line: DecidableLine,
  facts: Facts,
  { edition, knownAt }: { edition: PriorityList | null; knownAt: string },
): Candidate[] {
  const { basisDate: on, product = '' } = line;
  const agreements = recordsOn(facts.agreements, on, knownAt);
  const covering = facts.certificates.filter(
    (certificate) => certificate.recordedAt <= knownAt && coversEver(certificate, product, knownAt),
  );
  return covering.map((recorded): Candidate => {
    const certificate = stateOn(recorded, on, knownAt);
    const reason = reasonOn(recorded, { product, on, knownAt });
    if (reason !== 'VALID') return { certificate, tier: null, reason };
    const named = facts.schemes.find(({ code }) => code === certificate.scheme);
    if (named === undefined) return { certificate, tier: null, reason: 'NOT_ACCEPTED' };
    const scheme = { code: named.code, ...versionOn(named.versions, on, knownAt) };
    const accepted = line.equivalence?.certificate;
    const answer = tierOf({ scheme, certificate, group: line.group, on, edition, agreements, accepted });
    return answer.tier === null
      ? { certificate, tier: null, reason: answer.reason }
      : { certificate, tier: answer.tier };
  });
}

/** A service is green only where its provider holds the label; goods may be resold by anyone. */
function mayProve({ productKind, supplier }: DecidableLine, { holder }: Certificate, { taxCodes }: Facts): boolean {
  if (productKind !== 'service' || supplier.code === holder) return true;
  return supplier.taxCode !== undefined && supplier.taxCode === taxCodes[holder];
}

/** The best tier, then the earliest issue, then the number; the id keeps two alike in one order. */
function byMerit(a: Candidate, b: Candidate): number {
  return (
    compareTiers(a.tier, b.tier) ||
    compare(a.certificate.issuedOn, b.certificate.issuedOn) ||
    compare(a.certificate.number, b.certificate.number) ||
    compare(a.certificate.id, b.certificate.id)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
