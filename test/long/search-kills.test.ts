import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Product } from '../../schemas/types.d.ts';
import { startServer, xanh, type RunningServer } from '../support/server.ts';

const kills = 50;
const writers = 6;

/** Half of the kills hit the server that owns store and index, half one beside it, whose writes the other must take up. */
describe('kill -9 between store and index', () => {
  let folder: string;
  let environment: Record<string, string>;
  let operator: string;
  let answered = 0;
  const verdicts: string[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'xanh-search-kills-'));
    environment = { XANH_DATA: folder, XANH_DEMO: '0' };
    const server = await startServer(environment);
    operator = await xanh(['key', 'create', '--role', 'operator'], environment);
    await send(server, 'POST', 'organisations', {
      code: 'T-SUPPLIER',
      kind: 'supplier',
      name: { vi: 'Nhà cung cấp (hư cấu)' },
    });
    await server.end('SIGTERM');
  }, 120_000);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it(`leaves an index that equals the store after two seconds, ${kills} times`, async () => {
    let owner = await startServer(environment);
    for (let kill = 0; kill < kills; kill++) {
      const victim = kill % 2 === 0 ? owner : await startServer(environment);
      const work = Promise.all(Array.from({ length: writers }, () => writeUntilDead(victim)));
      await pause(200 + Math.random() * 800);
      await victim.end('SIGKILL');
      await work;
      if (victim === owner) owner = await startServer(environment);
      await pause(2000);
      // It fails where one differs, and says which.
      verdicts.push(await xanh(['search', 'verify'], environment));
    }
    await owner.end('SIGTERM');
    expect(verdicts).toHaveLength(kills);
    for (const verdict of verdicts)
      expect(verdict).toMatch(/nothing waits; every product is indexed as the store has it$/);
    expect(answered).toBeGreaterThan(kills);
    console.log(`${kills} kills, ${answered} answered writes; at the end: ${verdicts.at(-1)}`);
  }, 1_500_000);

  async function writeUntilDead(server: RunningServer): Promise<void> {
    try {
      for (;;) {
        const model = `K${Math.random().toString(36).slice(2, 10)}`;
        const product = {
          kind: 'good',
          name: { vi: `Giấy ${model} (hư cấu)` },
          brand: 'Mẫu',
          model,
          group: 'office-paper',
          supplier: 'T-SUPPLIER',
        };
        const { id, revision } = await send(server, 'POST', 'products', product);
        answered += 1;
        await send(server, 'PATCH', `products/${id}`, { name: { vi: `Giấy in ${model} (hư cấu)` } }, revision);
        answered += 1;
      }
    } catch (error) {
      // The connection breaks when the server is killed; an answer that was given says that the write is kept.
      if (error instanceof RangeError) throw error;
    }
  }

  async function send(
    { address }: RunningServer,
    method: string,
    path: string,
    body: object,
    revision?: number,
  ): Promise<Product> {
    const answer = await fetch(`${address}/api/${path}`, {
      method,
      headers: {
        Authorization: `Bearer ${operator}`,
        'Content-Type': 'application/json',
        ...(revision !== undefined && { 'If-Match': `"${revision}"` }),
      },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new RangeError(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as Product;
  }
});

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
