import type { ModelDefinition } from '../core/model.ts';

/** The mark that the search index waits for the products that the record is about. */
export const unindexed = 'unindexedSince';
/** The mark that purchases wait to be decided again because of the record. */
export const unrippled = 'unrippledSince';

/** Label schemes by their code. */
export const schemeModel: ModelDefinition = {
  collection: 'schemes',
  schema: 'label-scheme',
  marks: [unindexed, unrippled],
  indexes: [],
};
/** Product groups by their code; no decision rests on what one says. */
export const groupModel: ModelDefinition = {
  collection: 'groups',
  schema: 'product-group',
  marks: [unindexed],
  indexes: [],
};
/** Criteria documents by their code. */
export const criterionModel: ModelDefinition = {
  collection: 'criteria',
  schema: 'criteria-document',
  marks: [unindexed, unrippled],
  indexes: [],
};
/** Recognition agreements by their code; the index knows no law, so it waits for none. */
export const agreementModel: ModelDefinition = {
  collection: 'agreements',
  schema: 'recognition-agreement',
  marks: [unrippled],
  indexes: [],
};
/** The mark that open applications wait for the days off: their deadlines may move. */
export const undated = 'undatedSince';

/** Days off by their year. */
export const holidayModel: ModelDefinition = {
  collection: 'holidays',
  schema: 'holiday-year',
  marks: [undated],
  indexes: [],
};
/** Targets for the national share by their code. */
export const targetModel: ModelDefinition = { collection: 'targets', schema: 'target', indexes: [] };
