import type { Document } from 'bson';

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

/** Refuses with MongoDB's code where what has to hold does not. */
export function ensure(condition: unknown, code: number, message: string): asserts condition {
  if (!condition) throw new StoreError(code, message);
}

/** The `code`, `errmsg` (and details) of any thrown value: unknown faults become code 1 or, if the library says bad input, 2. */
export function errorFields(error: unknown): Document & { code: number } {
  if (error instanceof StoreError) return { errmsg: error.message, code: error.code, ...error.details };
  return { errmsg: error instanceof Error ? error.message : String(error), code: codeOfFault(error) };
}

function codeOfFault(error: unknown): number {
  const message = String(error);
  if (/ENOSPC|MDB_MAP_FULL|No space left/.test(message)) return 14031;
  if (error instanceof RangeError && message.includes('call stack')) return 15;
  // A document where a text or a number belongs, with a `toString` of its own.
  if (message.includes('object to primitive')) return 14;
  // bson and mingo throw their own classes for input that they cannot take.
  return /^BSON|Mingo/.test(error?.constructor.name ?? '') ? 2 : 1;
}
