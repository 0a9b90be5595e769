import type { Certificate, LabelScheme, LineDecision, PriorityList, Tier } from '../../../schemas/types.d.ts';
import type { DecidableLine, Facts } from '../../../server/purchases/decision.rules.ts';
import { naiveEntry, naiveState, readThese } from './validity.ts';

type Answer = Pick<LineDecision, 'status' | 'tier' | 'certificate' | 'scheme' | 'inScope' | 'edition' | 'reasons'>;

/** The contract's "Tiers" and "Purchases" read aloud; it shares no code with the rules. */
export function naiveDecision(line: DecidableLine, facts: Facts, knownAt: string): Answer {
  const day = line.basisDate;
  const edition = naiveEdition(facts.editions, day, knownAt);
  const scope = {
    inScope: Boolean(line.group && edition?.entries.map((entry) => entry.group).includes(line.group)),
    edition: edition?.code,
  };
  const none = { tier: null, certificate: undefined, ...scope };
  // Mandatory, neither green nor exempt: a word beside the status.
  const isOwing =
    line.exemption === undefined &&
    (edition?.entries ?? []).some((entry) => entry.group === line.group && entry.obligation === 'mandatory');
  const answer = (status: 'unknown' | 'notGreen', ...reasons: Answer['reasons']): Answer => {
    const all = isOwing ? [...reasons, 'REASON_MISSING' as const] : reasons;
    return { status, reasons: all.sort(), ...none };
  };
  const known = facts.certificates.filter((certificate) => certificate.recordedAt <= knownAt);
  const { labelClaim: claim } = line;
  const claimed = known.filter((certificate) =>
    everSaid(certificate, 'number', knownAt).some((number) => `${certificate.scheme} ${number}` === nameOf(claim)),
  );
  const isInQueue = claim !== undefined && claimed.length === 0;
  const queued: Answer['reasons'] = isInQueue ? ['CLAIM_NOT_REGISTERED'] : [];
  if (!line.product) {
    const isBuildingOrAdvice = line.nature !== undefined && ['works', 'consulting'].includes(line.nature);
    if (isBuildingOrAdvice && !claim) return answer('notGreen', 'NO_LABEL_POSSIBLE');
    return answer('unknown', 'NO_PRODUCT_GIVEN', ...queued);
  }
  if (line.modelDiffers) return answer('unknown', 'MODEL_DIFFERS', ...queued);

  const proofs: { tier: Tier; certificate: Certificate }[] = [];
  const reasons = new Set<Answer['reasons'][number]>();
  let wouldCount = false;
  for (const recorded of facts.certificates) {
    if (!naiveEverCovers(recorded, line.product, knownAt)) continue;
    const reason = readThese(recorded, [day], { product: line.product, knownAt }).get(day)!;
    if (reason === 'NOT_KNOWN_YET') continue;
    const certificate = naiveState(recorded, day, knownAt);
    const named = facts.schemes.find(({ code }) => code === certificate.scheme)!;
    const scheme = { ...named, ...naiveVersion(named.versions, day, knownAt) };
    const tier =
      reason === 'VALID' ? naiveTier({ certificate, scheme, edition }, line, naiveAgreed(facts, day, knownAt)) : reason;
    if (tier !== 'A' && tier !== 'B' && tier !== 'C') {
      reasons.add(tier);
      continue;
    }
    wouldCount = true;
    const isProvider =
      line.supplier.code === certificate.holder ||
      (line.supplier.taxCode && line.supplier.taxCode === facts.taxCodes[certificate.holder]);
    if (line.productKind !== 'service' || isProvider) {
      proofs.push({ tier, certificate });
    }
  }
  const inWords = ({ tier, certificate: { issuedOn, number, id } }: (typeof proofs)[number]) =>
    [tier, issuedOn, number, id].join('|');
  const [best] = proofs.sort((a, b) => (inWords(a) < inWords(b) ? -1 : 1));
  if (best)
    return {
      ...scope,
      status: 'green',
      tier: best.tier,
      certificate: best.certificate.id,
      scheme: best.certificate.scheme,
      reasons: [],
    };
  if (wouldCount) return answer('unknown', 'PROVIDER_NOT_HOLDER', ...queued);
  if (isInQueue) return answer('unknown', 'CLAIM_NOT_REGISTERED');
  const named = [...claimed, ...known.filter((certificate) => certificate.id === line.equivalence?.certificate)];
  const covers = (certificate: Certificate) =>
    everSaid(certificate, 'products', knownAt).flat().includes(line.product!);
  if (named.length > 0 && !named.some(covers)) {
    reasons.add('PRODUCT_NOT_COVERED');
  }
  if (reasons.size === 0) reasons.add('NO_CERTIFICATE');
  return answer('notGreen', ...reasons);
}

/** What the entry says once its known mistakes are corrected, and every known event that says something else. */
function everSaid<F extends 'number' | 'products'>(
  certificate: Certificate,
  field: F,
  knownAt: string,
): Certificate[F][] {
  let [entered]: Certificate[F][] = [certificate[field]];
  const later: Certificate[F][] = [];
  for (const event of certificate.events.filter(({ recordedAt }) => recordedAt <= knownAt)) {
    const corrected =
      event.type === 'corrected' ? (event.fields as Partial<Certificate> | undefined)?.[field] : undefined;
    if (corrected !== undefined) entered = corrected;
    const changed = event.type === 'corrected' ? undefined : (event as Partial<Certificate>)[field];
    if (changed !== undefined) later.push(changed);
  }
  return [entered!, ...later];
}

function nameOf(claim: DecidableLine['labelClaim']): string | null {
  return claim === undefined ? null : `${claim.scheme} ${claim.number}`;
}

/** Whether there is a day on which it covers the product: with its entry or from an amendment on. */
function naiveEverCovers(certificate: Certificate, product: string, knownAt: string): boolean {
  const known = certificate.events.filter((event) => event.recordedAt <= knownAt && event.type === 'amended');
  return [naiveEntry(certificate, knownAt), ...known].some(({ products }) => products?.includes(product));
}

/** In force from `effectiveFrom` until the next published one starts, as it was corrected by then. */
export function naiveEdition(editions: PriorityList[], day: string, knownAt: string): PriorityList | undefined {
  const published = editions.filter((edition) => edition.status === 'published' && edition.publishedAt! <= knownAt);
  const inOrder = published.sort((a, b) => a.effectiveFrom.localeCompare(b.effectiveFrom));
  const found = inOrder.find(
    ({ effectiveFrom }, at) =>
      effectiveFrom <= day && (inOrder[at + 1] === undefined || day < inOrder[at + 1]!.effectiveFrom),
  );
  if (!found) return undefined;
  const corrected = { ...found };
  for (const { recordedAt, entries, through } of found.corrections ?? []) {
    if (recordedAt > knownAt) continue;
    if (entries) corrected.entries = entries;
    if (through) corrected.through = through;
  }
  return corrected.through && corrected.through < day ? undefined : corrected;
}

/** Each version is written over the days from its own on; who looks up a day finds what was written there last. */
export function naiveVersion<V extends { validFrom: string; recordedAt: string }>(
  versions: V[],
  day: string,
  knownAt: string,
): V {
  const known = versions.filter((version, at) => at === 0 || version.recordedAt <= knownAt);
  const pages = new Map(known.map((version) => [version.validFrom, version]));
  const days = [...pages.keys()].sort();
  let page = days[0]!;
  for (const next of days) if (next <= day) page = next;
  return pages.get(page)!;
}

function naiveAgreed(facts: Facts, day: string, knownAt: string): Facts['agreements'][number]['versions'] {
  const known = facts.agreements.filter((agreement) => agreement.recordedAt <= knownAt);
  return known.map(({ versions }) => naiveVersion(versions, day, knownAt));
}

function naiveTier(
  { certificate, scheme, edition }: { certificate: Certificate; scheme: LabelScheme; edition?: PriorityList },
  line: DecidableLine,
  agreements: Facts['agreements'][number]['versions'],
): Tier | 'LEVEL_TOO_LOW' | 'NOT_ACCEPTED' {
  if (scheme.subject === 'organisation') return 'NOT_ACCEPTED';
  for (const agreement of agreements) {
    const isThatDay = line.basisDate >= agreement.from && line.basisDate <= (agreement.through ?? '9999-12-31');
    if (agreement.scheme === scheme.code && isThatDay && line.group && agreement.groups.includes(line.group))
      return 'A';
  }
  if (line.basisDate < (scheme.from ?? '') || line.basisDate > (scheme.through ?? '9999')) return 'NOT_ACCEPTED';
  if (scheme.basis === 'statutory' || scheme.basis === 'legacy-transitional') return 'A';
  if (scheme.basis === 'equivalent-buyer-decides') {
    return line.equivalence?.certificate === certificate.id ? 'C' : 'NOT_ACCEPTED';
  }
  if (scheme.basis === 'information-only') return 'NOT_ACCEPTED';
  for (const entry of edition?.entries ?? []) {
    if (entry.group !== line.group) continue;
    for (const accepted of entry.accepts) {
      if (accepted.scheme !== scheme.code || !accepted.minLevel) continue;
      if (accepted.criteria && !accepted.criteria.some((name) => name === certificate.criterion)) continue;
      const isLevel = (level?: string) => scheme.levels.includes(level ?? '');
      if (!isLevel(certificate.level) || !isLevel(accepted.minLevel)) return 'LEVEL_TOO_LOW';
      return Number(certificate.level) >= Number(accepted.minLevel) ? 'B' : 'LEVEL_TOO_LOW';
    }
  }
  return 'NOT_ACCEPTED';
}
