import type { Organisation, Product, ProductGroup, ProductInput, ProductPatch } from '../../schemas/types.d.ts';
import { broken, Problem, type Fault } from '../core/problem.ts';
import type { Actor } from '../core/route.ts';
import { isCpvCode } from '../reference/cpv.rules.ts';
import { isGtin } from './gtin.rules.ts';
import { identityFields } from './identity.rules.ts';

/** What an entry is checked against. */
export interface EntryParts {
  group(code: string): Promise<ProductGroup | null>;
  organisations(codes: string[]): Promise<Map<string, Organisation>>;
  /** Whether a certificate covers the product. */
  isCovered(id: string): Promise<boolean>;
}

type Entry = Pick<ProductInput, 'group' | 'supplier' | 'authorised' | 'gtin' | 'cpv'>;

/** @throws Problem 403 for another supplier's product */
export function refuseOthers(actor: Actor, supplier: string): void {
  if (actor.role === 'supplier' && actor.org !== supplier) throw new Problem('OTHER_ORGANISATION', { code: supplier });
}

/** @throws Problem 422 for a group or organisation that is not there, and for a wrong check digit, naming each place */
export async function refuseEntry({ group: findGroup, organisations }: EntryParts, product: Entry): Promise<void> {
  const { group, supplier, authorised = [], gtin, cpv } = product;
  const faults: Fault[] = [];
  if (!(await findGroup(group))) faults.push({ pointer: '/group', code: 'UNKNOWN_CODE', params: { code: group } });
  const known = await organisations([supplier, ...authorised]);
  const named = [
    [supplier, '/supplier'] as const,
    ...authorised.map((code, index) => [code, `/authorised/${index}`] as const),
  ];
  for (const [code, pointer] of named) {
    if (!known.has(code)) faults.push({ pointer, code: 'UNKNOWN_CODE', params: { code } });
  }
  if (gtin !== undefined && !isGtin(gtin)) faults.push({ pointer: '/gtin', code: 'CHECK_DIGIT' });
  if (cpv?.includes('-') && !isCpvCode(cpv)) faults.push({ pointer: '/cpv', code: 'CHECK_DIGIT' });
  if (faults.length > 0) throw broken(...faults);
}

/**
 * @throws Problem 403 where a supplier accepts its own listing or changes what a certificate names its product by, naming
 * the place
 */
export async function refuseChange(
  { isCovered }: EntryParts,
  actor: Actor,
  { before, patch }: { before: Product; patch: ProductPatch },
): Promise<void> {
  if (patch.listing && actor.role !== 'operator')
    throw new Problem('FORBIDDEN', {}, [{ pointer: '/listing', code: 'OPERATOR_ACCEPTS' }]);
  if (actor.role !== 'supplier') return;
  const touched = identityFields.find((field) => patch[field] !== undefined && !isSame(patch[field], before[field]));
  if (touched && (await isCovered(before.id))) {
    throw new Problem('FORBIDDEN', {}, [{ pointer: `/${touched}`, code: 'CERTIFIED_IDENTITY' }]);
  }
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one ?? null) === JSON.stringify(other ?? null);
}
