import type { Composition } from '../server/compose.ts';
import { unsealed } from '../server/core/model.ts';
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
  const counts = [await removeFrom(connection, ['apiKeys', 'sessions', 'memberships'], { org: { $in: codes } })];
  counts.push(await removeFrom(connection, names, { demo: true }));
  // Sums over purchases that are gone; the next start makes those of what is left.
  for (const name of ['shareCells', 'shareState']) await connection.collection(name).deleteMany({});
  // Files that no record names any more; the server sweeps away those that wait.
  const files = connection.collection('evidenceFiles.files');
  await files.updateMany({}, { $set: { 'metadata.pendingSince': '' } });
  await forgetSeals(connection, names);
  await setDemoWanted(connection, again);
  return counts.reduce((sum, count) => sum + count, 0);
}

/** The seals over records that are gone; what is left waits to be sealed anew, from its first entry on. */
async function forgetSeals(connection: Connection, names: string[]): Promise<void> {
  if ((await connection.collection('seals').countDocuments()) === 0) return;
  for (const name of names) {
    const records = connection.collection<{ _id: string; history: { at: string }[] }>(name);
    for await (const { _id, history } of records.find({ 'history.at': { $exists: true } }))
      await records.updateOne({ _id }, { $set: { [unsealed]: history[0]?.at } });
  }
  for (const name of ['sealLeaves', 'seals']) await connection.collection(name).deleteMany({});
}

async function removeFrom(connection: Connection, names: string[], filter: object): Promise<number> {
  let removed = 0;
  for (const name of names) removed += (await connection.collection(name).deleteMany(filter)).deletedCount;
  return removed;
}
