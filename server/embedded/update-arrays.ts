import { BSONRegExp } from 'bson';
import { ensure } from './errors.ts';
import { compileCondition, elementTest, type Test } from './filter.ts';
import { compareKeys, compareValues, sortKey } from './keys.ts';
import { parseSort } from './sort.ts';
import { isDoc } from './values.ts';

/** The array after the change; the one given may be changed in place. */
export type ArrayChange = (array: unknown[]) => unknown[];

/** `$push`: one value, or `$each` with `$position`, `$sort`, `$slice` (applied in this order). */
export function pushTo(operand: unknown): ArrayChange {
  if (!isDoc(operand) || !('$each' in operand)) return (array) => [...array, operand];
  const { $each, $position = Infinity, $slice = Infinity, $sort, ...rest } = operand;
  const [unknown] = Object.keys(rest);
  ensure(unknown === undefined, 2, `Unrecognized clause in $push: ${unknown}`);
  const [items, position, slice] = [asArray($each), asWhole($position), asWhole($slice)];
  const order = $sort === undefined ? undefined : elementOrder($sort);
  return (array) => {
    array.splice(position, 0, ...items);
    const ordered = order ? array.toSorted(order) : array;
    return slice < 0 ? ordered.slice(slice) : ordered.slice(0, slice);
  };
}

function asArray(value: unknown): unknown[] {
  ensure(Array.isArray(value), 2, 'The argument to $each and $pullAll must be an array');
  return value;
}

function asWhole(value: unknown): number {
  const isWhole = typeof value === 'number' && (Number.isInteger(value) || value === Infinity);
  ensure(isWhole, 2, 'The value for $position and $slice must be an integer value');
  return value;
}

function elementOrder(sort: unknown): (a: unknown, b: unknown) => number {
  if (sort === 1 || sort === -1) return (a, b) => compareValues(a, b) * sort;
  ensure(isDoc(sort), 2, 'The $sort is invalid: use 1 or -1 for whole elements, or {field: 1} for embedded fields');
  const pattern = parseSort(sort);
  const key = (value: unknown) => sortKey(isDoc(value) ? value : {}, pattern);
  return (a, b) => compareKeys(key(a), key(b));
}

/** `$addToSet`: one value or `$each`; what is there already is not added again. */
export function addToSet(operand: unknown): ArrayChange {
  const items = isDoc(operand) && '$each' in operand ? asArray(operand['$each']) : [operand];
  return (array) => {
    for (const item of items) if (!array.some((value) => compareValues(value, item) === 0)) array.push(item);
    return array;
  };
}

/** `$pull`: a value, a pattern, a filter for elements that are documents, or operators for the element itself. */
export const pullFrom = (operand: unknown) => without([isDoc(operand) ? elementTest(operand) : valueTest(operand)]);

/** `$pullAll`: every element equal to one of the values. */
export const pullAllFrom = (operand: unknown) => without(asArray(operand).map(valueTest));

function without(tests: Test[]): ArrayChange {
  return (array) => array.filter((element) => !tests.some((test) => test(element)));
}

function valueTest(operand: unknown): Test {
  if (!(operand instanceof BSONRegExp)) return (element) => compareValues(element, operand) === 0;
  const pattern = compileCondition(operand);
  return (element) => pattern([element]);
}

/** `$pop`: 1 removes the last element, -1 the first. */
export function popFrom(operand: unknown): ArrayChange {
  ensure(operand === 1 || operand === -1, 9, '$pop expects 1 or -1');
  return (array) => (operand === 1 ? array.slice(0, -1) : array.slice(1));
}
