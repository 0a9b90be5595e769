import type { ModelDefinition } from '../core/model.ts';

/** The mark that purchases wait to be decided again because of the edition. */
export const unrippled = 'unrippledSince';

/** Editions of the priority list by their code; no two published ones begin on the same day. */
export const priorityListModel: ModelDefinition = {
  collection: 'priorityLists',
  schema: 'priority-list',
  hidden: { draftedBy: { type: [String], default: undefined } },
  marks: [unrippled],
  indexes: [
    [{ effectiveFrom: 1 }, { unique: true, partialFilterExpression: { status: 'published' } }],
    [{ status: 1, _id: 1 }, {}],
  ],
};
