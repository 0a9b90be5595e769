import { afterEach, expect, jest, test } from '@jest/globals';
import { findRunningStore, startEmbeddedStore } from '../../server/embedded/start.ts';
import { cleanUp, kill, newFolder, startChild, withClient } from '../store/child-process.ts';

jest.setTimeout(120_000);
afterEach(cleanUp);

test('ends with exactly one engine when four processes start at once on a folder that a dead one left', async () => {
  const folder = newFolder();
  for (let round = 0; round < 2; round += 1) {
    const racers = Array.from({ length: 4 }, () => startChild(folder));
    const lines = await Promise.all(racers.map(({ ready }) => ready));
    const uri = lines[0]?.split(' ')[2] ?? '';
    expect(new Set(lines.map((line) => line.split(' ')[2])).size).toBe(1);
    await withClient(uri, async (client) => {
      await client.db().collection('rounds').insertOne({ round });
      expect(await client.db().collection('rounds').countDocuments()).toBe(round + 1);
    });
    // Only the owner's death takes the engine away.
    let owners = 0;
    for (const racer of racers) {
      const wasRunning = (await findRunningStore(folder)) !== null;
      await kill(racer);
      if (wasRunning && (await findRunningStore(folder)) === null) owners += 1;
    }
    expect(owners).toBe(1);
  }
});

test('leaves no half-built index when its process is killed while it builds one', async () => {
  const folder = newFolder();
  const child = startChild(folder, 'build');
  await child.ready;
  while (!child.lines.includes('building')) await new Promise((resolve) => setTimeout(resolve, 5));
  await kill(child);
  const store = await startEmbeddedStore(folder);
  await withClient(store.uri, async (client) => {
    const collection = client.db().collection('built');
    expect(await collection.countDocuments({ n: { $gte: 0 } })).toBe(20_000);
    await collection.createIndex({ n: 1 });
    expect(await client.db().command({ validate: 'built' })).toMatchObject({ valid: true, nrecords: 20_000 });
  });
  await store.close();
});
