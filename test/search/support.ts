import { dated } from '../support/dated.ts';
import type { Clause, SearchRequest } from '../../server/search/clause.rules.ts';
import { buildSearchDoc, type SearchDoc, type SearchSource } from '../../server/search/document.rules.ts';
import type { SearchPort } from '../../server/search/port.ts';
import { readLiterally } from '../../server/search/reading.rules.ts';
import type { LabelScheme, PriorityList, Product, ProductGroup, RecognitionAgreement } from '../../schemas/types.d.ts';

const recordedAt = '2026-01-01T00:00:00.000Z';

/** An id of the catalogue's form. */
export function idOf(number: number): string {
  return number.toString(16).padStart(24, '0');
}

export function aGroup(code: string, parts: Partial<ProductGroup> = {}): ProductGroup {
  return dated<ProductGroup>({
    code,
    name: { vi: code },
    family: { code: 'office', name: { vi: 'Văn phòng phẩm', en: 'Office supplies' } },
    synonyms: [],
    baseUnit: 'EA',
    source: 'test',
    recordedAt,
    revision: 1,
    ...parts,
  });
}

export function aProduct(number: number, parts: Partial<Product> = {}): Product {
  return {
    id: idOf(number),
    kind: 'good',
    name: { vi: `Sản phẩm ${number}` },
    aliases: [],
    group: 'office-paper',
    supplier: 'SUP-1',
    authorised: [],
    listing: 'accepted',
    recordedAt,
    revision: 1,
    ...parts,
  };
}

export function aScheme(code: string, parts: Partial<LabelScheme> = {}): LabelScheme {
  return dated<LabelScheme>({
    code,
    name: { vi: `Nhãn ${code}`, en: `Label ${code}` },
    owner: { vi: 'Cơ quan' },
    basis: 'statutory',
    subject: 'product',
    levels: [],
    validityMonths: 36,
    canSuspend: true,
    website: null,
    plain: { vi: 'Nhãn thử' },
    isoType: 'I',
    source: 'test',
    recordedAt,
    revision: 1,
    ...parts,
  });
}

export function anEdition(entries: PriorityList['entries'], parts: Partial<PriorityList> = {}): PriorityList {
  return {
    id: 'PL-1',
    code: 'PL-1',
    title: { vi: 'Danh mục thử' },
    legalBasis: 'test',
    effectiveFrom: '2025-01-01',
    entries,
    status: 'published',
    recordedAt,
    revision: 1,
    ...parts,
  };
}

export function anAgreement(
  scheme: string,
  groups: string[],
  parts: Partial<RecognitionAgreement> = {},
): RecognitionAgreement {
  return dated<RecognitionAgreement>({
    code: `MRA-${scheme}`,
    scheme,
    groups,
    from: '2024-01-01',
    document: 'test',
    recordedAt,
    revision: 1,
    ...parts,
  });
}

export function aSource(
  number: number,
  parts: Partial<SearchSource> & { fields?: Partial<Product> } = {},
): SearchSource {
  const { fields, ...rest } = parts;
  const product = aProduct(number, fields);
  return {
    product,
    group: aGroup(product.group),
    supplierNames: [{ vi: 'Công ty Thử nghiệm' }],
    certificates: [],
    ...rest,
  };
}

export function aDoc(number: number, name: string, parts: Partial<SearchDoc> = {}): SearchDoc {
  const doc = buildSearchDoc(
    aSource(number, { fields: { name: { vi: name } }, group: aGroup('g', { name: { vi: 'nhóm' } }) }),
  );
  return { ...doc, ...parts };
}

/** What the port is asked for words as they are typed. */
export function aRequest(q: string, parts: Partial<SearchRequest> = {}): SearchRequest {
  return {
    words: readLiterally(q).words.map(({ folded }) => folded),
    prefixLast: !q.endsWith(' '),
    filters: [],
    facets: [],
    prefer: [],
    sort: 'relevance',
    page: 1,
    size: 100,
    ...parts,
  };
}

/** The clause's meaning, said a second time. */
export function meets(doc: SearchDoc, clause: Clause): boolean {
  if ('not' in clause) return !meets(doc, clause.not);
  if ('any' in clause) return clause.any.some((part) => meets(doc, part));
  if ('all' in clause) return clause.all.every((part) => meets(doc, part));
  if ('in' in clause) {
    const code = doc[clause.field];
    return typeof code === 'string' && clause.in.includes(code);
  }
  if ('field' in clause) {
    const number = doc[clause.field];
    if (typeof number !== 'number') return false;
    const isHigh = clause.gte === undefined || number >= clause.gte;
    const isLow = clause.lte === undefined || number <= clause.lte;
    return isHigh && isLow && (clause.below === undefined || number < clause.below);
  }
  return doc.runs.some(
    (run) =>
      run.scheme === clause.valid &&
      (!clause.levels || (run.level !== undefined && clause.levels.includes(run.level))) &&
      (!clause.criteria || (run.criterion !== undefined && clause.criteria.includes(run.criterion))) &&
      run.from <= clause.on &&
      (run.through === null || clause.on <= run.through),
  );
}

export async function* inBatches<T>(items: T[], size = 100): AsyncGenerator<T[]> {
  for (let at = 0; at < items.length; at += size) yield items.slice(at, at + size);
}

/** Writes and waits until it is seen. */
export async function write(port: SearchPort, docs: SearchDoc[]): Promise<void> {
  for await (const batch of inBatches(docs, 1000)) await port.settle(await port.upsert(batch), 10_000);
}

/** A generator of numbers below one that is the same in every run. */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
