import { connect, type Socket } from 'node:net';
import { expect, test } from '@jest/globals';
import { serialize } from 'bson';
import type { Document } from 'mongodb';
import { useStore } from './support.ts';

const store = useStore();

function open(): Promise<Socket> {
  const path = decodeURIComponent(store.uri.replace(/^mongodb:\/\/|\/xanh$/g, ''));
  return new Promise((resolve, reject) => {
    const socket = connect(path, () => resolve(socket));
    socket.once('error', reject);
  });
}

function header(length: number, opCode: number): Buffer {
  const bytes = Buffer.alloc(16);
  bytes.writeInt32LE(length, 0);
  bytes.writeInt32LE(7, 4);
  bytes.writeInt32LE(opCode, 12);
  return bytes;
}

/** An OP_MSG with a body and, as drivers send it, a sequence of documents. */
function opMsg(body: Document, documents: Document[] = [], flags = 0): Buffer {
  const name = Buffer.from('documents\0');
  const encoded = Buffer.concat(documents.map((document) => serialize(document)));
  const size = Buffer.alloc(4);
  size.writeInt32LE(4 + name.length + encoded.length);
  const sequence = documents.length > 0 ? [Buffer.from([1]), size, name, encoded] : [];
  const flagBits = Buffer.alloc(4);
  flagBits.writeUInt32LE(flags);
  const checksum = flags & 1 ? [Buffer.alloc(4)] : [];
  const rest = Buffer.concat([flagBits, Buffer.from([0]), serialize(body), ...sequence, ...checksum]);
  return Buffer.concat([header(16 + rest.length, 2013), rest]);
}

/** What comes back within a moment: bytes, and whether the server closed the connection. */
function exchange(socket: Socket, bytes: Buffer, wait: number): Promise<{ answer: Buffer; isClosed: boolean }> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const done = (isClosed: boolean) => {
      clearTimeout(timer);
      socket.destroy();
      resolve({ answer: Buffer.concat(chunks), isClosed });
    };
    const timer = setTimeout(() => done(false), wait);
    socket.on('data', (chunk) => {
      chunks.push(chunk);
      const all = Buffer.concat(chunks);
      if (all.length >= 16 && all.length >= all.readInt32LE(0)) done(false);
    });
    socket.on('error', () => done(true));
    socket.on('close', () => done(true));
    socket.write(bytes);
  });
}

test.each<[string, Buffer]>([
  ['a length of zero', header(0, 2013)],
  ['a negative length', header(-1, 2013)],
  ['a length over 48 MB', header(48_000_001, 2013)],
  ['an unknown operation', Buffer.concat([header(20, 2999), Buffer.alloc(4)])],
  ['compressed messages', Buffer.concat([header(20, 2012), Buffer.alloc(4)])],
])('closes the connection for %s', async (_, bytes) => {
  const socket = await open();
  const closed = new Promise((resolve) => socket.once('close', () => resolve('closed')));
  socket.on('error', () => undefined);
  socket.write(bytes);
  socket.resume();
  expect(await closed).toBe('closed');
});

test('survives documents nested a hundred thousand levels deep', async () => {
  const levels = 100_000;
  const head = Buffer.from([3, 97, 0]);
  const parts: Buffer[] = [];
  for (let level = levels; level > 0; level -= 1) {
    const size = Buffer.alloc(4);
    size.writeInt32LE(5 + (level - 1) * 8);
    parts.push(size, ...(level > 1 ? [head] : []));
  }
  const nested = Buffer.concat([...parts, Buffer.alloc(levels)]);
  const name = Buffer.from('documents\0');
  const size = Buffer.alloc(4);
  size.writeInt32LE(4 + name.length + nested.length);
  const body = serialize({ insert: 'hostile', $db: 'xanh' });
  const rest = Buffer.concat([Buffer.alloc(4), Buffer.from([0]), body, Buffer.from([1]), size, name, nested]);
  const { answer } = await exchange(await open(), Buffer.concat([header(16 + rest.length, 2013), rest]), 20_000);
  expect(answer.length).toBeGreaterThan(20);
  expect(await store.db.command({ ping: 1 })).toEqual({ ok: 1 });
});

test('takes a handshake by OP_QUERY, checksums, and bytes that come one by one', async () => {
  const query = serialize({ isMaster: 1, helloOk: true });
  const rest = Buffer.concat([
    Buffer.alloc(4),
    Buffer.from('admin.$cmd\0'),
    Buffer.alloc(4),
    Buffer.from([255, 255, 255, 255]),
    query,
  ]);
  const { answer } = await exchange(await open(), Buffer.concat([header(16 + rest.length, 2004), rest]), 5000);
  expect(answer.readInt32LE(12)).toBe(1);
  expect(answer.includes('ismaster')).toBe(true);
  expect((await exchange(await open(), opMsg({ ping: 1, $db: 'xanh' }, [], 1), 5000)).answer.length).toBeGreaterThan(
    20,
  );
  const socket = await open();
  const ping = opMsg({ ping: 1, $db: 'xanh' });
  for (const byte of ping.subarray(0, -1)) {
    socket.write(Buffer.from([byte]));
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect((await exchange(socket, ping.subarray(-1), 5000)).answer.length).toBeGreaterThan(20);
});

test('does unacknowledged writes without an answer', async () => {
  const collection = await store.collection();
  await collection.insertOne({ a: 1 }, { writeConcern: { w: 0 } });
  for (let tries = 0; (await collection.countDocuments()) === 0 && tries < 100; tries += 1)
    await new Promise((resolve) => setTimeout(resolve, 20));
  expect(await collection.countDocuments()).toBe(1);
});
