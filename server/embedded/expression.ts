import { Aggregator } from 'mingo/aggregator';
import { Context } from 'mingo/core';
import * as accumulators from 'mingo/operators/accumulator';
import * as expressions from 'mingo/operators/expression';
import { $project } from 'mingo/operators/pipeline';
import { StoreError } from './errors.ts';
import { isDoc, isOperatorDoc, own, pathParts, type Doc } from './values.ts';

/** Evaluates an aggregation expression for many documents at once; undefined where the result is missing. */
export type Evaluate = (docs: Doc[]) => unknown[];

// Scripts, chance, and what would produce value types that the store refuses.
const REFUSED = new Set(['$function', '$rand', '$sampleRate', '$toDecimal', '$toLong', '$toHashedIndexKey']);
const ACCUMULATING = ['$sum', '$avg', '$min', '$max', '$first', '$last', '$stdDevPop', '$stdDevSamp'];
const KNOWN = new Set([...Object.keys(expressions), ...ACCUMULATING].filter((name) => !REFUSED.has(name)));

// Without mingo's projection operators `$project` takes every `$name` as an expression.
const context = Context.init({ expression: expressions, accumulator: accumulators, pipeline: { $project } });

/** Compiles an aggregation expression. Throws 168 for an operator that is not known or not supported. */
export function compileExpression(expression: unknown): Evaluate {
  if (typeof expression === 'string' && /^\$[^$]/.test(expression)) {
    const parts = pathParts(expression.slice(1));
    return (docs) => docs.map((doc) => resolve(doc, parts));
  }
  assertKnown(expression);
  const isVariable = typeof expression === 'string' && expression.startsWith('$');
  if (!isVariable && (typeof expression !== 'object' || expression === null))
    return (docs) => docs.map(() => expression);
  // mingo takes only an operator or an array as a computed field; an array of one carries every other expression.
  const value = isOperatorDoc(expression) ? expression : [expression];
  const aggregator = new Aggregator([{ $project: { _id: 0, value } }], { context, scriptEnabled: false });
  const unwrap = (result: Doc): unknown =>
    value !== expression && Array.isArray(result['value']) ? result['value'][0] : result['value'];
  return (docs) => aggregator.run<Doc>(docs).map(unwrap);
}

function resolve(value: unknown, parts: string[]): unknown {
  const [part, ...rest] = parts;
  if (part === undefined) return value;
  if (Array.isArray(value))
    return value.map((element) => resolve(element, parts)).filter((element) => element !== undefined);
  return isDoc(value) ? resolve(own(value, part), rest) : undefined;
}

function assertKnown(expression: unknown): void {
  if (Array.isArray(expression)) expression.forEach(assertKnown);
  if (typeof expression === 'string' && expression.startsWith('$$REMOVE'))
    throw new StoreError(168, '$$REMOVE is not supported');
  if (!isDoc(expression)) return;
  for (const [name, operand] of Object.entries(expression)) {
    if (name.startsWith('$') && !KNOWN.has(name))
      throw new StoreError(168, `Unrecognized or unsupported expression '${name}'`);
    if (name !== '$literal') assertKnown(operand);
  }
}
