import type { ModelDefinition } from '../core/model.ts';

/** The mark that the search index waits for the certificate's products. */
export const unindexed = 'unindexedSince';
/** The mark that purchases wait to be decided again because of the certificate. */
export const unrippled = 'unrippledSince';
/** The mark that the certificate's holders wait to become authorised on its products. */
export const unauthorised = 'unauthorisedSince';

/**
 * Certificates, their fields as they were entered. Beside them, from entry and events: `statusRuns`, every run of days of
 * one status, and `found`, what lists find it by, both as known now; `keys`, its numbers as nobody else may have them; `groups`,
 * those of the products that it ever covered;
 * `reach`, the products, holders, numbers and earlier certificates that it ever named, in any state of knowledge.
 */
export const certificateModel: ModelDefinition = {
  collection: 'certificates',
  schema: 'certificate',
  hidden: {
    statusRuns: [{ status: String, from: String, through: String, _id: false }],
    found: { numbers: [String], codes: [String], holders: [String], bodies: [String], products: [String] },
    keys: [String],
    groups: { type: [String], default: undefined },
    reach: { products: [String], holders: [String], numbers: [String], renews: [String] },
  },
  derived: ['statusRuns', 'found', 'keys', 'reach', 'groups', 'changedAt'],
  marks: [unindexed, unrippled, unauthorised],
  owner: 'holder',
  newestFirst: true,
  indexes: [
    [{ keys: 1 }, { unique: true }],
    [{ scheme: 1 }, {}],
    [{ criterion: 1 }, {}],
    [{ 'events.fields.criterion': 1 }, {}],
    [{ body: 1 }, { partialFilterExpression: { body: { $exists: true } } }],
    [{ 'events.fields.body': 1 }, { partialFilterExpression: { 'events.fields.body': { $exists: true } } }],
    [{ changedAt: 1, _id: 1 }, {}],
    [{ 'found.products': 1 }, {}],
    [{ 'found.holders': 1 }, {}],
    [{ 'found.bodies': 1 }, {}],
    [{ 'found.numbers': 1 }, {}],
    [{ 'found.codes': 1 }, {}],
    [{ 'reach.products': 1 }, {}],
    [{ 'reach.holders': 1 }, {}],
    [{ 'reach.numbers': 1 }, {}],
    [{ 'reach.renews': 1 }, {}],
    [{ 'statusRuns.status': 1 }, {}],
  ],
};
