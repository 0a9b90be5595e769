import type { ProblemDetails } from '../../schemas/types.d.ts';
import { dayIn } from './day.rules.ts';
import problemCodes from './problem-codes.json' with { type: 'json' };
import ruleCodes from './rule-codes.json' with { type: 'json' };

export type Language = 'vi' | 'en';
export type ProblemCode = keyof typeof problemCodes;
export type RuleCode = keyof typeof ruleCodes;
type Params = Record<string, string | number>;

/** One fault at one place of a body or query; `pointer` is a JSON Pointer (RFC 6901). */
export interface Fault {
  pointer: string;
  code: RuleCode;
  params?: Params;
}

/** An expected failure: a code of `problem-codes.json`, what its text names, and the places at fault. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly params: Params;
  readonly faults: Fault[];

  constructor(code: ProblemCode, params: Params = {}, faults: Fault[] = []) {
    super(code);
    this.code = code;
    this.params = params;
    this.faults = faults;
  }
}

/** A 422 that names the place: `throw broken({ pointer: '/on', code: 'EVENT_BEFORE_START' })`. */
export function broken(...faults: Fault[]): Problem {
  return new Problem('RULE_BROKEN', {}, faults);
}

/** A 400 that names a query parameter which only a rule, not the schema, can refuse. */
export function badQuery(parameter: string, code: RuleCode, params: Params = {}): Problem {
  return new Problem('INVALID_QUERY', {}, [{ pointer: `/${parameter}`, code, params }]);
}

/** The problem as it is sent (RFC 9457), in the reader's language. */
export function renderProblem(problem: Problem, language: Language): ProblemDetails {
  const { status, [language]: text } = problemCodes[problem.code];
  const title = fill(text, problem.params, language);
  const errors = problem.faults.map(({ pointer, code, params }) => ({
    pointer,
    detail: fill(ruleCodes[code][language], params ?? {}, language),
  }));
  const [first] = errors;
  return {
    type: `urn:xanh:problem:${problem.code}`,
    title,
    status,
    code: problem.code,
    detail: first ? `${first.pointer || '/'} ${first.detail}` : title,
    ...(first ? { errors } : {}),
    ...existing(problem, status),
  };
}

/** The record in the way of a write, so that a client can lead to it. */
function existing({ params: { id } }: Problem, status: number): Pick<ProblemDetails, 'existing'> {
  return status === 409 && typeof id === 'string' && id !== '' ? { existing: id } : {};
}

/** The text of a rule's code in both languages, for what is kept and read later by anybody. */
export function ruleText(code: RuleCode, params: Params = {}): { vi: string; en: string } {
  const { vi, en } = ruleCodes[code];
  return { vi: fill(vi, params, 'vi'), en: fill(en, params, 'en') };
}

/** A problem in both languages, without the places that it names. */
export function problemText({ code, params }: Problem): { vi: string; en: string } {
  const { vi, en } = problemCodes[code];
  return { vi: fill(vi, params, 'vi'), en: fill(en, params, 'en') };
}

/** The text with its values; a calendar day among them is written as people read it. */
function fill(text: string, params: Params, language: Language): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = String(params[name] ?? whole);
    return /^\d{4}-\d{2}-\d{2}$/.test(value) ? dayIn(value, language) : value;
  });
}
