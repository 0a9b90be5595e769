import type { ModelDefinition } from '../core/model.ts';

/** The mark that the index of the catalogue waits for the record: a supplier is found by its names. */
export const unindexed = 'unindexedSince';
/** The mark that purchases wait for the certificates of the body, whose accreditations may have changed. */
export const unrippled = 'unrippledSince';

/** Organisations by their code, with the folded words of code and names, and when they stood below whom, for lists. */
export const organisationModel: ModelDefinition = {
  collection: 'organisations',
  schema: 'organisation',
  hidden: {
    words: [String],
    parentRuns: { type: [{ code: String, from: String, through: String, _id: false }], default: undefined },
  },
  derived: ['words', 'parentRuns'],
  marks: [unindexed, unrippled],
  indexes: [
    [{ taxCode: 1 }, { unique: true, partialFilterExpression: { taxCode: { $exists: true } } }],
    [{ kind: 1, _id: 1 }, {}],
    [{ kind: 1, knownFrom: 1 }, {}],
    [{ 'parentRuns.code': 1 }, {}],
    [{ words: 1 }, {}],
  ],
};

/** Provinces of both maps; a handful of records that are read together. */
export const provinceModel: ModelDefinition = { collection: 'provinces', schema: 'province', indexes: [] };
