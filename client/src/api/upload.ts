import type { ProblemDetails } from '../../../schemas/types.d.ts';
import { currentLanguage } from '../i18n/index.ts';
import { ApiProblem } from './client.ts';

interface UploadOptions {
  form: FormData;
  /** Its `Idempotency-Key`: sent again after a failure it is the same upload. */
  key: string;
  /** Told how much is sent, from 0 to 1. */
  onProgress(share: number): void;
}

/** Sends a form with a file and tells how far it is, which `fetch` cannot. @throws {ApiProblem} as `request` does */
export function upload<T>(path: string, { form, key, onProgress }: UploadOptions): Promise<T> {
  return new Promise((resolve, reject) => {
    const call = new XMLHttpRequest();
    call.open('POST', path);
    call.setRequestHeader('accept', 'application/json, application/problem+json');
    call.setRequestHeader('accept-language', currentLanguage());
    call.setRequestHeader('idempotency-key', key);
    call.upload.addEventListener('progress', ({ loaded, total }) => onProgress(total === 0 ? 0 : loaded / total));
    call.addEventListener('load', () => {
      if (call.status < 400) resolve(JSON.parse(call.responseText));
      else reject(new ApiProblem(problemOf(call)));
    });
    call.addEventListener('error', () =>
      reject(new ApiProblem({ type: 'about:blank', title: '', status: 0, code: 'UNREACHABLE' })),
    );
    call.send(form);
  });
}

function problemOf({ status, statusText, responseText }: XMLHttpRequest): ProblemDetails {
  const fallback = { type: 'about:blank', title: statusText, status, code: 'UNEXPECTED' };
  try {
    const problem: Partial<ProblemDetails> = JSON.parse(responseText);
    return { ...fallback, ...problem };
  } catch {
    return fallback;
  }
}
