import { BSONRegExp } from 'bson';
import { StoreError } from './errors.ts';
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
  if (unknown !== undefined) throw new StoreError(2, `Unrecognized clause in $push: ${unknown}`);
  const items = asArray($each, '$each');
  const [position, slice] = [asWhole($position, '$position'), asWhole($slice, '$slice')];
  const order = $sort === undefined ? undefined : elementOrder($sort);
  return (array) => {
    array.splice(position, 0, ...items);
    const ordered = order ? array.toSorted(order) : array;
    return slice < 0 ? ordered.slice(slice) : ordered.slice(0, slice);
  };
}

function asArray(value: unknown, name: string): unknown[] {
  if (!Array.isArray(value)) throw new StoreError(2, `The argument to ${name} must be an array`);
  return value;
}

function asWhole(value: unknown, name: string): number {
  if (typeof value === 'number' && (Number.isInteger(value) || value === Infinity)) return value;
  throw new StoreError(2, `The value for ${name} must be an integer value`);
}

function elementOrder(sort: unknown): (a: unknown, b: unknown) => number {
  if (sort === 1 || sort === -1) return (a, b) => compareValues(a, b) * sort;
  if (!isDoc(sort))
    throw new StoreError(2, 'The $sort is invalid: use 1 or -1 for whole elements, or {field: 1} for embedded fields');
  const pattern = parseSort(sort);
  const key = (value: unknown) => sortKey(isDoc(value) ? value : {}, pattern);
  return (a, b) => compareKeys(key(a), key(b));
}

/** `$addToSet`: one value or `$each`; what is there already is not added again. */
export function addToSet(operand: unknown): ArrayChange {
  const items = isDoc(operand) && '$each' in operand ? asArray(operand['$each'], '$each') : [operand];
  return (array) => {
    for (const item of items) if (!array.some((value) => compareValues(value, item) === 0)) array.push(item);
    return array;
  };
}

/** `$pull`: a value, a pattern, a filter for elements that are documents, or operators for the element itself. */
export function pullFrom(operand: unknown): ArrayChange {
  const test = isDoc(operand) ? elementTest(operand) : valueTest(operand);
  return (array) => array.filter((element) => !test(element));
}

function valueTest(operand: unknown): Test {
  if (!(operand instanceof BSONRegExp)) return (element) => compareValues(element, operand) === 0;
  const pattern = compileCondition(operand);
  return (element) => pattern([element]);
}

/** `$pullAll`: every element equal to one of the values. */
export function pullAllFrom(operand: unknown): ArrayChange {
  const tests = asArray(operand, '$pullAll').map(valueTest);
  return (array) => array.filter((element) => !tests.some((test) => test(element)));
}

/** `$pop`: 1 removes the last element, -1 the first. */
export function popFrom(operand: unknown): ArrayChange {
  if (operand !== 1 && operand !== -1) throw new StoreError(9, '$pop expects 1 or -1');
  return (array) => (operand === 1 ? array.slice(0, -1) : array.slice(1));
}
