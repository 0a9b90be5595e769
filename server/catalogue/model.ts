import type { ModelDefinition } from '../core/model.ts';

/** The mark that an index of the catalogue waits for the record. */
export const unindexed = 'unindexedSince';

/** Products; `identity` is group, brand or supplier, and folded model in one key, `formerGroups` what was known before. */
export const productModel: ModelDefinition = {
  collection: 'products',
  schema: 'product',
  hidden: {
    identity: String,
    formerGroups: { type: [{ group: String, until: String, _id: false }], default: undefined },
  },
  marks: [unindexed],
  owner: 'supplier',
  newestFirst: true,
  indexes: [
    [{ identity: 1 }, { unique: true, partialFilterExpression: { identity: { $exists: true } } }],
    [{ group: 1, _id: 1 }, {}],
    [{ supplier: 1, _id: 1 }, {}],
  ],
};
