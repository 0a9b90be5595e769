import { createHash } from 'node:crypto';
import { connect, createServer, type Socket } from 'node:net';
import { deserialize, serialize, type Document } from 'bson';
import { MongoClient, type Db } from 'mongodb';
import { readMessages } from '../../server/embedded/wire.ts';
import { encode } from './hostile-messages.ts';

const pathOf = (uri: string) => decodeURIComponent(uri.replace(/^mongodb:\/\/|\/xanh$/g, ''));

/** The messages that a driver sends while it works, once for each command and collection. */
export async function recordMessages(
  uri: string,
  socketPath: string,
  work: (db: Db) => Promise<void>,
): Promise<Buffer[]> {
  const recorded = new Map<string, Buffer>();
  const record = async (socket: Socket) => {
    const upstream = connect(pathOf(uri));
    upstream.pipe(socket);
    for await (const bytes of readMessages(socket)) {
      const start = bytes.readInt32LE(12) === 2013 ? 21 : bytes.indexOf('$cmd\0') + 13;
      const [[name, argument] = []] = Object.entries(
        deserialize(bytes.subarray(start, start + bytes.readInt32LE(start))),
      );
      recorded.set(`${name} ${String(argument)}`, Buffer.from(bytes));
      upstream.write(bytes);
    }
  };
  const proxy = createServer((socket) => void record(socket).catch(() => socket.destroy()));
  await new Promise<void>((resolve) => proxy.listen(socketPath, resolve));
  const client = await MongoClient.connect(`mongodb://${encodeURIComponent(socketPath)}/xanh`);
  await work(client.db());
  await client.close();
  proxy.close();
  return [...recorded.values()];
}

/** The documents and indexes of a collection as one text. */
export async function fingerprint(db: Db, name: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const row of db.collection(name).find().sort({ _id: 1 })) hash.update(serialize(row));
  const indexes = await db.collection(name).indexes();
  const { valid, nrecords } = await db.command({ validate: name });
  return JSON.stringify({ hash: hash.digest('hex'), indexes, valid, nrecords });
}

const AFTER = 0x7e57_0001;
const ping = encode({ ping: 1, $db: 'xanh' }, [], AFTER);

/** The bytes with zeros behind them where the last message is not whole; undefined where it lacks more than somebody would send. */
export function completed(bytes: Buffer): Buffer | undefined {
  let at = 0;
  while (bytes.length - at >= 4) {
    const length = bytes.readInt32LE(at);
    // Nothing is read behind a length that is none.
    if (length < 16 || length > 48_000_000) return bytes;
    if (length > 100_000) return undefined;
    if (at + length > bytes.length) return Buffer.concat([bytes, Buffer.alloc(at + length - bytes.length)]);
    at += length;
  }
  return at === bytes.length ? bytes : completed(Buffer.concat([bytes, Buffer.alloc(at + 4 - bytes.length)]));
}

/** What came back: the answers before that to a ping sent behind, and whether the connection was closed instead. */
export interface Answer {
  replies: Document[];
  isClosed: boolean;
}

/** A client that sends whatever bytes it is given, one connection after another. */
export class HostileClient {
  #socket: Socket | undefined;
  readonly #path: string;

  constructor(uri: string) {
    this.#path = pathOf(uri);
  }

  /** Sends bytes and, where they are whole messages, a ping behind them; the promise is rejected where nothing comes back in time. */
  async send(bytes: Buffer, ms = 10_000): Promise<Answer> {
    const socket = (this.#socket ??= await this.#open());
    const replies: Document[] = [];
    let pending = Buffer.alloc(0);
    const isClosed = await new Promise<boolean>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('no answer, and the connection stays open')), ms);
      const end = (isOver: boolean) => {
        clearTimeout(timer);
        socket.removeAllListeners('data').removeAllListeners('close');
        resolve(isOver);
      };
      socket.once('close', () => end(true));
      socket.on('data', (chunk) => {
        pending = Buffer.concat([pending, chunk]);
        while (pending.length >= 16 && pending.length >= pending.readInt32LE(0)) {
          const message = pending.subarray(0, pending.readInt32LE(0));
          pending = pending.subarray(message.length);
          if (message.readInt32LE(8) === AFTER) return end(false);
          replies.push(deserialize(message.subarray(message.readInt32LE(12) === 1 ? 36 : 21)));
        }
      });
      socket.write(Buffer.concat([bytes, ping]));
    });
    if (isClosed) this.#socket = undefined;
    return { replies, isClosed };
  }

  /** Sends a part of a message and goes away. */
  async leave(bytes: Buffer): Promise<void> {
    const socket = (this.#socket ??= await this.#open());
    this.#socket = undefined;
    await new Promise((resolve) => socket.once('close', resolve).end(bytes));
  }

  close(): void {
    this.#socket?.destroy();
  }

  #open(): Promise<Socket> {
    return new Promise((resolve, reject) => {
      const socket = connect(this.#path, () => resolve(socket));
      socket.on('error', reject);
    });
  }
}

/** A document of the tests. */
export type Row = Document & { _id: number };

/** Documents with every kind of value, by their number. */
export function guardedRow(n: number): Row {
  const more = { list: [n, { c: `x${n}` }], bytes: Buffer.from([n]), day: new Date(n), none: null, yes: n % 2 === 0 };
  return { _id: n, a: `text ${n}`, b: n % 7, c: { d: n / 2 }, ...more };
}
