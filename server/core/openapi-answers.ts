import { Problem, renderProblem, type Fault, type ProblemCode } from './problem.ts';
import { reference } from './openapi-schemas.ts';
import type { Returns, Route } from './route.ts';
import { schemas, type JsonSchema, type SchemaName } from './schemas.ts';

/** A problem that a status stands for, and when it comes. */
const problems: Record<number, { code: ProblemCode; when: string }> = {
  400: { code: 'INVALID_QUERY', when: 'The query or the body does not fit its schema; `errors` names each place.' },
  401: { code: 'UNAUTHENTICATED', when: 'Without a valid key or session.' },
  403: { code: 'FORBIDDEN', when: 'The role may not do that, or not for this organisation.' },
  404: { code: 'NOT_FOUND', when: 'There is no record of the id in the path, or none that the caller may see.' },
  409: { code: 'IDEMPOTENCY_KEY_REUSED', when: 'Another record or state is in the way, or the key was used before.' },
  412: { code: 'PRECONDITION_FAILED', when: 'The record is not the one that `If-Match` names.' },
  413: { code: 'TOO_LARGE', when: 'The body is too large.' },
  415: { code: 'UNSUPPORTED_MEDIA_TYPE', when: 'The body is of another kind than the call takes.' },
  422: { code: 'RULE_BROKEN', when: 'What was sent breaks a rule; `errors` names each place.' },
  428: { code: 'PRECONDITION_REQUIRED', when: 'Neither `If-Match` nor, where it may create, `If-None-Match: *`.' },
};

/** The place that an example of a problem names. */
const faults: Record<number, Fault> = {
  400: { pointer: '/limit', code: 'maximum', params: { limit: 100 } },
  422: { pointer: '/basisDate', code: 'IN_THE_FUTURE' },
};

/** Every answer of a call, with examples of what it gives and of each problem. */
export function answersOf(route: Route): JsonSchema {
  const good = goodAnswer(route);
  return {
    ...Object.fromEntries(statusesOf(route).map((status) => [String(status), good])),
    ...Object.fromEntries(problemsOf(route).map((status) => [String(status), problemAnswer(status)])),
    default: {
      description: 'Any other problem: too many calls, a part that does not answer, a fault of the server.',
      content: { 'application/problem+json': { schema: reference('problem') } },
    },
  };
}

/** A PUT may also create, a preview writes nothing. */
function statusesOf({ status, ifMatch, query }: Route): number[] {
  if (ifMatch === 'orNew') return [200, 201];
  return hasProperty(query, 'preview') ? [200, status ?? 200] : [status ?? 200];
}

function hasProperty(name: SchemaName, property: string): boolean {
  return Object.keys((schemas.get(name)?.['properties'] as JsonSchema | undefined) ?? {}).includes(property);
}

function problemsOf({ path, access, body, method, ifMatch, takesFile }: Route): number[] {
  const isOpen = access === 'public' && body === undefined;
  return [
    400,
    ...(isOpen ? [] : [401, 403]),
    ...(path.includes(':') ? [404] : []),
    ...(method === 'get' || (method === 'delete' && !ifMatch) ? [] : [409]),
    ...(ifMatch ? [412] : []),
    ...(body === undefined ? [] : [413, 415]),
    ...(body === undefined && takesFile === undefined ? [] : [422]),
    ...(ifMatch ? [428] : []),
  ];
}

function problemAnswer(status: number): JsonSchema {
  const { code, when } = problems[status]!;
  const fault = faults[status];
  const example = renderProblem(new Problem(code, {}, fault ? [fault] : []), 'en');
  return {
    description: when,
    content: {
      'application/problem+json': { schema: reference('problem'), examples: { example1: { value: example } } },
    },
  };
}

function goodAnswer({ returns, csv }: Route): JsonSchema {
  if (returns === 'nothing') return { description: 'Done; there is nothing to say.' };
  if (returns === 'file') return { description: 'The file, to be saved.', content: fileContent };
  const table = csv ? { 'text/csv': { schema: { type: 'string' } } } : {};
  const isRecord = typeof returns === 'string' && hasProperty(returns, 'revision');
  return {
    description: typeof returns === 'string' ? describe(returns) : `A page of these: ${describe(returns.list)}`,
    ...(isRecord && {
      headers: { ETag: { description: 'The record’s revision, for `If-Match`.', schema: { type: 'string' } } },
    }),
    content: {
      'application/json': { schema: answerSchema(returns), examples: named(answerExamples(returns)) },
      ...table,
    },
  };
}

const fileContent: JsonSchema = {
  'application/octet-stream': { schema: { type: 'string', contentMediaType: 'application/octet-stream' } },
};

function describe(name: SchemaName): string {
  return schemas.get(name)?.['description'] as string;
}

function answerSchema(returns: Exclude<Returns, 'file' | 'nothing'>): JsonSchema {
  if (typeof returns === 'string') return reference(returns);
  return {
    type: 'object',
    required: ['items', 'total', 'next'],
    properties: {
      items: { type: 'array', items: reference(returns.list) },
      total: { type: 'integer', minimum: 0, description: 'How many there are on all pages.' },
      next: { type: ['string', 'null'], description: 'The `cursor` of the next page; null on the last.' },
      ...(returns.feed && {
        resume: { type: 'string', description: 'With `changedSince`: the cursor to come back with.' },
      }),
    },
  };
}

function answerExamples(returns: Exclude<Returns, 'file' | 'nothing'>): unknown[] {
  if (typeof returns === 'string') return examplesOf(returns);
  const items = examplesOf(returns.list);
  return [{ items, total: items.length, next: null }];
}

/** The examples of a schema's file. */
export function examplesOf(name: SchemaName): unknown[] {
  return (schemas.get(name)?.['examples'] as unknown[] | undefined) ?? [];
}

/** Examples as OpenAPI has them: each under a name. */
export function named(examples: unknown[]): JsonSchema {
  return Object.fromEntries(examples.map((value, index) => [`example${index + 1}`, { value }]));
}
