import type { Composition } from '../server/compose.ts';
import { setDemoWanted } from './seed-mark.ts';

type Connection = Composition['connection'];

/**
 * Removes every record of the demonstration register, and whatever was written while it was loaded, for good; keys and
 * sessions of its organisations too. With `again` the next start loads it anew, for its own day. Done twice it does no
 * more, so one that was cut off is simply done again. Gives how many records went.
 */
export async function removeDemo(connection: Connection, { again }: { again: boolean }): Promise<number> {
  const names = (await connection.listCollections()).map(({ name }) => name).filter((name) => name !== 'seed');
  const fictional = await connection
    .collection<{ _id: string }>('organisations')
    .find({ demo: true }, { projection: { _id: 1 } })
    .toArray();
  const codes = fictional.map(({ _id }) => _id);
  // The keys first: they name their organisations, which are still known when this is done again.
  const counts = [await removeFrom(connection, ['keys', 'sessions'], { org: { $in: codes } })];
  counts.push(await removeFrom(connection, names, { demo: true }));
  // Sums over purchases that are gone; the next start makes those of what is left.
  for (const name of ['shareCells', 'shareState']) await connection.collection(name).deleteMany({});
  await setDemoWanted(connection, again);
  return counts.reduce((sum, count) => sum + count, 0);
}

async function removeFrom(connection: Connection, names: string[], filter: object): Promise<number> {
  let removed = 0;
  for (const name of names) removed += (await connection.collection(name).deleteMany(filter)).deletedCount;
  return removed;
}
