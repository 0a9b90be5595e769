import type { Document } from 'bson';

/** MongoDB's error numbers that this store can answer, with their names on the wire. */
const CODE_NAMES = {
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
  100: 'UnsatisfiableWriteConcern',
  115: 'CommandNotSupported',
  168: 'InvalidPipelineOperator',
  171: 'CannotIndexParallelArrays',
  175: 'QueryPlanKilled',
  238: 'NotImplemented',
  291: 'NoQueryExecutionPlans',
  292: 'QueryExceededMemoryLimitNoDiskUseAllowed',
  10334: 'BSONObjectTooLarge',
  11000: 'DuplicateKey',
  14031: 'OutOfDiskSpace',
  31249: 'Location31249',
  31254: 'Location31254',
  40323: 'Location40323',
  40324: 'Location40324',
  40415: 'IDLUnknownField',
  51091: 'Location51091',
} as const;

/** An error number of MongoDB that this store uses. */
export type ErrorCode = keyof typeof CODE_NAMES;

/** A refusal that the client sees with MongoDB's code; `details` become further fields of the reply. */
export class StoreError extends Error {
  readonly code: ErrorCode;
  readonly details: Document;

  constructor(code: ErrorCode, message: string, details: Document = {}) {
    super(message);
    this.code = code;
    this.details = details;
  }
}

/** The `code`, `codeName`, `errmsg` (and details) of any thrown value: unknown faults become code 1 or, if the library says bad input, 2. */
export function errorFields(error: unknown): Document & { code: number; errmsg: string } {
  const code = errorCode(error);
  const errmsg = error instanceof Error ? error.message : String(error);
  return { errmsg, code, codeName: CODE_NAMES[code], ...(error instanceof StoreError ? error.details : {}) };
}

function errorCode(error: unknown): ErrorCode {
  if (error instanceof StoreError) return error.code;
  const message = error instanceof Error ? `${error.name} ${error.message}` : '';
  if (/ENOSPC|MDB_MAP_FULL|No space left/.test(message)) return 14031;
  if (error instanceof RangeError && message.includes('call stack')) return 15;
  // bson and mingo throw their own classes for input that they cannot take.
  return /^BSON|Mingo/.test(error?.constructor.name ?? '') ? 2 : 1;
}
