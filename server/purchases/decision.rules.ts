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
import { isClaimed } from './claim.rules.ts';

/** What a line says that its decision rests on, with its purchase's basis date and supplier. */
export interface DecidableLine extends Pick<
  PurchaseLine,
  'product' | 'group' | 'productKind' | 'modelDiffers' | 'nature' | 'labelClaim'
> {
  basisDate: string;
  supplier: Pick<Supplier, 'code' | 'taxCode'>;
  /** Why nothing green was bought; that there is a reason is what counts. */
  exemption?: object;
  /** The certificate that the buyer accepted as equivalent. */
  equivalence?: { certificate: string };
}

/**
 * What the register holds that bears on a line, with all that it ever said. Certificates that never cover its
 * product, and are neither claimed nor accepted by it, are passed over; a scheme is known as soon as a certificate stands under it, so its own `recordedAt` decides nothing.
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

const RULE_VERSION = '3';

/**
 * Whether a line is green, with its tier, the certificate that proves it and whether its group is in scope, as the
 * register knew it at an instant. Evidence of the basis date decides (green purchasing: Law 72/2020 art. 146); a line
 * without a group is out of scope; a line of a mandatory group that is neither green nor exempt says so beside its status
 * (contract, "Tiers"); reasons come sorted and are empty where the line is green.
 */
export function decide(line: DecidableLine, facts: Facts, knownAt: string): Verdict {
  const edition = editionInForce(facts.editions, line.basisDate, knownAt);
  const entry = edition?.entries.find(({ group }) => group === line.group);
  const judgement = judge(line, facts, { edition, knownAt });
  const owesReason = judgement.status !== 'green' && entry?.obligation === 'mandatory' && line.exemption === undefined;
  return {
    ...judgement,
    reasons: owesReason ? [...judgement.reasons, 'REASON_MISSING' as const].sort() : judgement.reasons,
    inScope: entry !== undefined,
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

interface Question {
  edition: PriorityList | null;
  knownAt: string;
}

function judge(line: DecidableLine, facts: Facts, question: Question): Judgement {
  const claim = claimState(line, facts, question.knownAt);
  if (line.product === undefined) return judgeWithoutProduct(line, claim);
  if (line.modelDiffers) return undecided('unknown', withClaim(['MODEL_DIFFERS'], claim));
  const candidates = candidatesFor(line, facts, question);
  const counting = candidates.filter(({ tier }) => tier !== null);
  const [best] = counting.filter(({ certificate }) => mayProve(line, certificate, facts)).sort(byMerit);
  if (best !== undefined) {
    const { id, scheme } = best.certificate;
    return { status: 'green', tier: best.tier, certificate: id, scheme, reasons: [] };
  }
  if (counting.length > 0) return undecided('unknown', withClaim(['PROVIDER_NOT_HOLDER'], claim));
  if (claim === 'unregistered') return undecided('unknown', ['CLAIM_NOT_REGISTERED']);
  const reasons = candidates.flatMap((candidate) => (candidate.tier === null ? candidate.reason : []));
  if (claim === 'elsewhere') reasons.push('PRODUCT_NOT_COVERED');
  return undecided('notGreen', reasons.length === 0 ? ['NO_CERTIFICATE'] : [...new Set(reasons)].sort());
}

/** Works and consulting carry no label of their own; anything else without a product may be anything. */
function judgeWithoutProduct({ nature, labelClaim }: DecidableLine, claim: ClaimState): Judgement {
  const isUnlabelled = nature === 'works' || nature === 'consulting';
  if (isUnlabelled && labelClaim === undefined) return undecided('notGreen', ['NO_LABEL_POSSIBLE']);
  return undecided('unknown', withClaim(['NO_PRODUCT_GIVEN'], claim));
}

/** What is known of the certificates that a line names: none is missing, one is not registered, one is of another product. */
type ClaimState = 'none' | 'unregistered' | 'elsewhere';

function claimState(line: DecidableLine, { certificates }: Facts, knownAt: string): ClaimState {
  const known = certificates.filter(({ recordedAt }) => recordedAt <= knownAt);
  const claimed = known.filter((certificate) => isClaimed(line, certificate, knownAt));
  if (line.labelClaim !== undefined && claimed.length === 0) return 'unregistered';
  const accepted = known.filter(({ id }) => id === line.equivalence?.certificate);
  const named = [...claimed, ...accepted];
  const isCovered = (certificate: Certificate) => coversEver(certificate, line.product ?? '', knownAt);
  return named.length > 0 && !named.some(isCovered) ? 'elsewhere' : 'none';
}

function withClaim(reasons: Reasons, claim: ClaimState): Reasons {
  return claim === 'unregistered' ? (['CLAIM_NOT_REGISTERED', ...reasons] satisfies Reasons) : reasons;
}

function undecided(status: 'notGreen' | 'unknown', reasons: Reasons): Judgement {
  return { status, tier: null, reasons };
}

function candidatesFor(line: DecidableLine, facts: Facts, { edition, knownAt }: Question): Candidate[] {
  const { basisDate: on, product = '' } = line;
  const covering = facts.certificates.filter(
    (certificate) => certificate.recordedAt <= knownAt && coversEver(certificate, product, knownAt),
  );
  if (covering.length === 0) return [];
  const agreements = recordsOn(facts.agreements, on, knownAt);
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
