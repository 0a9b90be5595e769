import type { LabelScheme, LocalisedText } from '../schemas/types.d.ts';
import type { Collections } from './collections.ts';
import type { Actor } from './core/route.ts';
import type { WholeLaw } from './facts.ts';
import type { OrganisationService } from './organisations/service.ts';
import type { PurchaseService } from './purchases/service.ts';
import { foldCode } from './search/fold.rules.ts';
import { codesAsked, codesOfCriterion, codesOfNotice, noticeIn, type Openable } from './search/opens.rules.ts';

interface Sources {
  records: Pick<Collections, 'certificates'>;
  organisations: OrganisationService;
  purchases: PurchaseService;
}

type Law = Pick<WholeLaw, 'schemes' | 'criteria'>;

const most = 10;
const readers = new Set<Actor['role']>(['officer', 'operator', 'auditor']);

/** Records besides products that the query may be a code of, as far as the caller may read them. */
export function searchOpens(sources: Sources): (q: string, actor: Actor | null, law: Law) => Promise<Openable[]> {
  return async (q, actor, law) => {
    if (foldCode(q) === '') return [];
    const found = await Promise.all([certificates(sources, q, law), purchases(sources, q, actor)]);
    return [...criteria(law), ...found.flat()];
  };
}

function criteria({ criteria: all }: Law): Openable[] {
  return all.map(({ code, name }) => ({ kind: 'criterion', id: code, codes: codesOfCriterion(code), code, name }));
}

async function certificates({ records }: Sources, q: string, { schemes }: Law): Promise<Openable[]> {
  const { exact, near } = codesAsked(q);
  const asked = [...exact, ...near];
  const found = await records.certificates.find({ 'found.codes': { $in: asked } }, most);
  return found.map(({ id, number, found: { numbers }, scheme }) => ({
    kind: 'certificate',
    id,
    codes: numbers,
    code: numbers.find((one) => asked.includes(foldCode(one))) ?? number,
    name: nameOf(schemes, scheme),
  }));
}

/** Purchases are for the agency's own subtree, operator and auditor. */
async function purchases(
  { purchases: service, organisations }: Sources,
  q: string,
  actor: Actor | null,
): Promise<Openable[]> {
  const notice = noticeIn(q);
  if (notice === null || !actor || !readers.has(actor.role)) return [];
  const { items } = await service.page(actor, { notice, limit: most });
  const buyers = await organisations.byCode(items.map(({ agency }) => agency));
  return items.map(({ id, notice: own = notice, reference, agency }) => ({
    kind: 'purchase',
    id,
    codes: codesOfNotice(own),
    code: `${own} · ${reference}`,
    name: buyers.get(agency)?.name ?? { vi: agency },
  }));
}

function nameOf(schemes: LabelScheme[], code: string): LocalisedText {
  return schemes.find((scheme) => scheme.code === code)?.name ?? { vi: code };
}
