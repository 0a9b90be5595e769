import type { AttributeField, CodeField, DayNumber, NumberField } from './document.rules.ts';

/** A condition on a document, in terms that every engine can put into its own. */
export type Clause =
  | { field: CodeField | AttributeField; in: string[] }
  /** Both ends included, `below` is not; a document without the number never meets it. */
  | { field: NumberField; gte?: number; lte?: number; below?: number }
  /** A label of the scheme, at one of the levels and under one of the criteria where they are given, is valid on the day. */
  | { valid: string; levels?: string[]; criteria?: string[]; on: DayNumber }
  | { not: Clause }
  | { any: Clause[] }
  | { all: Clause[] };

/** A condition, and the facet whose choice it is: that facet's own counts leave it out. */
export interface Filter {
  facet?: string;
  where: Clause;
}

/** Values to count: those of a field, or named conditions; with `range` also the least and greatest number of a field. */
export type Facet =
  | { name: string; field: CodeField | AttributeField }
  | { name: string; values: { value: string; where: Clause }[]; range?: NumberField };

/** What an engine is asked: all words, all filters. */
export interface SearchRequest {
  /** Folded words; none is browsing. */
  words: string[];
  /** The last word may be the beginning of one. */
  prefixLast: boolean;
  filters: Filter[];
  facets: Facet[];
  /** Of hits with equal typos those that meet it come first, whatever else: the group that the query names. */
  first?: Clause;
  /** What comes first among hits that the words leave equal: by each list in turn, the earlier of its clauses first. */
  prefer: Clause[][];
  /**
   * `relevance`: fewest typos, then earliest fields, closest words, most exact words, then what is preferred, latest record,
   * id. Documents without a price come last in both orders of it.
   */
  sort: 'relevance' | 'name' | 'price' | '-price' | '-recordedAt';
  /** From 1. */
  page: number;
  /** 1 to 100. */
  size: number;
}

/** A clause that no document meets. */
export const nothing: Clause = { any: [] };
