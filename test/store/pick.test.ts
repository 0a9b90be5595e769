import { describe, expect, test } from '@jest/globals';
import { Binary, deserialize, ObjectId, serialize } from 'bson';
import * as fc from 'fast-check';
import { fieldsIn, namesOf, pick } from '../../server/embedded/pick.ts';

const names = ['_id', 'a', 'b', 'tên', 'a.b', '$x'];
const values = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.integer(),
  fc.double({ noNaN: true }),
  fc.boolean(),
  fc.constant(null),
  fc.date({ noInvalidDate: true }),
  fc.constant(new ObjectId('0123456789abcdef01234567')),
  fc.constant(new Binary(Buffer.from([0, 1, 0, 255]))),
  fc.array(fc.oneof(fc.string(), fc.integer(), fc.record({ a: fc.string() }))),
  fc.record({ a: fc.integer(), b: fc.record({ a: fc.string() }) }),
);
const documents = fc.uniqueArray(fc.tuple(fc.constantFrom(...names), values), { selector: ([name]) => name });

describe('fields picked out of bytes', () => {
  test('are those of the document made without the others, in their order', () => {
    fc.assert(
      fc.property(documents, fc.subarray(names), (fields, wanted) => {
        const stored = Buffer.from(serialize(Object.fromEntries(fields)));
        const naive = Object.fromEntries(fields.filter(([name]) => wanted.includes(name)));
        const picked = pick(stored, namesOf(wanted));
        expect(picked.equals(Buffer.from(serialize(naive)))).toBe(true);
        expect(Object.keys(deserialize(picked))).toEqual(Object.keys(naive));
      }),
    );
  });

  test('of a filter are those that it begins a path with, also within branches', () => {
    const filter = { 'a.b.0': 1, $and: [{ b: { $gt: 1 } }, { $or: [{ 'c.d': null }, { $nor: [{ e: 'x' }] }] }] };
    expect(fieldsIn(filter)).toEqual(['a', 'b', 'c', 'e']);
    expect(fieldsIn({})).toEqual([]);
  });
});
