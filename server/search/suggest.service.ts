import type {
  Certificate,
  LabelScheme,
  Organisation,
  Product,
  Suggestion,
  SuggestResult,
} from '../../schemas/types.d.ts';
import { textIn } from '../core/localised.rules.ts';
import type { Clock } from '../core/clock.ts';
import type { Language } from '../core/problem.ts';
import type { SearchFacts } from './explain.service.ts';
import { isFault } from './fault.rules.ts';
import { fold, foldCode } from './fold.rules.ts';
import { markedFirst } from './marks.rules.ts';
import { groupsNamedIn } from './named-groups.rules.ts';
import type { SearchPort } from './port.ts';
import { buildRequest } from './query.rules.ts';
import { readLiterally } from './reading.rules.ts';
import {
  codeIn,
  codesOf,
  groupNames,
  inSections,
  mostOthers,
  mostProducts,
  namedBy,
  type Named,
  ofProduct,
  schemeNames,
  type Suggested,
} from './suggest.rules.ts';
import { decodeTyping } from './typing.rules.ts';

/** What may be meant by what has been typed so far. */
export interface SuggestService {
  suggest(q: string, language: Language): Promise<SuggestResult>;
}

export interface SuggestParts {
  clock: Clock;
  port: Pick<SearchPort, 'search'>;
  facts(on: string): Promise<SearchFacts>;
  products(ids: string[]): Promise<Product[]>;
  /** Those of the products that ever bore a label. */
  labelled(products: Product[], on: string): Promise<Set<string>>;
  /** Suppliers whose names hold the words, as anybody may see them. */
  suppliers(q: string, most: number): Promise<Organisation[]>;
  /** Certificates one of whose numbers begins so, folded. */
  certificates(begin: string, most: number): Promise<Pick<Certificate, 'id' | 'number' | 'scheme'>[]>;
}

interface Typed {
  q: string;
  on: string;
  language: Language;
}

/** Looked for among the products that stand in the index; enough that those with the typed marks are among them. */
const looked = 20;

/**
 * One question to the engine, and one each for its products, for suppliers and for certificates; groups and labels are kept in
 * memory. Only where nothing at all is found is it asked again, for what was typed with the input method off.
 */
export function createSuggestService(parts: SuggestParts): SuggestService {
  return {
    async suggest(q, language) {
      const on = parts.clock.today();
      const suggestions = await suggestFor(parts, { q, on, language });
      const decoded = suggestions.length > 0 ? null : decodeTyping(q);
      return { q, suggestions: decoded === null ? suggestions : await suggestFor(parts, { q: decoded, on, language }) };
    },
  };
}

async function suggestFor(parts: SuggestParts, typed: Typed): Promise<Suggestion[]> {
  const { q, on, language } = typed;
  if (fold(q) === '') return [];
  const facts = await parts.facts(on);
  const [products, suppliers, certificates] = await Promise.all([
    productsFor(parts, facts, typed),
    parts.suppliers(q, looked),
    certificatesFor(parts, q),
  ]);
  const suggested: Suggested = {
    group: namedBy(typed, 'group', groupNames(facts.groups)),
    product: products.map((product) => ofProduct(product, language)),
    scheme: namedBy(typed, 'scheme', schemeNames(facts.schemes, on)),
    supplier: namedBy(typed, 'supplier', suppliers.map(namedSupplier)),
    certificate: certificates.map(({ id, number, scheme }) => ({
      kind: 'certificate',
      id,
      label: number,
      detail: textIn(nameOf(facts.schemes, scheme), language),
    })),
  };
  return inSections(q, suggested, [...products.flatMap(codesOf), ...certificates.map(({ number }) => number)]);
}

async function certificatesFor({ certificates }: SuggestParts, q: string): ReturnType<SuggestParts['certificates']> {
  const begin = codeIn(q);
  return begin === null ? [] : certificates(begin, mostOthers);
}

/** As a search for the words would show them first; none where the engine does not answer. */
async function productsFor(parts: SuggestParts, facts: SearchFacts, { q, on }: Typed): Promise<Product[]> {
  const reading = readLiterally(q);
  const named = groupsNamedIn(reading.words, facts.groups);
  const request = buildRequest(
    { q, page: 1, limit: looked },
    { ...facts, on },
    { attributes: new Map(), reading, named },
  );
  const hits = await parts.port.search(request).then(({ hits: found }) => found, noneUnlessBroken);
  const read = new Map((await parts.products(hits.map(({ id }) => id))).map((product) => [product.id, product]));
  const offered = await shown(parts, [...read.values()], on);
  return markedFirst(hits, { words: reading.words, named, looked: read })
    .flatMap(({ id }) => (offered.has(id) ? (read.get(id) ?? []) : []))
    .slice(0, mostProducts);
}

/** The index may be behind the store: what is there says what is shown. */
async function shown({ labelled }: SuggestParts, products: Product[], on: string): Promise<Set<string>> {
  const offered = products.filter(({ withdrawal }) => withdrawal === undefined || withdrawal.on > on);
  const accepted = offered.filter(({ listing }) => listing === 'accepted');
  const others = offered.filter(({ listing }) => listing !== 'accepted');
  const known = others.length === 0 ? new Set<string>() : await labelled(others, on);
  return new Set([...accepted.map(({ id }) => id), ...known]);
}

function noneUnlessBroken(error: unknown): [] {
  if (isFault(error) && (error.code === 'unavailable' || error.code === 'not_ready')) return [];
  throw error;
}

function namedSupplier({ code, name }: Organisation): Named {
  return { id: code, name, others: [code, foldCode(code)] };
}

function nameOf(schemes: LabelScheme[], code: string): LabelScheme['name'] {
  return schemes.find((scheme) => scheme.code === code)?.name ?? { vi: code };
}
