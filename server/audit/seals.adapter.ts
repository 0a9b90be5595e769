import { randomBytes } from 'node:crypto';
import type { Connection } from 'mongoose';
import type { SealQuery } from '../../schemas/types.d.ts';
import type { Page } from '../core/records.ts';
import type { Chunk, SealStore, StoredSeal } from './port.ts';
import type { Seal } from './seal.rules.ts';

type SealDocument = Omit<StoredSeal, 'number'> & { _id: number };
interface ChunkDocument extends Chunk {
  /** The attempt to seal that wrote it, and which of its chunks it is. */
  _id: string;
  seal: number;
}

type Collections = ReturnType<typeof collectionsOf>;

const batchSize = 200;
const firstChunk = 100_000;

/** The seals and their leaves. */
export async function openSeals(connection: Connection): Promise<SealStore> {
  const collections = collectionsOf(connection);
  const { seals, chunks } = collections;
  await seals.createIndexes([{ key: { day: 1 } }]);
  await chunks.createIndexes([{ key: { seal: 1 } }]);
  return {
    async *seals() {
      for await (const document of seals.find({}, { batchSize }).sort({ _id: 1 })) yield sealOf(document);
    },
    async sealsOf(days) {
      return (
        await seals
          .find({ day: { $in: days } })
          .sort({ _id: 1 })
          .toArray()
      ).map(sealOf);
    },
    sealPage: (query) => sealPage(collections, query),
    async lastSeal() {
      const [last] = await seals.find().sort({ _id: -1 }).limit(1).toArray();
      return last ? sealOf(last) : null;
    },
    async *chunks(leavesAt) {
      for await (const { first, leaves } of chunks.find(within(leavesAt), { batchSize: 4 }).sort({ _id: 1 }))
        yield { first, leaves };
    },
    async chunkAround(leavesAt, place) {
      const [found] = await chunks
        .find({ ...within(leavesAt), first: { $lte: place } })
        .sort({ _id: -1 })
        .limit(1)
        .toArray();
      return found ? { first: found.first, leaves: found.leaves } : null;
    },
    keep: (seal, made) => keep(collections, seal, made),
  };
}

function collectionsOf(connection: Connection) {
  return {
    seals: connection.collection<SealDocument>('seals'),
    chunks: connection.collection<ChunkDocument>('sealLeaves'),
  };
}

async function sealPage({ seals }: Collections, { from, to, limit, cursor }: SealQuery): Promise<Page<StoredSeal>> {
  const day = { ...(from !== undefined && { $gte: from }), ...(to !== undefined && { $lte: to }) };
  const filter = Object.keys(day).length > 0 ? { day } : {};
  const before = cursor === undefined ? undefined : Number(Buffer.from(cursor, 'base64url').toString());
  const behind = Number.isSafeInteger(before) ? { _id: { $lt: before! } } : {};
  const found = await seals
    .find({ ...filter, ...behind })
    .sort({ _id: -1 })
    .limit(limit + 1)
    .toArray();
  const items = found.slice(0, limit).map(sealOf);
  const last = found.length > limit ? items.at(-1) : undefined;
  return {
    items,
    total: await seals.countDocuments(filter),
    next: last ? Buffer.from(String(last.number)).toString('base64url') : null,
  };
}

async function keep({ seals, chunks }: Collections, seal: Seal, made: Chunk[]): Promise<boolean> {
  const attempt = randomBytes(12).toString('hex');
  for (const [at, chunk] of made.entries())
    await chunks.insertOne({ _id: `${attempt}.${firstChunk + at}`, seal: seal.number, ...chunk });
  const { number, ...rest } = seal;
  try {
    await seals.insertOne({ _id: number, ...rest, leavesAt: attempt });
  } catch (error) {
    if ((error as { code?: number }).code !== 11000) throw error;
    await chunks.deleteMany(within(attempt));
    return false;
  }
  // What an attempt that was cut off, or that lost, has left.
  await chunks.deleteMany({ seal: number, $nor: [within(attempt)] });
  return true;
}

function sealOf({ _id, ...rest }: SealDocument): StoredSeal {
  return { number: _id, ...rest };
}

function within(attempt: string): { _id: { $gt: string; $lt: string } } {
  return { _id: { $gt: `${attempt}.`, $lt: `${attempt}/` } };
}
