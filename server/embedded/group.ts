import { ensure } from './errors.ts';
import { compileExpression, type Evaluate } from './expression.ts';
import { compareValues, encodeValue } from './keys.ts';
import type { Stage } from './pipeline.ts';
import { entryOf, isDoc, type Doc } from './values.ts';

/** The running state of one accumulator in one group; undefined stands for a missing value. */
interface Accumulator {
  add: (value: unknown) => void;
  result: () => unknown;
}

interface Field {
  name: string;
  evaluate: Evaluate;
  create: () => Accumulator;
}

/** An accumulator that folds the values; `start` is what an empty group gives. */
function fold<T>(start: T, step: (state: T, value: unknown) => T): () => Accumulator {
  return () => {
    let state = start;
    return { add: (value) => void (state = step(state, value)), result: () => state ?? null };
  };
}

const isGiven = (value: unknown): boolean => value !== undefined && value !== null;
const better = (sign: number) => (best: unknown, value: unknown) =>
  isGiven(value) && (!isGiven(best) || compareValues(value, best) * sign > 0) ? value : best;

const ACCUMULATORS: Record<string, () => Accumulator> = {
  $sum: fold(0, (sum, value) => sum + (typeof value === 'number' ? value : 0)),
  $min: fold<unknown>(undefined, better(-1)),
  $max: fold<unknown>(undefined, better(1)),
  $first: fold<unknown>(undefined, (first, value) => (first === undefined ? (value ?? null) : first)),
  $last: fold<unknown>(undefined, (_, value) => value),
  $avg: () => {
    const numbers = { sum: 0, count: 0 };
    const add = (value: unknown) => {
      if (typeof value === 'number') Object.assign(numbers, { sum: numbers.sum + value, count: numbers.count + 1 });
    };
    return { add, result: () => (numbers.count > 0 ? numbers.sum / numbers.count : null) };
  },
  $push: () => {
    const values: unknown[] = [];
    return { add: (value) => value !== undefined && values.push(value), result: () => values };
  },
  $addToSet: () => {
    const values = new Map<string, unknown>();
    const add = (value: unknown) => value !== undefined && values.set(encodeValue(value), value);
    return { add, result: () => [...values.values()] };
  },
};

/** Compiles `$group`: it keeps one state per group and never the documents. Throws 2 and 168 for what it does not know. */
export function compileGroup({ _id, ...rest }: Doc): Stage {
  ensure(_id !== undefined, 2, 'a group specification must include an _id');
  const identify = compileExpression(_id);
  const fields = Object.entries(rest).map(([name, spec]) => compileField(name, spec));
  return function* (docs) {
    const groups = new Map<string, { id: unknown; states: Accumulator[] }>();
    for (const doc of docs) {
      if (doc) {
        const id = identify(doc);
        const key = encodeValue(id);
        const group = groups.get(key) ?? { id: id ?? null, states: fields.map(({ create }) => create()) };
        groups.set(key, group);
        for (const [i, state] of group.states.entries()) state.add(fields[i]?.evaluate(doc));
      }
      yield undefined;
    }
    for (const { id, states } of groups.values()) {
      const results = states.map((state, i) => [fields[i]?.name, state.result()]);
      yield { _id: id, ...Object.fromEntries(results) };
    }
  };
}

function compileField(name: string, spec: unknown): Field {
  const [operator = '', ...others] = isDoc(spec) ? Object.keys(spec) : [];
  ensure(isDoc(spec) && others.length === 0, 2, `The field '${name}' must be an accumulator object`);
  const create = entryOf(ACCUMULATORS, operator);
  ensure(create, 168, `unknown or unsupported group operator '${operator}'`);
  return { name, evaluate: compileExpression(spec[operator]), create };
}
