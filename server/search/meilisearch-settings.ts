import type { Settings } from 'meilisearch';
import { codeFields, numberFields, textFields } from './document.rules.ts';

/** The oldest server whose ranking rules are these. */
export const oldestVersion = [1, 37] as const;

/** The index; a new form of the documents is a new name, so that it is built anew. */
export const indexUid = 'xanh-products-6';
/** The index that a rebuild fills before the two change places. */
export const nextUid = `${indexUid}-next`;

/** The engine stops a search after this time and answers with what it has: too slow to be shown as whole. */
export const cutoffMs = 1000;
/** Pages and totals end here. */
export const deepest = 10_000;
export const mostFacetValues = 200;
/** Intervals of one scheme on one product that the index knows: the last ones. */
export const slots = 4;

const compared = [...numberFields, 'attr_*', 'recordedAt', 'seq'];
const slotNames = Array.from({ length: slots }, (_, at) => (at === 0 ? '' : String(at + 1)));

/** The names of an interval's fields. */
interface SlotFields {
  from: string;
  through: string;
  level: string;
  criterion: string;
}

/** The names of a scheme's interval fields, one for each slot: first day, last day, level, criteria document. */
export function slotFields(scheme: string): SlotFields[] {
  return slotNames.map((name) => ({
    from: `vf${name}_${scheme}`,
    through: `vt${name}_${scheme}`,
    level: `lv${name}_${scheme}`,
    criterion: `lc${name}_${scheme}`,
  }));
}

/** What the index must be set to; everything about words is done by the builder of the documents. */
export const settings: Settings = {
  searchableAttributes: [...textFields],
  displayedAttributes: ['id', 'seq'],
  filterableAttributes: [
    {
      attributePatterns: [...codeFields, ...slotNames.flatMap((name) => [`lv${name}_*`, `lc${name}_*`])],
      features: { facetSearch: true, filter: { equality: true, comparison: false } },
    },
    {
      attributePatterns: [...compared, ...slotNames.flatMap((name) => [`vf${name}_*`, `vt${name}_*`])],
      features: { facetSearch: false, filter: { equality: true, comparison: true } },
    },
  ],
  sortableAttributes: ['nameKey', 'priceMinor', 'recordedAt'],
  rankingRules: ['sort', 'words', 'typo', 'attributeRank', 'proximity', 'exactness', 'recordedAt:desc', 'id:asc'],
  typoTolerance: {
    enabled: true,
    minWordSizeForTypos: { oneTypo: 5, twoTypos: 9 },
    disableOnNumbers: true,
    disableOnWords: [],
    disableOnAttributes: [],
  },
  pagination: { maxTotalHits: deepest },
  // One more than is shown, to know that the rest was cut.
  faceting: { maxValuesPerFacet: mostFacetValues + 1, sortFacetValuesBy: { '*': 'count' } },
  stopWords: [],
  synonyms: {},
  dictionary: [],
  separatorTokens: [],
  distinctAttribute: null,
  proximityPrecision: 'byWord',
  prefixSearch: 'indexingTime',
  facetSearch: true,
  searchCutoffMs: cutoffMs,
};
