import type { ProblemDetails } from '../../../schemas/types.d.ts';
import { currentLanguage } from '../i18n/index.ts';

/** A page of a list; `next` asks for the page after it. */
export interface List<T> {
  items: T[];
  total: number;
  next: string | null;
}

/** What is asked beside the path; empty values are left out. */
export type Query = Record<string, string | number | boolean | undefined>;

interface RequestOptions {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  query?: Query;
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

/** An expected failure as the server told it (RFC 9457), with the places in the body that it names. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string | undefined;
  readonly errors: { pointer: string; detail: string }[];
  /** The id of the record that is in the way of the write. */
  readonly existing: string | undefined;

  constructor(problem: ProblemDetails) {
    super(problem.detail ?? problem.title);
    this.status = problem.status;
    this.code = problem.code;
    this.title = problem.title;
    this.detail = problem.detail;
    this.errors = problem.errors ?? [];
    this.existing = problem.existing;
  }
}

/** `/api/products` and `{ q: 'giấy', page: undefined }` give `/api/products?q=gi%E1%BA%A5y`. */
export function addQuery(path: string, query: Query = {}): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') params.set(name, String(value));
  }
  const text = params.toString();
  return text === '' ? path : `${path}?${text}`;
}

/**
 * Calls the API in the reader's language and gives the answer's body, null where it has none.
 * @throws {ApiProblem} for every answer that is not a success; status 0 where there was no answer.
 */
export async function request<T>(path: string, options: RequestOptions = {}): Promise<T> {
  const response = await send(path, options);
  if (!response.ok) throw new ApiProblem(await readProblem(response));
  const text = await response.text();
  return JSON.parse(text === '' ? 'null' : text);
}

/** Follows the cursors of a list to its end: for the short lists of reference data. */
export async function requestAll<T>(path: string, query: Query, signal?: AbortSignal): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | undefined;
  do {
    const page: List<T> = await request(path, { query: { ...query, limit: 100, cursor }, signal });
    items.push(...page.items);
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  return items;
}

async function send(path: string, { method = 'GET', query, body, headers, signal }: RequestOptions): Promise<Response> {
  const init: RequestInit = {
    method,
    signal: signal ?? null,
    headers: {
      accept: 'application/json, application/problem+json',
      'accept-language': currentLanguage(),
      // The browser names the type of a form itself, with the boundary that it chose.
      ...(body === undefined || body instanceof FormData ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    body: bodyOf(body),
  };
  try {
    return await fetch(addQuery(path, query), init);
  } catch (error) {
    if (error instanceof Error && error.name === 'AbortError') throw error;
    throw new ApiProblem({ type: 'about:blank', title: '', status: 0, code: 'UNREACHABLE' });
  }
}

function bodyOf(body: unknown): BodyInit | null {
  if (body === undefined) return null;
  return body instanceof FormData ? body : JSON.stringify(body);
}

async function readProblem(response: Response): Promise<ProblemDetails> {
  const fallback = { type: 'about:blank', title: response.statusText, status: response.status, code: 'UNEXPECTED' };
  if (!(response.headers.get('content-type') ?? '').includes('problem+json')) return fallback;
  const problem: Partial<ProblemDetails> = await response.json();
  return { ...fallback, ...problem };
}
