import { Code, Decimal128, deserialize, Long, MaxKey, ObjectId, serialize, Timestamp, type Document } from 'bson';

/** Random numbers that are the same for the same seed (mulberry32). */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  below(limit: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }
}

/** A change of a message that may leave nothing right in it. */
type Mutation = (bytes: Buffer, random: Random) => Buffer;

const OP_MSG = 2013;
const SIZES = [0, 1, 2, 4, 5, 15, 16, 17, 255, 65_536, 48_000_000, 48_000_001, 2 ** 31 - 1, -1, -5, -(2 ** 31)];
// The bson library refuses to write the last one: it is written under another name and then put right.
const HIDDEN = Buffer.from('@bsontype\0');
const NAMES = ['__proto__', 'constructor', 'prototype', 'toString', 'valueOf', 'hasOwnProperty', 'toJSON', 'then'];
const MORE_NAMES = ['length', 'toBSON', '', '.', '..', 'a..b', '$', '$where', '$db', '$ref', '$id', '0', '-1'];
const ALL_NAMES = [...NAMES, ...MORE_NAMES, '99999999999', 'x'.repeat(5000), '@bsontype', 'ă\ud7ff', '$[]', '$[a]'];
const DATABASES = ['', 'admin', 'a.b', '$external', 'x'.repeat(64), '../..', 'a/b', 'a\\b', 'a b', 'ă', '__proto__', 7];

function nested(levels: number): Document {
  let doc: Document = { end: 1 };
  for (let level = 0; level < levels; level += 1) doc = level % 2 === 0 ? { [`n${level}`]: doc } : { list: [doc] };
  return doc;
}

const polluting = JSON.parse('{"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}}}');
const SCALARS: unknown[] = [
  null,
  true,
  '',
  '$',
  '$$ROOT',
  'x'.repeat(3000),
  -1,
  -0,
  1.5,
  2 ** 31,
  2 ** 53,
  1e308,
  NaN,
  Infinity,
  -Infinity,
];
const SHAPES: unknown[] = [
  [],
  [[]],
  [null],
  Array.from({ length: 3000 }, (_, n) => n),
  {},
  { '': 1 },
  { $where: '1' },
  { $ne: { $ne: 1 } },
];
const OPERANDS: unknown[] = [
  { $in: {} },
  { $or: [] },
  { $regex: '(', $options: 'z' },
  { $elemMatch: 7 },
  { $each: 1 },
  { $set: { _id: 2 } },
];
const TRICKS: unknown[] = [
  { $ref: 'a', $id: 1, $db: 'b' },
  { toString: 1, valueOf: 1 },
  { length: -1 },
  { '@bsontype': 'ObjectId' },
];
const POLLUTION: unknown[] = [
  polluting,
  { '__proto__.polluted': 1, 'constructor.prototype.polluted': 1 },
  nested(90),
  nested(200),
];
const TYPES: unknown[] = [
  Long.MAX_VALUE,
  Long.MIN_VALUE,
  Decimal128.fromString('1E6000'),
  new Timestamp({ t: 1, i: 1 }),
  new MaxKey(),
];
const MORE_TYPES: unknown[] = [
  new Code('while (1);', { a: 1 }),
  new Date(8.64e15),
  new Date(-8.64e15),
  new ObjectId(),
  Buffer.alloc(2000),
];
const VALUES: readonly unknown[] = [
  ...SCALARS,
  ...SHAPES,
  ...OPERANDS,
  ...TRICKS,
  ...POLLUTION,
  ...TYPES,
  ...MORE_TYPES,
];

function withLength(bytes: Buffer): Buffer {
  bytes.writeInt32LE(bytes.length, 0);
  return bytes;
}

/** The body and the sequences of a message that is right. */
export function decode(bytes: Buffer): { body: Document; lists: [string, Document[]][] } {
  const options = { promoteValues: false, promoteLongs: false } as const;
  const lists: [string, Document[]][] = [];
  let body: Document = {};
  for (let at = 20; at < bytes.length;) {
    const size = bytes.readInt32LE(at + 1);
    const section = bytes.subarray(at + 1, at + 1 + size);
    const documents: Document[] = [];
    if (bytes[at] === 0) body = deserialize(section, options);
    else {
      const close = section.indexOf(0, 4);
      for (let from = close + 1; from < size; from += section.readInt32LE(from))
        documents.push(deserialize(section.subarray(from, from + section.readInt32LE(from)), options));
      lists.push([section.toString('utf8', 4, close), documents]);
    }
    at += 1 + size;
  }
  return { body, lists };
}

function documentBytes(value: unknown): Uint8Array {
  return serialize(Object.getPrototypeOf(value ?? 0) === Object.prototype ? (value as Document) : { value });
}

/** An OP_MSG with a body and sequences of documents. */
export function encode(body: Document, lists: [string, Document[]][] = [], requestId = 7): Buffer {
  const head = Buffer.alloc(20);
  head.writeInt32LE(requestId, 4);
  head.writeInt32LE(OP_MSG, 12);
  const parts = [head, Buffer.from([0]), serialize(body)];
  for (const [name, documents] of lists) {
    const section = Buffer.concat([Buffer.from(`1234${name}\0`), ...documents.map(documentBytes)]);
    section.writeInt32LE(section.length);
    parts.push(Buffer.from([1]), section);
  }
  const bytes = Buffer.concat(parts);
  for (let at = bytes.indexOf(HIDDEN); at >= 0; at = bytes.indexOf(HIDDEN)) bytes.write('_', at);
  return withLength(bytes);
}

/** Every document and list in a message, from the outside in. */
function containersOf(value: unknown): Document[] {
  const isContainer = Array.isArray(value) || Object.getPrototypeOf(value ?? 0) === Object.prototype;
  return isContainer ? [value as Document, ...Object.values(value as Document).flatMap(containersOf)] : [];
}

/** Decodes, changes one document somewhere inside, and encodes again; a new document keeps the order of the fields. */
function inDocument(change: (fields: [string, unknown][], random: Random) => void): Mutation {
  return (bytes, random) => {
    if (bytes.readInt32LE(12) !== OP_MSG) return flip(bytes, random);
    const { body, lists } = decode(bytes);
    const container = random.pick(containersOf([body, ...lists.map(([, documents]) => documents)]).slice(1));
    const fields = Object.entries(container);
    change(fields, random);
    if (Array.isArray(container)) container.splice(0, Infinity, ...fields.map(([, value]) => value));
    else {
      for (const name of Object.keys(container)) Reflect.deleteProperty(container, name);
      for (const [name, value] of fields)
        Object.defineProperty(container, name, { value, enumerable: true, configurable: true, writable: true });
    }
    return encode(body, lists);
  };
}

/** Puts hostile bytes at some places; the message's length stays right. */
function flip(bytes: Buffer, random: Random): Buffer {
  for (let left = 1 + random.below(4); left > 0; left -= 1)
    bytes[16 + random.below(bytes.length - 16)] = random.pick([0, 1, 2, 3, 4, 5, 16, 18, 127, 128, random.below(256)]);
  return bytes;
}

function spliced(bytes: Buffer, random: Random, change: (part: Buffer) => Buffer[]): Buffer {
  const from = 16 + random.below(bytes.length - 16);
  const to = from + random.below(Math.min(60, bytes.length - from)) + 1;
  return Buffer.concat([bytes.subarray(0, from), ...change(bytes.subarray(from, to)), bytes.subarray(to)]);
}

const at = (place: number, values: readonly number[]): Mutation => {
  return (bytes, random) => (bytes.writeInt32LE(random.pick(values), place), bytes);
};

const MUTATIONS: Record<string, Mutation> = {
  'changed bytes': flip,
  'a wrong length of the message': at(0, SIZES),
  'another operation': at(12, [0, 1, 2001, 2002, 2004, 2005, 2010, 2011, 2012, 2013, 2014, -1]),
  'other flags': (bytes, random) =>
    at(16, [1, 2, 3, 4, 0x8000, 0x10000, 0x10001, 1 << random.below(31)])(bytes, random),
  'another kind of section': (bytes, random) => ((bytes[20] = 1 + random.below(255)), bytes),
  'a wrong length inside': (bytes, random) =>
    at(16 + random.below(bytes.length - 20), [...SIZES, bytes.length, bytes.length - 21])(bytes, random),
  'a wrong length of the body': at(21, SIZES),
  'cut off': (bytes, random) => bytes.subarray(0, random.below(bytes.length)),
  'cut off with the length set right': (bytes, random) =>
    withLength(bytes.subarray(0, 16 + random.below(bytes.length - 16))),
  'a part left out': (bytes, random) => withLength(spliced(bytes, random, () => [])),
  'a part twice': (bytes, random) => withLength(spliced(bytes, random, (part) => [part, part])),
  'texts without an end': (bytes, random) =>
    spliced(bytes, random, (part) => [part.map((byte) => byte || 65) as Buffer]),
  'sections of itself once more': (bytes) => withLength(Buffer.concat([bytes, bytes.subarray(20)])),
  'joined with a message that is cut off': (bytes, random) =>
    Buffer.concat([bytes, flip(Buffer.from(bytes), random).subarray(0, random.below(bytes.length))]),
  'noise behind its head': (bytes, random) =>
    Buffer.concat([bytes.subarray(0, 16), bytes.subarray(16).map(() => random.below(256))]),
  'a hostile name': inDocument((fields, random) => {
    const field = random.pick(fields);
    if (field) field[0] = random.pick(ALL_NAMES);
  }),
  'a hostile value': inDocument((fields, random) => {
    const field = random.pick(fields);
    if (field) field[1] = random.pick(VALUES);
  }),
  'a hostile field more': inDocument((fields, random) => {
    fields.splice(random.below(fields.length + 1), 0, [random.pick(ALL_NAMES), random.pick(VALUES)]);
  }),
  'a value from elsewhere': inDocument((fields, random) => {
    const [one, other] = [random.pick(fields), random.pick(fields)];
    if (one && other) [one[1], other[1]] = [other[1], one[1]];
  }),
  'another database': (bytes, random) => {
    if (bytes.readInt32LE(12) !== OP_MSG) return flip(bytes, random);
    const { body, lists } = decode(bytes);
    return encode({ ...body, $db: random.pick(DATABASES) }, lists);
  },
  'another command': (bytes, random) => {
    if (bytes.readInt32LE(12) !== OP_MSG) return flip(bytes, random);
    const { body, lists } = decode(bytes);
    const [[, argument] = [], ...rest] = Object.entries(body);
    return encode(
      Object.fromEntries([[random.pick([...ALL_NAMES, 'eval', 'getMore', 'count']), argument], ...rest]),
      lists,
    );
  },
};

const names = Object.keys(MUTATIONS);
/** The names of the changes; those that leave a message which can be read come more often. */
export const mutationNames = [...names, ...names.slice(names.indexOf('a hostile name')), 'changed bytes'];

/** A message changed in one way, by numbers that come from a seed. */
export function mutate(name: string, message: Buffer, random: Random): Buffer {
  const mutation = MUTATIONS[name];
  if (!mutation) throw new Error(name);
  return mutation(Buffer.from(message), random);
}
