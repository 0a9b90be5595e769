import type { LabelScheme, LocalisedText, ProductGroup, SearchQuery, Understood } from '../../schemas/types.d.ts';
import type { Clause } from './clause.rules.ts';
import { foldCode } from './fold.rules.ts';

/** What a part of a query was understood as, in place of its words. */
export interface Interpretation extends Pick<Understood, 'key' | 'kind' | 'typed' | 'filter'> {
  meaning: LocalisedText;
  /** What a product must meet. */
  where?: Clause;
  /** The same as parameters of a search: the page's rows are checked against the store by it. */
  asks?: Pick<SearchQuery, 'scheme' | 'level' | 'tier' | 'minPrice' | 'maxPrice'>;
  /** What a product must not meet, in the same terms. */
  excludes?: Pick<SearchQuery, 'scheme' | 'level' | 'tier'>;
}

/** What queries are understood by. */
export interface ReadingFacts {
  on: string;
  groups: ProductGroup[];
  schemes: LabelScheme[];
}

/** The key of an interpretation: its kind and what was typed, without what separates words. */
export function keyOf(kind: Interpretation['kind'], typed: string): string {
  return `${kind}-${foldCode(typed)}`;
}
