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

/** The `code`, `errmsg` (and details) of any thrown value: unknown faults become code 1 or, if the library says bad input, 2. */
export function errorFields(error: unknown): Document & { code: number } {
  const code = error instanceof StoreError ? error.code : codeOfFault(error);
  const errmsg = error instanceof Error ? error.message : String(error);
  const details = error instanceof StoreError ? error.details : {};
  return { errmsg, code, ...details };
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
