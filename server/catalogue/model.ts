import type { ModelDefinition } from '../core/model.ts';

/** The mark that an index of the catalogue waits for the record. */
export const unindexed = 'unindexedSince';

/**
 * Products; `identities` are the keys of its model and its other spellings, `codes` what is printed on it as a look-up
 * compares it, `formerGroups` what was known before.
 */
export const productModel: ModelDefinition = {
  collection: 'products',
  schema: 'product',
  hidden: {
    identities: { type: [String], default: undefined },
    codes: { type: [String], default: undefined },
    formerGroups: { type: [{ group: String, until: String, _id: false }], default: undefined },
  },
  derived: ['identities', 'codes'],
  marks: [unindexed],
  owner: 'supplier',
  newestFirst: true,
  indexes: [
    [{ identities: 1 }, { unique: true, partialFilterExpression: { identities: { $exists: true } } }],
    [{ codes: 1 }, {}],
    [{ group: 1, _id: 1 }, {}],
    [{ supplier: 1, _id: 1 }, {}],
    [{ listing: 1, _id: 1 }, {}],
  ],
};
