import type { ModelDefinition } from '../core/model.ts';

/** Label schemes by their code. */
export const schemeModel: ModelDefinition = { collection: 'schemes', schema: 'label-scheme', indexes: [] };
/** Product groups by their code. */
export const groupModel: ModelDefinition = { collection: 'groups', schema: 'product-group', indexes: [] };
/** Criteria documents by their code. */
export const criterionModel: ModelDefinition = { collection: 'criteria', schema: 'criteria-document', indexes: [] };
/** Recognition agreements by their code. */
export const agreementModel: ModelDefinition = {
  collection: 'agreements',
  schema: 'recognition-agreement',
  indexes: [],
};
/** Targets for the national share by their code. */
export const targetModel: ModelDefinition = { collection: 'targets', schema: 'target', indexes: [] };
