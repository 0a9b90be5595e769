import type { ModelDefinition } from '../core/model.ts';

/** What people keep, one document each: personal, so without a history, and forgotten as a whole. */
export const savedModel: ModelDefinition = {
  collection: 'savedSearches',
  schema: 'saved-searches',
  history: 'none',
  indexes: [[{ person: 1 }, { unique: true }]],
};
