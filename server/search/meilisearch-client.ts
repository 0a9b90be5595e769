import { type EnqueuedTaskPromise, MeilisearchApiError, MeilisearchRequestError } from 'meilisearch';
import { fault } from './fault.rules.ts';

const taskMs = 10 * 60_000;

/** Waits until the engine has done what it was told; a write counts only then. @throws Error with the engine's reason */
export async function done(task: EnqueuedTaskPromise): Promise<void> {
  const { status, error } = await task.waitTask({ timeout: taskMs, interval: 20 });
  if (status !== 'succeeded') throw new Error(error?.message ?? `the task ended as ${status}`);
}

/** Null for what the engine does not have. @throws the error where it is another */
export function unlessMissing(error: unknown): null {
  if (error instanceof MeilisearchApiError && error.response.status === 404) return null;
  throw error;
}

/** What the work gives. @throws SearchFault for the engine's failures, in the port's words */
export async function translated<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw translate(error);
  }
}

function translate(error: unknown): unknown {
  if (error instanceof MeilisearchRequestError)
    return fault('unavailable', 'the search engine cannot be reached, or does not answer in time');
  if (!(error instanceof MeilisearchApiError)) return error;
  const code = error.cause?.code;
  if (code === 'index_not_found') return fault('not_ready', error.message);
  if (code === 'invalid_search_filter') return fault('bad_filter', error.message);
  const { status } = error.response;
  return fault(status >= 500 || status === 429 ? 'unavailable' : 'failed', error.message);
}
