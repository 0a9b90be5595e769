import { expect, test } from '@jest/globals';
import { Binary, ObjectId } from 'bson';
import * as fc from 'fast-check';
import { compareKeys, compareValues, encodeValue, inDirection } from '../../server/embedded/keys.ts';

// Few values of each type, so that equal ones and ones that begin alike meet often.
const text = fc.string({
  unit: fc.constantFrom('\0', '\u0001', '\u0002', 'a', 'b', 'ă', '\uffff', '😀'),
  maxLength: 3,
});
const number = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double(), fc.constantFrom(-0, 1e-300, 2 ** 53, -(2 ** 53)));
const leaf = fc.oneof(
  fc.constant(null),
  number,
  text,
  fc.boolean(),
  fc.integer({ min: -2, max: 2 }).map((time) => new Date(time * 1e12)),
  fc.integer({ min: 0, max: 300 }).map((n) => new ObjectId(n.toString(16).padStart(24, '0'))),
  fc
    .tuple(fc.uint8Array({ maxLength: 3 }), fc.constantFrom(0, 4))
    .map(([bytes, type]) => new Binary(Buffer.from(bytes), type)),
);
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    leaf,
    fc.array(tie('value'), { maxLength: 3 }),
    fc
      .array(fc.tuple(fc.constantFrom('a', 'ab', 'b'), tie('value')), { maxLength: 2 })
      .map((pairs) => Object.fromEntries(pairs)),
  ),
}));

// MongoDB's order, read from its manual once more and slowly.
const ORDER = ['null', 'number', 'string', 'object', 'array', 'binary', 'objectId', 'boolean', 'date'];

function typeOf(v: unknown): string {
  if (v === null) return 'null';
  if (Array.isArray(v)) return 'array';
  if (v instanceof ObjectId) return 'objectId';
  if (v instanceof Binary) return 'binary';
  return v instanceof Date ? 'date' : typeof v;
}

/** The first difference of two lists that are compared element by element; of equal beginnings the shorter one is first. */
function inTurn<T>(x: T[], y: T[], compare: (x: T, y: T) => number): number {
  for (const [i, left] of x.entries()) {
    if (i >= y.length) return 1;
    const order = compare(left, y[i] as T);
    if (order !== 0) return order;
  }
  return x.length - y.length;
}

function fields(x: [string, unknown], y: [string, unknown]): number {
  const byType = ORDER.indexOf(typeOf(x[1])) - ORDER.indexOf(typeOf(y[1]));
  return byType || Buffer.compare(Buffer.from(x[0]), Buffer.from(y[0])) || naive(x[1], y[1]);
}

function naive(x: unknown, y: unknown): number {
  const byType = ORDER.indexOf(typeOf(x)) - ORDER.indexOf(typeOf(y));
  if (byType !== 0 || x === null || y === null) return byType;
  if (typeof x === 'string' && typeof y === 'string') return Buffer.compare(Buffer.from(x), Buffer.from(y));
  if (x instanceof ObjectId && y instanceof ObjectId) return Buffer.compare(Buffer.from(x.id), Buffer.from(y.id));
  if (x instanceof Binary && y instanceof Binary)
    return x.length() - y.length() || x.sub_type - y.sub_type || Buffer.compare(x.value(), y.value());
  if (Array.isArray(x) && Array.isArray(y)) return inTurn<unknown>(x, y, naive);
  if (typeOf(x) === 'object') return inTurn(Object.entries(x as object), Object.entries(y as object), fields);
  if (Number.isNaN(x) || Number.isNaN(y)) return Number(Number.isNaN(y)) - Number(Number.isNaN(x));
  return Number(x) === Number(y) ? 0 : Number(x) - Number(y);
}

test('keys are ordered as MongoDB orders the values, upwards and downwards', () => {
  fc.assert(
    fc.property(value, value, (x, y) => {
      const [a, b] = [encodeValue(x), encodeValue(y)];
      const wanted = Math.sign(naive(x, y)) + 0;
      expect(compareKeys(a, b)).toBe(wanted);
      expect(Math.sign(compareValues(x, y)) + 0).toBe(wanted);
      expect(compareKeys(inDirection(b, -1), inDirection(a, -1))).toBe(wanted);
      // No key is the beginning of another one: what follows it in a compound key never decides.
      expect(a !== b && a.startsWith(b)).toBe(false);
    }),
    { numRuns: 5000 },
  );
});
