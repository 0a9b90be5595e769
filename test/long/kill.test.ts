import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Product, Purchase, SearchResult } from '../../schemas/types.d.ts';
import { startServer, xanh, type RunningServer } from '../support/server.ts';

const rounds = 10;
const writers = 8;

/** Writes that were answered, by what was asked: the id that the answer gave. */
interface Answered {
  products: Map<string, string>;
  purchases: Map<string, string>;
}

describe('kill -9 during concurrent writes', () => {
  let folder: string;
  let environment: Record<string, string>;
  let operator: string;
  let officer: string;
  const answered: Answered = { products: new Map(), purchases: new Map() };
  let asked = 0;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'xanh-kill-'));
    environment = { XANH_DATA: folder, XANH_DEMO: '0' };
    const server = await startServer(environment);
    operator = await xanh(['key', 'create', '--role', 'operator'], environment);
    officer = await xanh(['key', 'create', '--role', 'officer', '--org', 'BTC'], environment);
    await post(server, 'organisations', {
      key: operator,
      body: { code: 'T-SUPPLIER', kind: 'supplier', name: { vi: 'Nhà cung cấp (hư cấu)' } },
    });
    await server.end('SIGKILL');
  }, 120_000);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it(`keeps every answered write, once, in ${rounds} rounds, and the search index agrees`, async () => {
    for (let round = 0; round < rounds; round++) {
      const server = await startServer(environment);
      const work = Promise.all(Array.from({ length: writers }, () => writeUntilDead(server)));
      await new Promise((resolve) => setTimeout(resolve, 300 + Math.random() * 1200));
      await server.end('SIGKILL');
      await work;
    }
    const server = await startServer(environment);
    await expectAll(server);
    await server.end('SIGTERM');
    console.log(
      `${rounds} kills, ${asked} writes asked, ${answered.products.size} products and ${answered.purchases.size} purchases answered, all there, once`,
    );
  }, 300_000);

  async function writeUntilDead(server: RunningServer): Promise<void> {
    try {
      for (;;) {
        const name = `W${++asked}`;
        const product = {
          kind: 'good',
          name: { vi: `Giấy ${name} (hư cấu)` },
          brand: 'Mẫu',
          model: name,
          group: 'office-paper',
          supplier: 'T-SUPPLIER',
        };
        const { id } = (await post(server, 'products', { key: operator, body: product })) as Product;
        answered.products.set(name, id);
        const lines = [{ description: name, product: id, quantity: '1', unit: 'RM', amountNet: '1000' }];
        const purchase = {
          agency: 'BTC',
          reference: name,
          method: 'direct',
          basisDate: '2026-01-15',
          supplier: { code: 'T-SUPPLIER' },
          lines,
        };
        answered.purchases.set(
          name,
          ((await post(server, 'purchases', { key: officer, body: purchase })) as Purchase).id,
        );
      }
    } catch (error) {
      // The connection breaks when the server is killed; an answer that was given says that the write is kept.
      if (error instanceof RangeError) throw error;
    }
  }

  async function expectAll(server: RunningServer): Promise<void> {
    const stored = await all<Purchase>(server, 'purchases', officer);
    const byReference = group(stored);
    for (const [name, id] of answered.purchases)
      expect([name, byReference.get(name)?.map((purchase) => purchase.id)]).toEqual([name, [id]]);
    expect([...byReference.values()].every((same) => same.length === 1)).toBe(true);
    await new Promise((resolve) => setTimeout(resolve, 2000));
    for (const [name, id] of answered.products) {
      expect((await get(server, `products/${id}`)) as Product).toMatchObject({ model: name });
      const found = (await get(server, `products?q=${name}`)) as SearchResult;
      expect([name, found.items[0]?.id]).toEqual([name, id]);
    }
    expect(answered.products.size).toBeGreaterThan(rounds);
  }
});

function group(purchases: Purchase[]): Map<string, Purchase[]> {
  const groups = new Map<string, Purchase[]>();
  for (const purchase of purchases)
    groups.set(purchase.reference, [...(groups.get(purchase.reference) ?? []), purchase]);
  return groups;
}

async function post(
  server: RunningServer,
  path: string,
  { key, body }: { key: string; body: object },
): Promise<unknown> {
  const answer = await fetch(`${server.address}/api/${path}`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (answer.status !== 201) throw new RangeError(`${path}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

async function get(server: RunningServer, path: string, key?: string): Promise<unknown> {
  const answer = await fetch(
    `${server.address}/api/${path}`,
    key ? { headers: { Authorization: `Bearer ${key}` } } : {},
  );
  expect(answer.status).toBe(200);
  return answer.json();
}

async function all<T>(server: RunningServer, path: string, key: string): Promise<T[]> {
  const items: T[] = [];
  let cursor = '';
  do {
    const page = (await get(server, `${path}?limit=100${cursor && `&cursor=${cursor}`}`, key)) as {
      items: T[];
      next: string | null;
    };
    items.push(...page.items);
    cursor = page.next ?? '';
  } while (cursor);
  return items;
}
