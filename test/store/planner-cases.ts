import * as fc from 'fast-check';

/** A document or a filter. */
export type Row = Record<string, unknown>;

// Few values, so that filters, documents and index bounds meet often; and each of the odd ones.
const scalar = fc.oneof(
  { weight: 10, arbitrary: fc.integer({ min: 0, max: 4 }) },
  { weight: 3, arbitrary: fc.constant(null) },
  { weight: 1, arbitrary: fc.constantFrom(-1.5, -0, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 40) },
  {
    weight: 3,
    arbitrary: fc.constantFrom('', 'a', 'ab', 'abc', 'b', 'ă', '\u0000', 'a\u0000', 'a\u0001', '\uffff', '😀'),
  },
  { weight: 1, arbitrary: fc.constantFrom(true, false, new Date(0), new Date(5)) },
);
const array = fc.array(scalar, { maxLength: 3 });
const value = fc.oneof({ weight: 2, arbitrary: scalar }, { weight: 1, arbitrary: array });
const row: fc.Arbitrary<Row> = fc.record(
  { a: value, b: scalar, c: fc.oneof(fc.record({ d: value }), fc.array(fc.record({ d: scalar }), { maxLength: 3 })) },
  { requiredKeys: [] },
);
const scalarRow: fc.Arbitrary<Row> = fc.record(
  { a: scalar, b: scalar, c: fc.record({ d: scalar }) },
  { requiredKeys: [] },
);

const PATHS = ['a', 'b', 'c.d'] as const;
const path = fc.constantFrom(...PATHS);
const bound = fc.constantFrom('$gt', '$gte', '$lt', '$lte');
const small = fc.integer({ min: 0, max: 4 });
const condition = fc.oneof(
  { weight: 2, arbitrary: scalar },
  { weight: 1, arbitrary: scalar.map((v) => ({ $eq: v })) },
  { weight: 1, arbitrary: scalar.map((v) => ({ $ne: v })) },
  { weight: 2, arbitrary: fc.tuple(bound, scalar).map(([op, v]) => ({ [op]: v })) },
  { weight: 4, arbitrary: fc.tuple(small, small).map(([low, high]) => ({ $gte: low, $lte: high })) },
  { weight: 1, arbitrary: fc.tuple(scalar, scalar).map(([low, high]) => ({ $gt: low, $lt: high })) },
  { weight: 2, arbitrary: array.map((list) => ({ $in: list })) },
  { weight: 1, arbitrary: array.map((list) => ({ $nin: list })) },
  { weight: 1, arbitrary: fc.boolean().map((wanted) => ({ $exists: wanted })) },
  { weight: 1, arbitrary: fc.constantFrom(/^a/, /^ab?/, /^ab/, /b/).map((pattern) => ({ $regex: pattern })) },
);
const fields = fc.dictionary(path, condition, { maxKeys: 3, noNullPrototype: true }) as fc.Arbitrary<Row>;
const filter = fc.oneof(
  { weight: 4, arbitrary: fields },
  { weight: 1, arbitrary: fc.array(fields, { minLength: 1, maxLength: 3 }).map(($or): Row => ({ $or })) },
  { weight: 1, arbitrary: fc.tuple(fields, fields).map(($and): Row => ({ $and })) },
);
const direction = fc.constantFrom<1 | -1>(1, -1);
const sort = fc.uniqueArray(fc.tuple(path, direction), { maxLength: 2, selector: ([name]) => name });
const index = fc.record({
  key: fc.uniqueArray(fc.tuple(path, direction), { minLength: 1, maxLength: 2, selector: ([name]) => name }),
  kind: fc.constantFrom(
    {},
    {},
    { sparse: true },
    { partialFilterExpression: { b: { $gt: 0 } } },
    { partialFilterExpression: { a: { $exists: true } } },
  ),
});
const projection = fc.oneof(
  fc.constant({}),
  fc
    .tuple(fc.uniqueArray(path, { minLength: 1, maxLength: 2 }), fc.constantFrom(0, 1))
    .map(([names, isIn]): Row => Object.fromEntries(names.map((name) => [name, isIn]))),
);
const query = fc.record({
  filter,
  sort,
  projection,
  limit: fc.integer({ min: 0, max: 5 }),
  skip: fc.integer({ min: 0, max: 2 }),
});
/** Queries of one set of documents and indexes: each is one case. */
export const QUERIES = 100;
const SIZE = { minLength: 5, maxLength: 25 };
/** Documents, index sets, and queries with filter, sort, skip, limit and projection. */
export const scenario = fc.record({
  rows: fc.oneof(fc.array(row, SIZE), fc.array(scalarRow, SIZE)),
  indexes: fc.array(index, { minLength: 1, maxLength: 4 }),
  queries: fc.array(query, { minLength: QUERIES, maxLength: QUERIES }),
});

export type Scenario = typeof scenario extends fc.Arbitrary<infer Drawn> ? Drawn : never;
