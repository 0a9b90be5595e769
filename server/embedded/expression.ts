import { createRequire } from 'node:module';
import type * as Core from 'mingo/core';
import type * as Arithmetic from 'mingo/operators/expression/arithmetic';
import type * as Boolean from 'mingo/operators/expression/boolean';
import type * as Conditional from 'mingo/operators/expression/conditional';
import { ensure } from './errors.ts';
import { COMPARISONS, compareValues } from './keys.ts';
import { isDoc, isPosition, own, pathParts, type Doc } from './values.ts';

/** Evaluates an aggregation expression for a document; undefined where the result is missing. */
export type Evaluate = (doc: Doc) => unknown;

/** mingo's that answer as MongoDB does. */
const TAKEN = ['$add', '$subtract', '$multiply', '$and', '$or', '$not', '$cond', '$ifNull'] as const;
/** mingo compares within one type only, and elements of arrays: comparisons are ours. */
const KNOWN = new Set<string>([...TAKEN, ...Object.keys(COMPARISONS), '$literal']);

let mingo: ((doc: Doc, expression: unknown) => unknown) | undefined;

// Loaded at the first expression, and only the folders that are used: most starts never need them.
function loadMingo(): typeof mingo {
  const require = createRequire(import.meta.url);
  const { Context, evalExpr }: typeof Core = require('mingo/core');
  const arithmetic: typeof Arithmetic = require('mingo/operators/expression/arithmetic');
  const boolean: typeof Boolean = require('mingo/operators/expression/boolean');
  const conditional: typeof Conditional = require('mingo/operators/expression/conditional');
  const theirs = { ...arithmetic, ...boolean, ...conditional };
  const compare = (accept: (order: number) => boolean) => (doc: Doc, operands: unknown, options: never) => {
    const [a, b] = evalExpr(doc, operands, options) as unknown[];
    const isMissing = Number(b === undefined) - Number(a === undefined);
    return accept(isMissing || compareValues(a, b));
  };
  const expression: Record<`$${string}`, never> = Object.fromEntries([
    ...TAKEN.map((name) => [name, theirs[name]]),
    ...Object.entries(COMPARISONS).map(([name, accept]) => [name, compare(accept)]),
    ['$literal', (_: Doc, value: unknown) => value],
  ]);
  const options = { context: Context.init({ expression }), scriptEnabled: false };
  return (doc, value) => evalExpr(doc, value, options as never);
}

/** Compiles an aggregation expression. Throws 168 for an operator or a variable that is not supported, 16020 for a comparison of not two. */
export function compileExpression(expression: unknown): Evaluate {
  assertKnown(expression);
  if (typeof expression === 'string' && expression.startsWith('$')) {
    const parts = pathParts(expression.slice(1));
    return (doc) => resolve(doc, parts);
  }
  if (!Array.isArray(expression) && !isDoc(expression)) return () => expression;
  const evaluate = (mingo ??= loadMingo());
  return (doc) => evaluate?.(doc, expression);
}

function resolve(value: unknown, parts: string[]): unknown {
  const [part, ...rest] = parts;
  if (part === undefined) return value;
  if (Array.isArray(value))
    return value.map((element) => resolve(element, parts)).filter((element) => element !== undefined);
  return isDoc(value) ? resolve(own(value, part), rest) : undefined;
}

function assertKnown(expression: unknown): void {
  if (Array.isArray(expression)) for (const part of expression) assertKnown(part);
  if (typeof expression === 'string' && expression.startsWith('$')) {
    const isPath = !expression.startsWith('$$') && !pathParts(expression.slice(1)).some(isPosition);
    ensure(isPath, 168, `${expression} is not supported`);
  }
  if (!isDoc(expression)) return;
  for (const [name, operand] of Object.entries(expression)) {
    ensure(!name.startsWith('$') || KNOWN.has(name), 168, `Unrecognized or unsupported expression '${name}'`);
    const isPair = !Object.hasOwn(COMPARISONS, name) || (Array.isArray(operand) && operand.length === 2);
    ensure(isPair, 16020, `Expression ${name} takes exactly 2 arguments`);
    if (name !== '$literal') assertKnown(operand);
  }
}
