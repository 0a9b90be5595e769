import { isDeepStrictEqual } from 'node:util';
import { expect } from '@jest/globals';
import * as fc from 'fast-check';
import type { Collection } from 'mongodb';
import { QUERIES, scenario, type Row, type Scenario } from './planner-cases.ts';
import type { TestStore } from './support.ts';

// A second, slow and simple reading of the query language: it shares no code with the engine.
const TYPE_ORDER = ['null', 'number', 'string', 'array', 'boolean', 'date'];
const typeOf = (v: unknown): string =>
  v === null || v === undefined ? 'null' : Array.isArray(v) ? 'array' : v instanceof Date ? 'date' : typeof v;

function compare(x: unknown, y: unknown): number {
  const byType = TYPE_ORDER.indexOf(typeOf(x)) - TYPE_ORDER.indexOf(typeOf(y));
  if (byType !== 0 || typeOf(x) === 'null') return byType;
  if (typeof x === 'number' && typeof y === 'number')
    return Number.isNaN(x) || Number.isNaN(y)
      ? Number(Number.isNaN(y)) - Number(Number.isNaN(x))
      : x < y
        ? -1
        : Number(x > y);
  if (typeof x === 'string' && typeof y === 'string') return Buffer.compare(Buffer.from(x), Buffer.from(y));
  return Number(x) - Number(y);
}

function reach(doc: unknown, parts: string[]): unknown[] {
  const [part, ...rest] = parts;
  if (part === undefined) return [doc];
  if (Array.isArray(doc)) return doc.flatMap((element) => reach(element, parts));
  return typeof doc === 'object' && doc !== null ? reach(Reflect.get(doc, part), rest) : [undefined];
}

function meets(values: unknown[], operator: string, operand: unknown): boolean {
  const each = values.flatMap((v) => (Array.isArray(v) ? [v, ...v] : [v]));
  const isSame = (v: unknown) => typeOf(v) === typeOf(operand) && compare(v, operand) === 0;
  const isNaNMix = (v: unknown) => Number.isNaN(v) !== Number.isNaN(operand);
  const ordered = (accept: (order: number) => boolean) =>
    each.some(
      (v) =>
        (v !== undefined || operand === null) &&
        typeOf(v) === typeOf(operand) &&
        !isNaNMix(v) &&
        accept(compare(v, operand)),
    );
  switch (operator) {
    case '$eq':
      return each.some(isSame);
    case '$ne':
      return !each.some(isSame);
    case '$in':
      return Array.isArray(operand) && operand.some((item) => meets(values, '$eq', item));
    case '$nin':
      return !meets(values, '$in', operand);
    case '$exists':
      return values.some((v) => v !== undefined) === operand;
    case '$regex':
      return each.some((v) => typeof v === 'string' && operand instanceof RegExp && operand.test(v));
    case '$gt':
      return operand !== null && ordered((order) => order > 0);
    case '$lt':
      return operand !== null && ordered((order) => order < 0);
    case '$gte':
      return ordered((order) => order >= 0);
    default:
      return ordered((order) => order <= 0);
  }
}

function passes(doc: Row, wanted: Row): boolean {
  return Object.entries(wanted).every(([name, asked]) => {
    if (name === '$or') return Array.isArray(asked) && asked.some((part) => passes(doc, part));
    if (name === '$and') return Array.isArray(asked) && asked.every((part) => passes(doc, part));
    const values = reach(doc, name.split('.'));
    const isOperators = typeof asked === 'object' && asked !== null && !(asked instanceof Date);
    return Object.entries(isOperators ? asked : { $eq: asked }).every(([operator, operand]) =>
      meets(values, operator, operand),
    );
  });
}

interface Asked {
  filter: Row;
  projection: Row;
  sort: [string, 1 | -1][];
  limit: number;
  skip: number;
}

const BELOW_NULL = Symbol('an empty array');

function sortValues(doc: Row, asked: Asked): unknown[] {
  return asked.sort.map(([name, towards]) => {
    const values = reach(doc, name.split('.')).flatMap((v) => (Array.isArray(v) && v.length === 0 ? [BELOW_NULL] : v));
    return values.toSorted((x, y) => compareInSort(x, y) * towards)[0] ?? null;
  });
}

function compareInSort(x: unknown, y: unknown): number {
  return x === BELOW_NULL || y === BELOW_NULL ? Number(y === BELOW_NULL) - Number(x === BELOW_NULL) : compare(x, y);
}

function compareRows(x: unknown[], y: unknown[], asked: Asked): number {
  const orders = asked.sort.map(([, towards], i) => compareInSort(x[i], y[i]) * towards);
  return orders.find((order) => order !== 0) ?? 0;
}

/** Keeps or drops what the projection names, by a second reading of its own. */
function projected(value: unknown, asked: Row, prefix = ''): unknown {
  const names = Object.keys(asked);
  if (names.length === 0) return value;
  const isIn = asked[names[0] ?? ''] === 1;
  if (Array.isArray(value)) {
    const elements = isIn ? value.filter((element) => typeof element === 'object' && element !== null) : value;
    return elements.map((element) => projected(element, asked, prefix));
  }
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  const kept = Object.entries(value).flatMap(([name, inner]): [string, unknown][] => {
    const at = prefix + name;
    if (at === '_id' || names.includes(at)) return isIn || at === '_id' ? [[name, inner]] : [];
    const isOnTheWay = names.some((path) => path.startsWith(`${at}.`));
    if (!isOnTheWay) return isIn ? [] : [[name, inner]];
    const isLeaf = typeof inner !== 'object' || inner === null || inner instanceof Date;
    if (isLeaf) return isIn ? [] : [[name, inner]];
    return [[name, projected(inner, asked, `${at}.`)]];
  });
  return Object.fromEntries(kept);
}

async function idsOf(collection: Collection<Row>, { filter }: Asked): Promise<unknown[]> {
  const all = await collection.find(filter, { projection: { _id: 1 } }).toArray();
  return all.map(({ _id }) => Number(_id)).toSorted((a, b) => a - b);
}

/** A page in total order: `_id` last, so that a limit has one right answer. */
function pageOf(collection: Collection<Row>, { filter, sort, skip, limit, projection }: Asked): Promise<unknown[]> {
  const order = Object.fromEntries([...sort, ['_id', 1 as const]]);
  return collection.find(filter, { projection }).sort(order).skip(skip).limit(limit).toArray();
}

/** `expect` takes most of the time of thousands of comparisons: it is asked for the difference only. */
function expectSame(got: unknown, wanted: unknown): void {
  if (!isDeepStrictEqual(got, wanted)) expect(got).toEqual(wanted);
}

/** Sort values of a page in just the order that is asked for, which an index may give. */
async function valuesInOrder(collection: Collection<Row>, asked: Asked): Promise<unknown[][]> {
  const sorted = await collection.find(asked.filter).sort(Object.fromEntries(asked.sort)).limit(asked.limit).toArray();
  return sorted.map((doc) => sortValues(doc, asked));
}

/** Asks everything with indexes and without, and compares both with the naive reading. */
async function checkScenario(store: TestStore, { rows, indexes, queries }: Scenario): Promise<void> {
  const documents = rows.map((values, n) => ({ _id: n, ...values }));
  const plain = await store.collection(...documents);
  const indexed = await store.collection();
  for (const [n, { key, kind }] of indexes.entries()) {
    // Two arrays in one compound key are refused, as in MongoDB; single documents that meet it are left out of both.
    await indexed.createIndex(Object.fromEntries(key), { ...kind, name: `i${n}` }).catch(() => undefined);
  }
  const result = await indexed
    .insertMany(documents, { ordered: false })
    .catch((error: { writeErrors?: { index: number }[] }) => error);
  const refused = 'writeErrors' in result ? (result.writeErrors ?? []).map(({ index: at }) => at) : [];
  await plain.deleteMany({ _id: { $in: refused } });
  const kept = documents.filter((_, n) => !refused.includes(n));
  await Promise.all(
    queries.map(async (asked) => {
      const expected = kept.filter((doc) => passes(doc, asked.filter));
      const inOrder = expected.toSorted(
        (x, y) => compareRows(sortValues(x, asked), sortValues(y, asked), asked) || x._id - y._id,
      );
      const page = inOrder.slice(asked.skip, asked.limit ? asked.skip + asked.limit : undefined);
      const wanted = page.map((doc) => projected(doc, asked.projection));
      const values = inOrder.slice(0, asked.limit || undefined).map((doc) => sortValues(doc, asked));
      const ids = expected.map(({ _id }) => _id);
      expectSame(await idsOf(indexed, asked), ids);
      for (const collection of [indexed, plain]) expectSame(await pageOf(collection, asked), wanted);
      if (asked.sort.length === 0) return;
      const got = await valuesInOrder(indexed, asked);
      expectSame(
        got.map((found, n) => compareRows(found, values[n] ?? [], asked)),
        values.map(() => 0),
      );
    }),
  );
  expect(await store.db.command({ validate: indexed.collectionName })).toMatchObject({ valid: true });
  await Promise.all([plain.drop(), indexed.drop()]);
}

/** So many cases from a seed: random documents, index sets, filters, sorts, skips, limits and projections. */
export async function expectSameAnswers(store: TestStore, cases: number, seed?: number): Promise<void> {
  const property = fc.asyncProperty(scenario, (drawn) => checkScenario(store, drawn));
  await fc.assert(property, { numRuns: Math.ceil(cases / QUERIES), ...(seed !== undefined && { seed }) });
}
