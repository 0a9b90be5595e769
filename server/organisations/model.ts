import type { ModelDefinition } from '../core/model.ts';

/** Organisations by their code; `words` are the folded words of code and names, for the picker. */
export const organisationModel: ModelDefinition = {
  collection: 'organisations',
  schema: 'organisation',
  hidden: { words: [String] },
  indexes: [
    [{ taxCode: 1 }, { unique: true, partialFilterExpression: { taxCode: { $exists: true } } }],
    [{ kind: 1, _id: 1 }, {}],
    [{ parent: 1 }, {}],
    [{ words: 1 }, {}],
  ],
};
