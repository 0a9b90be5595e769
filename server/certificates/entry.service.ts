import type { Certificate, CriteriaDocument, LabelScheme, Organisation, Product } from '../../schemas/types.d.ts';
import { broken, Problem, type Fault, type RuleCode } from '../core/problem.ts';
import type { Actor } from '../core/route.ts';
import { refuseAct, type CertifyingAct } from '../organisations/mandate.rules.ts';
import type { Accreditation } from './accreditation.rules.ts';
import type { Refusal, Surroundings } from './lifecycle.rules.ts';

/** What an entry is checked against. */
export interface EntryParts {
  scheme(code: string): Promise<LabelScheme | null>;
  criterion(code: string): Promise<CriteriaDocument | null>;
  products(ids: string[]): Promise<Map<string, Product>>;
  organisations(codes: string[]): Promise<Map<string, Organisation>>;
  /** What bears on its end by the end of its body's accreditation. */
  accreditation(
    certificate: Pick<Certificate, 'scheme' | 'events'> & { body?: string },
  ): Promise<Accreditation | undefined>;
}

/** What an entry names, and where in its body it stands: `/fields` for a correction. */
interface Named {
  criterion?: string | null | undefined;
  holder: string;
  products: string[];
  renews?: string | null | undefined;
  at?: string;
}

/** The scheme, where the actor may write in it: a body for its own schemes, the operator as transcriber. @throws Problem 403, 422 */
export async function writableScheme(parts: EntryParts, actor: Actor, code: string): Promise<LabelScheme> {
  const found = await parts.scheme(code);
  if (!found) throw broken({ pointer: '/scheme', code: 'UNKNOWN_CODE', params: { code } });
  if (!(await isSchemeTheirs(parts, actor, code))) throw new Problem('SCHEME_NOT_YOURS', { scheme: code });
  return found;
}

/** Whether the actor may write in the scheme: a body for its own schemes, the operator as transcriber. */
export async function isSchemeTheirs(
  { organisations }: Pick<EntryParts, 'organisations'>,
  actor: Actor,
  code: string,
): Promise<boolean> {
  if (actor.role === 'operator') return true;
  const body = actor.org ? (await organisations([actor.org])).get(actor.org) : undefined;
  return body?.mayCertify?.some(({ scheme }) => scheme === code) ?? false;
}

/**
 * Refuses what lies outside the body's mandate: an act on a day on which it may not certify for the scheme, or for a group
 * of products that is not its own. The operator transcribes what others did. @throws Problem 403 that names the place
 */
export async function refuseOutsideMandate(
  { organisations }: Pick<EntryParts, 'organisations'>,
  actor: Actor,
  { at, ...act }: CertifyingAct & { at: string },
): Promise<void> {
  if (actor.role === 'operator') return;
  const body = (await organisations([actor.org ?? ''])).get(actor.org ?? '');
  const refusal = refuseAct(body ?? {}, act);
  if (refusal === null) return;
  const fault: Fault =
    refusal === 'groups'
      ? { pointer: '/products', code: 'MANDATE_NOT_FOR_GROUP' }
      : { pointer: at, code: 'MANDATE_NOT_ON_DAY' };
  throw new Problem('SCHEME_NOT_YOURS', { scheme: act.scheme }, [fault]);
}

/** The body that certified: the caller's own, or the one that the operator names. @throws Problem 403, 422 */
export async function bodyOf(
  { organisations }: Pick<EntryParts, 'organisations'>,
  actor: Actor,
  { scheme, body, at }: { scheme: string; body: string | undefined; at: string },
): Promise<string | undefined> {
  if (actor.role !== 'operator') {
    if (body !== undefined && body !== actor.org) throw new Problem('OTHER_ORGANISATION', { code: body });
    return actor.org;
  }
  if (body === undefined) return undefined;
  const named = (await organisations([body])).get(body);
  if (!named) throw broken({ pointer: at, code: 'UNKNOWN_CODE', params: { code: body } });
  if (!named.mayCertify?.some((mandate) => mandate.scheme === scheme))
    throw broken({ pointer: at, code: 'BODY_WITHOUT_MANDATE', params: { code: body } });
  return body;
}

/** Every record that an entry names. @throws Problem 422 where one does not exist, naming the place */
export async function surroundingsOf(
  parts: EntryParts & { certificate(id: string): Promise<Certificate | null> },
  scheme: LabelScheme,
  { criterion: criterionCode, holder: code, products: ids, renews: earlier, at = '' }: Named,
): Promise<Surroundings> {
  const [criterion, found, organisations, renews] = await Promise.all([
    criterionCode ? parts.criterion(criterionCode) : undefined,
    parts.products(ids),
    parts.organisations([code]),
    earlier ? parts.certificate(earlier) : undefined,
  ]);
  const unknown = (place: string, name: string) =>
    broken({ pointer: `${at}${place}`, code: 'UNKNOWN_CODE', params: { code: name } });
  const unknownId = (place: string, id: string) =>
    broken({ pointer: `${at}${place}`, code: 'UNKNOWN_ID', params: { id } });
  if (criterion === null) throw unknown('/criterion', criterionCode ?? '');
  const holder = organisations.get(code);
  if (!holder) throw unknown('/holder', code);
  if (renews === null) throw unknownId('/renews', earlier ?? '');
  const products = ids.map((id, index) => {
    const product = found.get(id);
    if (!product) throw unknownId(`/products/${index}`, id);
    return product;
  });
  return { scheme, criterion, holder, products, renews };
}

/** @throws Problem 422 for what a rule refuses */
export function refuse(refusal: Refusal | null): void {
  if (refusal) throw broken({ pointer: refusal.pointer, code: refusal.code as RuleCode });
}
