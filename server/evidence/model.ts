import type { ModelDefinition } from '../core/model.ts';

/**
 * What is known of files. `holder` is the organisation whose file it is, or the operators; `key` is holder, content and kind
 * of a file that is not removed: an organisation has the same file once; by `accreditationKey` the
 * reports of a laboratory are found.
 */
export const evidenceModel: ModelDefinition = {
  collection: 'evidence',
  schema: 'evidence',
  hidden: { holder: String, key: String, accreditationKey: String },
  derived: ['holder', 'key', 'accreditationKey'],
  owner: 'holder',
  indexes: [
    [{ key: 1 }, { unique: true, partialFilterExpression: { key: { $exists: true } } }],
    [{ holder: 1, recordedAt: 1 }, {}],
    [{ hash: 1 }, {}],
    [{ 'uses.id': 1 }, {}],
    [{ accreditationKey: 1 }, { partialFilterExpression: { accreditationKey: { $exists: true } } }],
    [{ validThrough: 1 }, { partialFilterExpression: { validThrough: { $exists: true } } }],
  ],
};
