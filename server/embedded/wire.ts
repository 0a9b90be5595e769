import { deserialize, Long, serialize, type Document } from 'bson';
import { StoreError } from './errors.ts';
import type { Reply } from './request.ts';

/** One message of a client, decoded. */
export interface Message {
  requestId: number;
  opCode: number;
  body: Document;
  /** The client waits for no answer. */
  isSilent: boolean;
}

export const MAX_MESSAGE = 48_000_000;
const HEADER = 16;
const OP_REPLY = 1;
const OP_QUERY = 2004;
const OP_MSG = 2013;
const CHECKSUM = 1;
const MORE_TO_COME = 2;
const DECODE = { promoteLongs: false, bsonRegExp: true };

/** Splits a byte stream into messages. Throws 17 for a length that no message can have: the connection is then of no more use. */
export class MessageReader {
  #chunks: Buffer[] = [];
  #size = 0;

  /** Adds bytes; gives the messages that are complete now. */
  read(chunk: Buffer): Buffer[] {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    const messages: Buffer[] = [];
    for (let length = this.#nextLength(); length !== undefined && this.#size >= length; length = this.#nextLength()) {
      const all = this.#chunks.length === 1 && this.#chunks[0] ? this.#chunks[0] : Buffer.concat(this.#chunks);
      messages.push(all.subarray(0, length));
      this.#chunks = [all.subarray(length)];
      this.#size = all.length - length;
    }
    return messages;
  }

  #nextLength(): number | undefined {
    if (this.#size < 4) return undefined;
    const [first] = this.#chunks;
    if (first && first.length < 4) this.#chunks = [Buffer.concat(this.#chunks)];
    const length = this.#chunks[0]?.readInt32LE(0) ?? 0;
    if (length < HEADER || length > MAX_MESSAGE) throw new StoreError(17, `message length ${length} is out of range`);
    return length;
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

function decodeOpMsg(bytes: Buffer): { body: Document; isSilent: boolean } {
  const flags = bytes.readUInt32LE(HEADER);
  if ((flags & 0xffff & ~(CHECKSUM | MORE_TO_COME)) !== 0) throw new StoreError(17, 'unknown required flag in OP_MSG');
  const end = bytes.length - (flags & CHECKSUM ? 4 : 0);
  let body: Document | undefined;
  const lists: [name: string, documents: Document[]][] = [];
  for (let at = HEADER + 4; at < end;) {
    const kind = bytes[at];
    const size = lengthAt(bytes, at + 1, end);
    const section = bytes.subarray(at + 1, at + 1 + size);
    if (kind === 0 && !body) body = deserialize(section, DECODE);
    else if (kind === 1) lists.push(decodeSequence(section));
    else throw new StoreError(17, 'malformed sections in OP_MSG');
    at += 1 + size;
  }
  if (!body) throw new StoreError(17, 'OP_MSG without a body');
  for (const [name, documents] of lists) {
    if (name === '__proto__' || Object.hasOwn(body, name)) throw new StoreError(17, `field ${name} is sent twice`);
    body[name] = documents;
  }
  return { body, isSilent: (flags & MORE_TO_COME) !== 0 };
}

function lengthAt(bytes: Buffer, at: number, end: number): number {
  const size = at + 4 <= end ? bytes.readInt32LE(at) : 0;
  if (size < 5 || at + size > end) throw new StoreError(17, 'a length points outside the message');
  return size;
}

function decodeSequence(section: Buffer): [string, Document[]] {
  const close = section.indexOf(0, 4);
  if (close < 0) throw new StoreError(17, 'a document sequence without a name');
  const documents: Document[] = [];
  for (let at = close + 1; at < section.length;) {
    const size = lengthAt(section, at, section.length);
    documents.push(deserialize(section.subarray(at, at + size), DECODE));
    at += size;
  }
  return [section.toString('utf8', 4, close), documents];
}

// Old clients, and the first message of new ones; only a handshake comes this way.
function decodeOpQuery(bytes: Buffer): Document {
  const close = bytes.indexOf(0, HEADER + 4);
  const namespace = bytes.toString('utf8', HEADER + 4, close);
  const at = close + 9;
  if (close < 0 || !namespace.endsWith('.$cmd')) throw new StoreError(17, 'OP_QUERY is supported for commands only');
  const body = deserialize(bytes.subarray(at, at + lengthAt(bytes, at, bytes.length)), DECODE);
  const [name = ''] = Object.keys(body);
  if (!['hello', 'ismaster', 'isMaster'].includes(name))
    throw new StoreError(17, `OP_QUERY is not supported for ${name}`);
  return { ...body, $db: namespace.slice(0, -'.$cmd'.length) };
}

/** Encodes the answer to a message. */
export function encodeReply({ requestId, opCode }: Pick<Message, 'requestId' | 'opCode'>, reply: Reply): Buffer {
  const isMessage = opCode !== OP_QUERY;
  const body = encodeBody(reply);
  const head = Buffer.alloc(HEADER + (isMessage ? 5 : 20));
  head.writeInt32LE(head.length + body.length, 0);
  head.writeInt32LE(requestId, 8);
  head.writeInt32LE(isMessage ? OP_MSG : OP_REPLY, 12);
  // OP_REPLY: flags "await capable", cursor 0, from 0, one document.
  if (!isMessage) {
    head.writeInt32LE(8, HEADER);
    head.writeInt32LE(1, HEADER + 16);
  }
  return Buffer.concat([head, body]);
}

function encodeBody({ fields, batch }: Reply): Buffer {
  const rest = Buffer.from(serialize(fields));
  if (!batch) return rest;
  const list = encodeDocumentList(batch.documents);
  const tail = Buffer.from(serialize({ id: Long.fromBigInt(batch.id), ns: batch.namespace })).subarray(4);
  const cursor = withLength([element(4, batch.name), list, tail]);
  return withLength([element(3, 'cursor'), cursor, rest.subarray(4)]);
}

/** A BSON array of documents that are encoded already. */
function encodeDocumentList(documents: Buffer[]): Buffer {
  const parts = documents.flatMap((document, i) => [element(3, String(i)), document]);
  return withLength([...parts, Buffer.from([0])]);
}

function element(type: number, name: string): Buffer {
  return Buffer.concat([Buffer.from([type]), Buffer.from(name), Buffer.from([0])]);
}

function withLength(parts: Buffer[]): Buffer {
  const length = Buffer.alloc(4);
  length.writeInt32LE(
    parts.reduce((sum, part) => sum + part.length, 4),
    0,
  );
  return Buffer.concat([length, ...parts]);
}
