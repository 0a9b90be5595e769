import type { Document } from 'bson';

/** The names of MongoDB's error numbers that this store answers; one without a name is called by its number, as MongoDB does. */
const CODE_NAMES: Record<number, string> = {
  1: 'InternalError',
  2: 'BadValue',
  9: 'FailedToParse',
  14: 'TypeMismatch',
  15: 'Overflow',
  17: 'ProtocolError',
  20: 'IllegalOperation',
  26: 'NamespaceNotFound',
  27: 'IndexNotFound',
  28: 'PathNotViable',
  40: 'ConflictingUpdateOperators',
  43: 'CursorNotFound',
  48: 'NamespaceExists',
  50: 'MaxTimeMSExpired',
  52: 'DollarPrefixedFieldName',
  53: 'InvalidIdField',
  56: 'EmptyFieldName',
  59: 'CommandNotFound',
  66: 'ImmutableField',
  67: 'CannotCreateIndex',
  72: 'InvalidOptions',
  73: 'InvalidNamespace',
  85: 'IndexOptionsConflict',
  86: 'IndexKeySpecsConflict',
  91: 'ShutdownInProgress',
  168: 'InvalidPipelineOperator',
  171: 'CannotIndexParallelArrays',
  175: 'QueryPlanKilled',
  238: 'NotImplemented',
  291: 'NoQueryExecutionPlans',
  292: 'QueryExceededMemoryLimitNoDiskUseAllowed',
  10334: 'BSONObjectTooLarge',
  11000: 'DuplicateKey',
  14031: 'OutOfDiskSpace',
};

/** A refusal that the client sees with MongoDB's code; `details` become further fields of the reply. */
export class StoreError extends Error {
  readonly code: number;
  readonly details: Document;

  constructor(code: number, message: string, details: Document = {}) {
    super(message);
    this.code = code;
    this.details = details;
  }
}

/** The `code`, `codeName`, `errmsg` (and details) of any thrown value: unknown faults become code 1 or, if the library says bad input, 2. */
export function errorFields(error: unknown): Document & { code: number } {
  const code = error instanceof StoreError ? error.code : codeOfFault(error);
  const errmsg = error instanceof Error ? error.message : String(error);
  const details = error instanceof StoreError ? error.details : {};
  return { errmsg, code, codeName: CODE_NAMES[code] ?? `Location${code}`, ...details };
}

function codeOfFault(error: unknown): number {
  const message = String(error);
  if (/ENOSPC|MDB_MAP_FULL|No space left/.test(message)) return 14031;
  if (error instanceof RangeError && message.includes('call stack')) return 15;
  // bson and mingo throw their own classes for input that they cannot take.
  return /^BSON|Mingo/.test(error?.constructor.name ?? '') ? 2 : 1;
}
