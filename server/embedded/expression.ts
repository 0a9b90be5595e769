import { createRequire } from 'node:module';
import type { Aggregator as AggregatorClass } from 'mingo/aggregator';
import type { Context as ContextClass } from 'mingo/core';
import { StoreError } from './errors.ts';
import { isDoc, isOperatorDoc, own, pathParts, type Doc } from './values.ts';

/** Evaluates an aggregation expression for many documents at once; undefined where the result is missing. */
export type Evaluate = (docs: Doc[]) => unknown[];

// Scripts, chance, and what would produce value types that the store refuses.
const REFUSED = new Set(['$function', '$rand', '$sampleRate', '$toDecimal', '$toLong', '$toHashedIndexKey']);
const ACCUMULATING = ['$sum', '$avg', '$min', '$max', '$first', '$last', '$stdDevPop', '$stdDevSamp'];

type Operators = Required<NonNullable<Parameters<typeof ContextClass.init>[0]>>;
type Compile = (value: unknown) => { run: (docs: Doc[]) => Doc[] };

let mingo: { known: Set<string>; compile: Compile } | undefined;

// Loaded at the first expression: its two hundred files take a third of a start, and most starts never need them.
function loadMingo() {
  const require = createRequire(import.meta.url);
  const { Aggregator }: { Aggregator: typeof AggregatorClass } = require('mingo/aggregator');
  const { Context }: { Context: typeof ContextClass } = require('mingo/core');
  const expression: Operators['expression'] = require('mingo/operators/expression');
  const accumulator: Operators['accumulator'] = require('mingo/operators/accumulator');
  const pipeline: Operators['pipeline'] = require('mingo/operators/pipeline');
  // Without mingo's projection operators `$project` takes every `$name` as an expression.
  const context = Context.init({ expression, accumulator, pipeline });
  const known = new Set([...Object.keys(expression), ...ACCUMULATING].filter((name) => !REFUSED.has(name)));
  const compile: Compile = (value) =>
    new Aggregator([{ $project: { _id: 0, value } }], { context, scriptEnabled: false });
  return { known, compile };
}

/** Compiles an aggregation expression. Throws 168 for an operator that is not known or not supported. */
export function compileExpression(expression: unknown): Evaluate {
  if (typeof expression === 'string' && /^\$[^$]/.test(expression)) {
    const parts = pathParts(expression.slice(1));
    return (docs) => docs.map((doc) => resolve(doc, parts));
  }
  const isVariable = typeof expression === 'string' && expression.startsWith('$');
  if (!isVariable && !Array.isArray(expression) && !isDoc(expression)) return (docs) => docs.map(() => expression);
  mingo ??= loadMingo();
  assertKnown(expression, mingo.known);
  // mingo takes only an operator or an array as a computed field; an array of one carries every other expression.
  const value = isOperatorDoc(expression) ? expression : [expression];
  const aggregator = mingo.compile(value);
  const unwrap = (result: Doc): unknown =>
    value !== expression && Array.isArray(result['value']) ? result['value'][0] : result['value'];
  return (docs) => aggregator.run(docs).map(unwrap);
}

function resolve(value: unknown, parts: string[]): unknown {
  const [part, ...rest] = parts;
  if (part === undefined) return value;
  if (Array.isArray(value))
    return value.map((element) => resolve(element, parts)).filter((element) => element !== undefined);
  return isDoc(value) ? resolve(own(value, part), rest) : undefined;
}

function assertKnown(expression: unknown, known: Set<string>): void {
  if (Array.isArray(expression)) for (const part of expression) assertKnown(part, known);
  if (typeof expression === 'string' && expression.startsWith('$$REMOVE'))
    throw new StoreError(168, '$$REMOVE is not supported');
  if (!isDoc(expression)) return;
  for (const [name, operand] of Object.entries(expression)) {
    if (name.startsWith('$') && !known.has(name))
      throw new StoreError(168, `Unrecognized or unsupported expression '${name}'`);
    if (name !== '$literal') assertKnown(operand, known);
  }
}
