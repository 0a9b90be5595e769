import { deserialize, serialize } from 'bson';
import { ensure, StoreError } from './errors.ts';
import type { Doc } from './values.ts';

/** One message of a client, decoded. */
export interface Message {
  requestId: number;
  opCode: number;
  body: Doc;
  /** The client waits for no answer. */
  isSilent: boolean;
}

export const MAX_MESSAGE = 48_000_000;
const HEADER = 16;
const [OP_REPLY, OP_QUERY, OP_MSG] = [1, 2004, 2013];
const [CHECKSUM, MORE_TO_COME] = [1, 2];
const DECODE = { promoteLongs: false, bsonRegExp: true };

/** Splits a stream of bytes into messages. Throws 17 for a length that no message can have: the connection is then of no more use. */
export async function* readMessages(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let pending: Buffer[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    pending.push(chunk);
    for (size += chunk.length; size >= 4;) {
      // Joined only when a message is complete: a long one comes in thousands of chunks.
      if ((pending[0]?.length ?? 0) < 4) pending = [Buffer.concat(pending)];
      const length = pending[0]?.readInt32LE(0) ?? 0;
      ensure(length >= HEADER && length <= MAX_MESSAGE, 17, `message length ${length} is out of range`);
      if (size < length) break;
      const [first] = pending;
      const all = first && pending.length === 1 ? first : Buffer.concat(pending);
      pending = [all.subarray(length)];
      size -= length;
      yield all.subarray(0, length);
    }
  }
}

/** Decodes a whole message. Throws (17 or bson's own error) for anything malformed. */
export function decodeMessage(bytes: Buffer): Message {
  const requestId = bytes.readInt32LE(4);
  const opCode = bytes.readInt32LE(12);
  if (opCode === OP_MSG) return { requestId, opCode, ...decodeOpMsg(bytes) };
  if (opCode === OP_QUERY) return { requestId, opCode, body: decodeOpQuery(bytes), isSilent: false };
  throw new StoreError(17, `opcode ${opCode} is not supported`);
}

function decodeOpMsg(bytes: Buffer): { body: Doc; isSilent: boolean } {
  const flags = bytes.readUInt32LE(HEADER);
  ensure((flags & 0xffff & ~(CHECKSUM | MORE_TO_COME)) === 0, 17, 'unknown required flag in OP_MSG');
  const end = bytes.length - (flags & CHECKSUM ? 4 : 0);
  let body: Doc | undefined;
  const lists: [name: string, documents: Doc[]][] = [];
  for (let at = HEADER + 4; at < end;) {
    const kind = bytes[at];
    const size = lengthAt(bytes, at + 1, end);
    const section = bytes.subarray(at + 1, at + 1 + size);
    if (kind === 0 && !body) body = deserialize(section, DECODE);
    else if (kind === 1) lists.push(decodeSequence(section));
    else throw new StoreError(17, 'malformed sections in OP_MSG');
    at += 1 + size;
  }
  ensure(body, 17, 'OP_MSG without a body');
  for (const [name, documents] of lists) {
    ensure(name !== '__proto__' && !Object.hasOwn(body, name), 17, `field ${name} is sent twice`);
    body[name] = documents;
  }
  return { body, isSilent: (flags & MORE_TO_COME) !== 0 };
}

function lengthAt(bytes: Buffer, at: number, end: number): number {
  const size = at + 4 <= end ? bytes.readInt32LE(at) : 0;
  ensure(size >= 5 && at + size <= end, 17, 'a length points outside the message');
  return size;
}

function decodeSequence(section: Buffer): [string, Doc[]] {
  const close = section.indexOf(0, 4);
  ensure(close >= 0, 17, 'a document sequence without a name');
  const documents: Doc[] = [];
  for (let at = close + 1; at < section.length;) {
    const size = lengthAt(section, at, section.length);
    documents.push(deserialize(section.subarray(at, at + size), DECODE));
    at += size;
  }
  return [section.toString('utf8', 4, close), documents];
}

// Old clients, and the first message of new ones; only a handshake comes this way.
function decodeOpQuery(bytes: Buffer): Doc {
  const close = bytes.indexOf(0, HEADER + 4);
  const namespace = bytes.toString('utf8', HEADER + 4, close);
  const at = close + 9;
  ensure(close >= 0 && namespace.endsWith('.$cmd'), 17, 'OP_QUERY is supported for commands only');
  const body = deserialize(bytes.subarray(at, at + lengthAt(bytes, at, bytes.length)), DECODE);
  const [name = ''] = Object.keys(body);
  ensure(['hello', 'ismaster', 'isMaster'].includes(name), 17, `OP_QUERY is not supported for ${name}`);
  return { ...body, $db: namespace.slice(0, -'.$cmd'.length) };
}

/** Encodes the answer to a message. The documents of a cursor's batch are bytes already: those that are stored go out as they are. */
export function encodeReply({ requestId, opCode }: Pick<Message, 'requestId' | 'opCode'>, reply: Doc): Buffer {
  const parts = encodeBody(reply);
  const isMessage = opCode !== OP_QUERY;
  const head = Buffer.alloc(HEADER + (isMessage ? 5 : 20));
  head.writeInt32LE(head.length + sizeOf(parts), 0);
  head.writeInt32LE(requestId, 8);
  head.writeInt32LE(isMessage ? OP_MSG : OP_REPLY, 12);
  // OP_REPLY: flags "await capable", cursor 0, from 0, one document.
  if (!isMessage) {
    head.writeInt32LE(8, HEADER);
    head.writeInt32LE(1, HEADER + 16);
  }
  return Buffer.concat([head, ...parts]);
}

/** Parts that stand one after the other: long ones are copied once, into the message. */
type Parts = Uint8Array[];

function encodeBody(reply: Doc): Parts {
  const { cursor, ...others } = reply as { cursor?: Record<string, Uint8Array[]> };
  const name = ['firstBatch', 'nextBatch'].find((batch) => cursor?.[batch]);
  if (!cursor || !name) return [serialize(reply, { ignoreUndefined: true })];
  const { [name]: documents = [], ...rest } = cursor;
  const array = documents.flatMap((document, at) => [Buffer.from(`\x03${at}\0`), document]);
  return enclosed('\x03cursor\0', enclosed(`\x04${name}\0`, framed([...array, Buffer.of(0)]), rest), others);
}

/** A document whose first element, of a type and name, is encoded already. */
function enclosed(head: string, value: Parts, others: Doc): Parts {
  return framed([Buffer.from(head), ...value, serialize(others, { ignoreUndefined: true }).subarray(4)]);
}

/** The parts of a document behind its length. */
function framed(parts: Parts): Parts {
  const length = Buffer.alloc(4);
  length.writeInt32LE(sizeOf(parts) + length.length);
  return [length, ...parts];
}

function sizeOf(parts: Parts): number {
  return parts.reduce((sum, part) => sum + part.length, 0);
}
