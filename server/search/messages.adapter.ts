import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import type { Collection, Connection } from 'mongoose';
import type { IndexMessages, Message } from './port.ts';

interface MessageDocument {
  _id: string;
  by: string;
  at: Date;
  message: Message;
}

interface Leader {
  _id: 'leader';
  by: string;
  until: Date;
}

type Messages = Collection<MessageDocument>;

const keptMs = 3_600_000;
/** Machines' clocks may differ by so much, and a message may become visible so late. */
const overlapMs = 10_000;
const leaseMs = 30_000;
const isTaken = 11000;

/** The messages between the processes over one store. */
export async function openMessages(connection: Connection): Promise<IndexMessages> {
  const messages = connection.collection<MessageDocument>('searchMessages');
  await messages.createIndexes([{ key: { at: 1 } }]);
  const by = `${hostname()} ${process.pid} ${randomBytes(3).toString('hex')}`;
  return {
    by,
    send: sender(messages, by),
    hear: hearer(messages, by),
    lead: () => lead(connection.collection<Leader>('searchLeader'), by),
  };
}

function sender(messages: Messages, by: string): IndexMessages['send'] {
  let cleanedAt = 0;
  return async (message) => {
    const now = Date.now();
    const _id = randomBytes(12).toString('hex');
    await messages.insertOne({ _id, by, at: new Date(now), message });
    if (now - cleanedAt > overlapMs) {
      cleanedAt = now;
      await messages.deleteMany({ at: { $lt: new Date(now - keptMs) } });
    }
    return _id;
  };
}

function hearer(messages: Messages, by: string): IndexMessages['hear'] {
  const seen = new Map<string, number>();
  let heardAt = Date.now();
  return async () => {
    const [now, since] = [Date.now(), heardAt - overlapMs];
    const isTooLate = now - heardAt > keptMs / 2;
    const found = await messages
      .find({ at: { $gt: new Date(since) }, by: { $ne: by } })
      .sort({ at: 1 })
      .toArray();
    const fresh = found.filter(({ _id }) => !seen.has(_id));
    for (const [id, at] of seen) if (at <= since) seen.delete(id);
    for (const { _id, at } of fresh) seen.set(_id, at.getTime());
    heardAt = now;
    return isTooLate ? null : fresh.map(({ _id, by: from, message }) => ({ id: _id, from, message }));
  };
}

async function lead(leaders: Collection<Leader>, by: string): Promise<boolean> {
  const now = Date.now();
  const isFree = { until: { $lt: new Date(now) } };
  const mine = { by, until: new Date(now + leaseMs) };
  try {
    await leaders.updateOne({ _id: 'leader', $or: [{ by }, isFree] }, { $set: mine }, { upsert: true });
    return true;
  } catch (error) {
    if ((error as { code?: number }).code === isTaken) return false;
    throw error;
  }
}
