import { statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { cleanUp, newFolder, startChild, withClient } from '../store/child-process.ts';
import { rewrite } from '../store/file-growth.ts';

afterAll(cleanUp);

test('the file is after 300,000 rewrites of 2,000 documents as large as after 100,000', async () => {
  const folder = newFolder();
  const uri = (await startChild(folder).ready).split(' ')[2] ?? '';
  const size = () => statSync(join(folder, 'store', 'data.mdb')).size;
  await withClient(uri, async (client) => {
    await rewrite(client.db(), 100_000);
    const early = size();
    await rewrite(client.db(), 200_000);
    process.stdout.write(`${early} bytes after 100,000, ${size()} after 300,000\n`);
    expect(size() / early).toBeLessThan(1.2);
    expect(await client.db().command({ validate: 'rows' })).toMatchObject({ valid: true, nrecords: 2000 });
  });
}, 600_000);
