import type { ModelDefinition } from '../core/model.ts';

/** Reports of wrong labels, products and purchases. */
export const complaintModel: ModelDefinition = {
  collection: 'complaints',
  schema: 'complaint',
  indexes: [
    [{ reference: 1 }, { unique: true }],
    [{ 'subject.kind': 1, 'subject.id': 1, status: 1 }, {}],
    [{ status: 1, _id: 1 }, {}],
    [{ party: 1, _id: 1 }, {}],
    [{ body: 1, status: 1 }, { partialFilterExpression: { body: { $exists: true } } }],
    [{ scheme: 1, _id: 1 }, {}],
    [{ reportedBy: 1, _id: 1 }, {}],
  ],
};

/** How reporters are reached: personal data, so without a history, and forgotten as a whole. */
export const contactModel: ModelDefinition = {
  collection: 'complaintContacts',
  schema: 'complaint-contact',
  history: 'none',
  indexes: [
    [{ complaint: 1 }, { unique: true }],
    [{ reporter: 1 }, {}],
  ],
};
