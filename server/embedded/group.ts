import { StoreError } from './errors.ts';
import { compileExpression, type Evaluate } from './expression.ts';
import { compareValues, encodeValue } from './index-keys.ts';
import { isDoc, type Doc } from './values.ts';

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
  $count: fold(0, (count) => count + 1),
  $min: fold<unknown>(undefined, better(-1)),
  $max: fold<unknown>(undefined, better(1)),
  $last: fold<unknown>(undefined, (_, value) => value),
  $first: () => {
    const values: unknown[] = [];
    return { add: (value) => values.length === 0 && values.push(value), result: () => values[0] ?? null };
  },
  $avg: () => {
    let [sum, count] = [0, 0];
    const add = (value: unknown) => {
      if (typeof value === 'number') [sum, count] = [sum + value, count + 1];
    };
    return { add, result: () => (count > 0 ? sum / count : null) };
  },
  $push: () => {
    const values: unknown[] = [];
    return { add: (value) => value !== undefined && values.push(value), result: () => values };
  },
  $addToSet: () => {
    const values = new Map<string, unknown>();
    return {
      add: (value) => value !== undefined && values.set(groupKey(value), value),
      result: () => [...values.values()],
    };
  },
};

function groupKey(value: unknown): string {
  return encodeValue(value).toString('latin1');
}

/** Compiles `$group`: it keeps one state per group and never the documents. Throws 2 and 168 for what it does not know. */
export function compileGroup({ _id, ...rest }: Doc): { push: (docs: Doc[]) => Doc[]; end: () => Doc[] } {
  if (_id === undefined) throw new StoreError(2, 'a group specification must include an _id');
  const identify = compileExpression(_id);
  const fields = Object.entries(rest).map(([name, spec]) => compileField(name, spec));
  const groups = new Map<string, { id: unknown; states: Accumulator[] }>();
  const push = (docs: Doc[]) => {
    const columns = fields.map(({ evaluate }) => evaluate(docs));
    for (const [row, id] of identify(docs).entries()) {
      const key = groupKey(id);
      const group = groups.get(key) ?? { id: id ?? null, states: fields.map(({ create }) => create()) };
      groups.set(key, group);
      for (const [column, state] of group.states.entries()) state.add(columns[column]?.[row]);
    }
    return [];
  };
  const toDoc = ({ id, states }: { id: unknown; states: Accumulator[] }): Doc =>
    Object.fromEntries([['_id', id], ...states.map((state, i) => [fields[i]?.name, state.result()])]);
  return { push, end: () => [...groups.values()].map(toDoc) };
}

function compileField(name: string, spec: unknown): Field {
  const [operator = '', ...others] = isDoc(spec) ? Object.keys(spec) : [];
  if (!isDoc(spec) || others.length > 0) throw new StoreError(2, `The field '${name}' must be an accumulator object`);
  const create = Object.hasOwn(ACCUMULATORS, operator) ? ACCUMULATORS[operator] : undefined;
  if (!create) throw new StoreError(168, `unknown or unsupported group operator '${operator}'`);
  return { name, evaluate: compileExpression(operator === '$count' ? null : spec[operator]), create };
}
