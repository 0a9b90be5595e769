import { calculateObjectSize } from 'bson';
import { ensure } from './errors.ts';
import { compileExpression } from './expression.ts';
import { compileFilter } from './filter.ts';
import { compileGroup } from './group.ts';
import type { KeyPattern } from './keys.ts';
import { fieldAt, readProjection, withField } from './project.ts';
import { slice } from './query.ts';
import { whole } from './request.ts';
import { parseSort, sorted } from './sort.ts';
import type { Stream } from './turns.ts';
import { entryOf, isDoc, pathParts, type Doc } from './values.ts';

/** One stage of a pipeline. */
export type Stage = (docs: Stream<Doc>) => Stream<Doc>;

/** A pipeline: what of it a query does, which can use indexes and stops early, and what is left to do with the documents. */
type Pipeline = { filter: Doc; sort: KeyPattern; skip: number | undefined; limit: number | undefined; run: Stage };

/** Compiles a pipeline. Throws 40323 for a malformed and 40324 for an unknown or unsupported stage. */
export function compilePipeline(pipeline: unknown[]): Pipeline {
  const stages = pipeline.map(readStage);
  const take = (name: string): unknown => (stages[0]?.name === name ? stages.shift()?.operand : undefined);
  const filters: Doc[] = [];
  for (let filter = take('$match'); filter !== undefined; filter = take('$match')) filters.push(asDoc(filter));
  const sort = parseSort(take('$sort'));
  const skip = whole(take('$skip'), '$skip');
  const limit = take('$limit');
  const rest = stages.map(({ compile, operand }) => compile(operand));
  return {
    filter: filters.length > 1 ? { $and: filters } : (filters[0] ?? {}),
    sort,
    skip,
    limit: limit === undefined ? undefined : limitOf(limit),
    run: (docs) => rest.reduce((passed, stage) => stage(passed), docs),
  };
}

function readStage(stage: unknown): { name: string; operand: unknown; compile: (operand: unknown) => Stage } {
  const [name = '', ...others] = isDoc(stage) ? Object.keys(stage) : [];
  ensure(isDoc(stage) && name !== '' && others.length === 0, 40323, 'A pipeline stage must contain exactly one field.');
  const compile = entryOf(STAGES, name);
  ensure(compile, 40324, `Unrecognized or unsupported pipeline stage name: '${name}'`);
  return { name, operand: stage[name], compile };
}

const STAGES: Record<string, (operand: unknown) => Stage> = {
  $match: (operand) => {
    const matches = compileFilter(asDoc(operand));
    return each((doc) => (matches(doc) ? doc : undefined));
  },
  $project: (operand) => {
    const { shape, computed } = readProjection(asDoc(operand));
    const compute = computing(computed);
    return each((doc) => compute(doc, shape(doc)));
  },
  $addFields: (operand) => {
    const fields = Object.entries(asDoc(operand));
    const compute = computing(fields.map(([path, expression]) => ({ parts: pathParts(path), expression })));
    return each((doc) => compute(doc, doc));
  },
  $sort: (operand) => {
    const pattern = parseSort(operand);
    return (docs) => sorted(docs, pattern, { of: (doc) => doc, sizeOf: (doc) => calculateObjectSize(doc) });
  },
  $skip: (operand) => {
    const skip = whole(operand, '$skip') ?? 0;
    return (docs) => slice(docs, skip, Infinity);
  },
  $limit: (operand) => {
    const limit = limitOf(operand);
    return (docs) => slice(docs, 0, limit);
  },
  $count: (operand) => {
    ensure(typeof operand === 'string' && /^[^$.]+$/.test(operand), 2, 'the count field must be a non-empty string');
    const group = compileGroup({ _id: null, [operand]: { $sum: 1 } });
    const withoutId = each(({ _id, ...counted }) => counted);
    return (docs) => withoutId(group(docs));
  },
  $unwind: unwind,
  $group: (operand) => compileGroup(asDoc(operand)),
};

/** A stage that makes one document of each, or none. */
export function each(make: (doc: Doc) => Doc | undefined): Stage {
  return function* (docs) {
    for (const doc of docs) yield doc && make(doc);
  };
}

function asDoc(operand: unknown): Doc {
  ensure(isDoc(operand), 2, 'a stage specification must be an object');
  return operand;
}

function limitOf(operand: unknown): number {
  const limit = whole(operand, '$limit');
  ensure(limit, 2, 'the limit must be positive');
  return limit;
}

/** Puts what is computed of a document into another one. */
function computing(fields: { parts: string[]; expression: unknown }[]): (doc: Doc, into: Doc) => Doc {
  const compiled = fields.map(({ parts, expression }) => ({ parts, evaluate: compileExpression(expression) }));
  return (doc, into) =>
    compiled.reduce((result, { parts, evaluate }) => {
      const value = evaluate(doc);
      return value === undefined ? result : withField(result, parts, value);
    }, into);
}

function unwind(operand: unknown): Stage {
  const { path, preserveNullAndEmptyArrays, ...rest } = isDoc(operand) ? operand : { path: operand };
  ensure(typeof path === 'string' && /^\$[^$]/.test(path), 2, "$unwind needs a path that starts with '$'");
  const [unknown] = Object.keys(rest);
  ensure(unknown === undefined, 2, `unrecognized or unsupported option to $unwind stage: ${unknown}`);
  const parts = pathParts(path.slice(1));
  return function* (docs) {
    for (const doc of docs) {
      const value = doc && fieldAt(doc, parts);
      const isEmpty = value === undefined || value === null || (Array.isArray(value) && value.length === 0);
      if (!doc || (isEmpty && preserveNullAndEmptyArrays !== true)) yield undefined;
      else if (!Array.isArray(value)) yield doc;
      else for (const element of isEmpty ? [undefined] : value) yield withField(doc, parts, element);
    }
  };
}
