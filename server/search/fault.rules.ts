/** Why an engine refused or failed; the `code` of the error that it rejects with. */
export type SearchFaultCode =
  | 'bad_filter'
  | 'page_too_deep'
  /** The engine has no index: build it. */
  | 'not_ready'
  /** The engine does not answer, or not in time: go on without it. */
  | 'unavailable'
  | 'failed';
export type SearchFault = Error & { code: SearchFaultCode };

const codes: readonly unknown[] = [
  'bad_filter',
  'page_too_deep',
  'not_ready',
  'unavailable',
  'failed',
] satisfies SearchFaultCode[];

/** An error that says by its code what an engine refused or why it failed. */
export function fault(code: SearchFaultCode, message: string): SearchFault {
  return Object.assign(new Error(message), { code });
}

/** Whether the error is one that an engine gave on purpose. */
export function isFault(error: unknown): error is SearchFault {
  return error instanceof Error && 'code' in error && codes.includes(error.code);
}
