import type { Composition } from '../server/compose.ts';

/** What a store remembers of its first start: the day its data was made for, and whether it is a demonstration. */
export interface SeedMark {
  today: string;
  isDemo: boolean;
  isComplete: boolean;
}

type Connection = Composition['connection'];

const id = 'first-start';

/**
 * The mark that the store bears, made from what the caller wants where it bears none. It is written before anything
 * else, so that a load that was cut off goes on for the same day, and a store never becomes a demonstration later.
 */
export async function seedMark(connection: Connection, wanted: Pick<SeedMark, 'today' | 'isDemo'>): Promise<SeedMark> {
  const marks = connection.collection<SeedMark & { _id: string }>('seed');
  const found = await marks.findOne({ _id: id });
  if (found) return { today: found.today, isDemo: found.isDemo, isComplete: found.isComplete };
  const mark = { ...wanted, isComplete: false };
  await marks.insertOne({ _id: id, ...mark });
  return mark;
}

/** Notes that everything is loaded: the next start loads nothing. */
export async function completeSeed(connection: Connection): Promise<void> {
  await connection
    .collection<SeedMark & { _id: string }>('seed')
    .updateOne({ _id: id }, { $set: { isComplete: true } });
}

/** Notes that the store is no demonstration any more, or, where it is wanted again, that the next start loads a new one. */
export async function setDemoWanted(connection: Connection, isWanted: boolean): Promise<void> {
  const marks = connection.collection<SeedMark & { _id: string }>('seed');
  if (isWanted) await marks.deleteOne({ _id: id });
  else await marks.updateOne({ _id: id }, { $set: { isDemo: false } });
}
