import type { LabelScheme, LocalisedText, ProductGroup, SearchQuery } from '../../schemas/types.d.ts';
import type { Clause } from './clause.rules.ts';
import { foldCode } from './fold.rules.ts';

/** What a part of a query was understood as, in place of its words. */
export interface Interpretation {
  /** Names it, so that it can be switched off. */
  key: string;
  kind:
    | 'measure'
    | 'scheme'
    | 'level'
    | 'valid'
    | 'ended'
    | 'labelled'
    | 'unlabelled'
    | 'filler'
    | 'typing'
    | 'spelling'
    | 'spacing'
    | 'marks';
  typed: string;
  meaning: LocalisedText;
  /** What a product must meet. */
  where?: Clause;
  /** The same as parameters of a search: the page's rows are checked against the store by it. */
  asks?: Pick<SearchQuery, 'scheme' | 'level' | 'tier'>;
  /** What a product must not meet, in the same terms. */
  excludes?: Pick<SearchQuery, 'scheme' | 'level' | 'tier'>;
  /** The filter that says the same, where there is one. */
  filter?: { parameter: string; value: string };
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
