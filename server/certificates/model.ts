import type { ModelDefinition } from '../core/model.ts';

/** The mark that the search index waits for the certificate's products. */
export const unindexed = 'unindexedSince';
/** The mark that purchases wait to be decided again because of the certificate. */
export const unrippled = 'unrippledSince';

/** Certificates; `statusRuns` is every run of days of one status as known now, for lists by status. */
export const certificateModel: ModelDefinition = {
  collection: 'certificates',
  schema: 'certificate',
  hidden: { statusRuns: [{ status: String, from: String, through: String, _id: false }] },
  marks: [unindexed, unrippled],
  owner: 'holder',
  newestFirst: true,
  indexes: [
    [{ scheme: 1, number: 1, issuedOn: 1 }, { unique: true }],
    [{ products: 1 }, {}],
    [{ holder: 1 }, {}],
    [{ number: 1 }, {}],
    [{ 'statusRuns.status': 1 }, {}],
  ],
};
