import type { ModelDefinition } from '../core/model.ts';

/** The mark that the purchase's decisions wait to be checked against what became known while it was written. */
export const unsettled = 'unsettledSince';

/** The mark that the purchase is not yet in the sums of its agency's month. */
export const uncounted = 'uncountedSince';

/**
 * Purchases grow without bound; what is hidden is derived from the lines, for the lists (`derived.rules.ts`). The unique
 * indexes begin with `agency`, so that they can be sharded by it.
 */
export const purchaseModel: ModelDefinition = {
  collection: 'purchases',
  schema: 'purchase',
  hidden: {
    supplierKey: String,
    year: Number,
    standing: { type: [{ group: String, status: String, _id: false }], default: undefined },
    openClaims: { type: [String], default: undefined },
  },
  derived: [
    'supplierKey',
    'year',
    'standing',
    'openClaims',
    'redecidedAt',
    // Decisions are a function of the facts over knowledge time, and are made again when those change.
    'lines.green',
    'lines.earlier',
  ],
  marks: [unsettled, uncounted],
  owner: 'agency',
  newestFirst: true,
  indexes: [
    [{ agency: 1, supplierKey: 1, reference: 1, year: 1 }, { unique: true }],
    [{ agency: 1, basisDate: 1 }, {}],
    [{ basisDate: 1, _id: 1 }, {}],
    [{ 'lines.product': 1, basisDate: 1 }, {}],
    [{ 'lines.labelClaim.number': 1 }, { partialFilterExpression: { 'lines.labelClaim.number': { $exists: true } } }],
    [{ 'standing.group': 1, 'standing.status': 1 }, {}],
    [{ openClaims: 1 }, { partialFilterExpression: { openClaims: { $exists: true } } }],
    [{ 'lines.exemption.code': 1 }, { partialFilterExpression: { 'lines.exemption.code': { $exists: true } } }],
    [{ redecidedAt: 1 }, { partialFilterExpression: { redecidedAt: { $exists: true } } }],
    [{ 'supplier.code': 1 }, {}],
    [{ 'supplier.taxCode': 1 }, {}],
    [{ reference: 1 }, {}],
    [{ notice: 1 }, {}],
  ],
};

/** The mark that an import has something left to do. */
export const unfinished = 'unfinishedSince';

/** Imports of ledgers, with what each goes on by after a crash. */
export const importModel: ModelDefinition = {
  collection: 'imports',
  schema: 'purchase-import',
  hidden: {
    actor: Object,
    fileId: String,
    given: Object,
    run: Number,
    checkedTo: Number,
    position: String,
    attempts: Number,
    leaseBy: String,
    leaseUntil: String,
  },
  history: 'none',
  marks: [unfinished],
  owner: 'agency',
  newestFirst: true,
  indexes: [],
};
