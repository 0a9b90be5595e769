import type { Certificate, CriteriaDocument, LabelScheme, Organisation, Product } from '../../schemas/types.d.ts';
import { Problem, broken, type Fault, type RuleCode } from '../core/problem.ts';
import type { Actor } from '../core/route.ts';
import { refuseCertificate } from '../certificates/lifecycle.rules.ts';
import { stateOn } from '../certificates/state.rules.ts';
import { checkedItems, type ItemFault } from './checklist.rules.ts';
import { earliestRenewal } from './deadline.rules.ts';
import type { StoredApplication } from './dossier.rules.ts';
import { effects, procedureOf } from './procedure.rules.ts';
import type { EvidenceFacts } from './port.ts';

/** What a dossier is checked against. */
export interface SubmissionParts {
  scheme(code: string): Promise<LabelScheme | null>;
  criterion(code: string): Promise<CriteriaDocument | null>;
  products(ids: string[]): Promise<Map<string, Product>>;
  organisations(codes: string[]): Promise<Map<string, Organisation>>;
  /** As it stands today; null where there is none. */
  certificate(id: string): Promise<Certificate | null>;
  /** Whether the actor may write for the scheme; null where there is none. */
  mayCertify(actor: Actor, scheme: string): Promise<boolean | null>;
  /** What is known of files, by their ids. */
  evidence(ids: string[]): Promise<Map<string, EvidenceFacts>>;
  /** Those of the files that the caller may attach to the dossier. */
  attachable(actor: Actor, files: string[], dossier?: string): Promise<Set<string>>;
}

type Named = Pick<StoredApplication, 'applicant'> &
  Partial<Pick<StoredApplication, 'scheme' | 'products' | 'attachments'>>;

/** @throws Problem 422 for what is not there, naming each place: so much is asked of a draft too */
export async function refuseUnknown(parts: SubmissionParts, dossier: Named): Promise<void> {
  const { applicant, scheme, products = [], attachments = [] } = dossier;
  const files = attachments.map(({ evidence }) => evidence);
  const [organisations, found, known, facts] = await Promise.all([
    parts.organisations([applicant]),
    parts.products(products),
    scheme === undefined ? undefined : parts.scheme(scheme),
    parts.evidence(files),
  ]);
  const faults: Fault[] = [];
  const code = (pointer: string, name: string) =>
    faults.push({ pointer, code: 'UNKNOWN_CODE', params: { code: name } });
  const missing = (pointer: string, id: string) => faults.push({ pointer, code: 'UNKNOWN_ID', params: { id } });
  if (!organisations.has(applicant)) code('/applicant', applicant);
  if (known === null) code('/scheme', scheme ?? '');
  for (const [at, id] of products.entries()) if (!found.has(id)) missing(`/products/${at}`, id);
  for (const [at, { evidence, kind }] of attachments.entries()) {
    const fact = facts.get(evidence);
    if (!fact) missing(`/attachments/${at}/evidence`, evidence);
    else if (fact.kind !== undefined && fact.kind !== kind)
      faults.push({ pointer: `/attachments/${at}/kind`, code: 'EVIDENCE_OF_OTHER_KIND', params: { kind: fact.kind } });
  }
  if (faults.length > 0) throw broken(...faults);
}

/** @throws Problem 422 for a file that is newly attached and neither the caller's nor given to the dossier: attaching lets read it */
export async function refuseOthersFiles(
  { attachable }: SubmissionParts,
  actor: Actor,
  { dossier, attachments = [], before = [] }: Attaching,
): Promise<void> {
  const there = new Set(before.map(({ evidence }) => evidence));
  const added = attachments.map(({ evidence }) => evidence).filter((id) => !there.has(id));
  if (added.length === 0) return;
  const may = await attachable(actor, added, dossier);
  const faults = attachments.flatMap(({ evidence }, at): Fault[] =>
    there.has(evidence) || may.has(evidence)
      ? []
      : [{ pointer: `/attachments/${at}/evidence`, code: 'EVIDENCE_NOT_YOURS' }],
  );
  if (faults.length > 0) throw broken(...faults);
}

/** Files that are to be attached, those attached before, and to which dossier where there is one already. */
interface Attaching {
  dossier?: string;
  attachments?: { evidence: string }[] | undefined;
  before?: { evidence: string }[] | undefined;
}

/** @throws Problem 422 naming what keeps the dossier from being received, every missing item by its text (Decree 08/2022 art. 146) */
export async function refuseUnfit(parts: SubmissionParts, dossier: StoredApplication, today: string): Promise<void> {
  await refuseUnknown(parts, dossier);
  const faults = [
    ...(await schemeFaults(parts, dossier, today)),
    ...(await certificateFaults(parts, dossier, today)),
    ...itemFaults(dossier, await withFacts(parts, dossier), today),
  ];
  if (faults.length > 0) throw broken(...faults);
}

/** @throws Problem 422 where the dossier, with what an answer changed in it, lacks an item that it had on the day of its receipt */
export async function refuseMissing(parts: SubmissionParts, dossier: StoredApplication, on: string): Promise<void> {
  await refuseUnknown(parts, dossier);
  const faults = itemFaults(dossier, await withFacts(parts, dossier), on);
  if (faults.length > 0) throw broken(...faults);
}

/** The attachments with what is known of their files in place of what was said. */
export async function withFacts(
  { evidence }: Pick<SubmissionParts, 'evidence'>,
  { attachments = [] }: Pick<StoredApplication, 'attachments'>,
): Promise<NonNullable<StoredApplication['attachments']>> {
  const facts = await evidence(attachments.map((attachment) => attachment.evidence));
  return attachments.map((attachment) => {
    const { issuedOn = attachment.issuedOn, laboratory = attachment.laboratory } = facts.get(attachment.evidence) ?? {};
    return { ...attachment, ...(issuedOn !== undefined && { issuedOn }), ...(laboratory && { laboratory }) };
  });
}

function itemFaults(
  dossier: StoredApplication,
  attachments: NonNullable<StoredApplication['attachments']>,
  on: string,
): Fault[] {
  const items = checkedItems(procedureOf(dossier), attachments, on);
  return items.flatMap(({ name, reference, fault }) => {
    const params = { vi: name.vi, en: name.en ?? name.vi, reference, on };
    return fault ? [{ pointer: '/attachments', code: fault satisfies ItemFault, params }] : [];
  });
}

/** What the scheme would refuse of the certificate that is asked for, before anybody spends time on it. */
async function schemeFaults(
  parts: SubmissionParts,
  { kind, applicant, scheme: code, products = [], criterion: named, level }: StoredApplication,
  today: string,
): Promise<Fault[]> {
  const effect = effects[kind];
  const found = await parts.products(products);
  const models = products.flatMap((id) => found.get(id) ?? []);
  if (effect === 'listing') return listingFaults(models, applicant);
  const scheme = await parts.scheme(code ?? '');
  if (!scheme) return [];
  const { from = today, through = today } = scheme;
  if (today < from || through < today) return [{ pointer: '/scheme', code: 'SCHEME_NOT_IN_FORCE' }];
  if (effect === 'reissue') return [];
  const criterion = named === undefined ? undefined : await parts.criterion(named);
  if (criterion === null) return [{ pointer: '/criterion', code: 'UNKNOWN_CODE', params: { code: named ?? '' } }];
  const asked = { number: '?', scheme: scheme.code, holder: applicant, products, issuedOn: today };
  // More models come under the level of the certificate that there is.
  const levels = effect === 'amendment' ? [] : scheme.levels;
  const surroundings = { scheme: { ...scheme, levels }, holder: { code: applicant }, products: models };
  const refusal = refuseCertificate(
    { ...asked, ...(level !== undefined && { level }) },
    { ...surroundings, ...(criterion && { criterion }) },
  );
  return refusal ? [{ pointer: refusal.pointer, code: refusal.code as RuleCode }] : [];
}

function listingFaults(products: Product[], applicant: string): Fault[] {
  if (products.length === 0) return [{ pointer: '/products', code: 'PRODUCTS_REQUIRED' }];
  return products.flatMap(({ supplier }, at): Fault[] =>
    supplier === applicant ? [] : [{ pointer: `/products/${at}`, code: 'NOT_THE_HOLDERS_PRODUCT' }],
  );
}

/** The certificate to be changed is the applicant's, of the scheme and valid; a renewal does not come too early (art. 147(3)). */
async function certificateFaults(parts: SubmissionParts, dossier: StoredApplication, today: string): Promise<Fault[]> {
  const { kind, scheme, applicant, certificate: id } = dossier;
  if (effects[kind] === 'certificate' || effects[kind] === 'listing') return [];
  const pointer = '/certificate';
  if (id === undefined) return [{ pointer, code: 'CERTIFICATE_NEEDED' }];
  const certificate = await parts.certificate(id);
  if (!certificate) return [{ pointer, code: 'UNKNOWN_ID', params: { id } }];
  if (certificate.scheme !== scheme) return [{ pointer, code: 'CERTIFICATE_OF_OTHER_SCHEME' }];
  if (stateOn(certificate, today).holder !== applicant) return [{ pointer, code: 'CERTIFICATE_OF_ANOTHER' }];
  const { status, validThrough } = certificate;
  if (status !== 'valid') return [{ pointer, code: 'CERTIFICATE_NOT_VALID', params: { status } }];
  const opens = kind === 'renewal' && procedureOf(dossier).ages && validThrough ? earliestRenewal(validThrough) : today;
  return today < opens ? [{ pointer, code: 'RENEWAL_TOO_EARLY', params: { on: opens } }] : [];
}

/** @throws Problem 403 where a supplier speaks for another one, or a body for a scheme that is not its own */
export async function refuseOthers(
  { mayCertify }: SubmissionParts,
  actor: Actor,
  { applicant, scheme }: Pick<Named, 'applicant' | 'scheme'>,
): Promise<void> {
  const { role, org } = actor;
  if (role === 'supplier' && org !== applicant) throw new Problem('OTHER_ORGANISATION', { code: applicant });
  if (role !== 'certifier') return;
  if (scheme === undefined) throw new Problem('FORBIDDEN');
  if (!(await mayCertify(actor, scheme))) throw new Problem('SCHEME_NOT_YOURS', { scheme });
}
