import type { ModelDefinition } from '../core/model.ts';

/** The mark that an approved dossier waits to be entered in the register of certificates and the catalogue. */
export const unregistered = 'unregisteredSince';

/** Applications; beside them the last days of their two clocks, by which a queue finds who is late, and their place in it. */
export const applicationModel: ModelDefinition = {
  collection: 'applications',
  schema: 'application',
  hidden: { legalDueOn: String, workingDueOn: String, place: String },
  derived: ['legalDueOn', 'workingDueOn', 'place'],
  marks: [unregistered],
  owner: 'applicant',
  indexes: [
    [{ applicant: 1, _id: 1 }, {}],
    [{ scheme: 1, _id: 1 }, {}],
    [{ status: 1, lapsesAfter: 1 }, {}],
    [{ preparedBy: 1, _id: 1 }, {}],
    [{ reviewer: 1, _id: 1 }, {}],
    [{ 'attachments.evidence': 1 }, {}],
    [{ 'events.org': 1 }, {}],
    [{ legalDueOn: 1 }, {}],
    [{ workingDueOn: 1 }, {}],
    [{ place: 1, _id: 1 }, {}],
    [{ applicant: 1, place: 1, _id: 1 }, {}],
    [{ scheme: 1, place: 1, _id: 1 }, {}],
  ],
};
