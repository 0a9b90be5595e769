import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SearchResult } from '../../schemas/types.d.ts';
import { insertCatalogue } from '../../bench/catalogue.ts';
import { startTestApp, type TestApp } from '../support/app.ts';

const [products, clients, rebuilds] = [20_000, 20, 2];
const queries = ['q=giấy', 'q=may', 'kind=good&facets=group', 'q=BX000777', 'q=den led&sort=name'];

describe(`a rebuild of ${products} products`, () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
    await insertCatalogue(app.connection, products);
    await app.services.search.rebuild();
  }, 300_000);
  afterAll(() => app.close());

  it(`is seen by none of ${clients} who search meanwhile`, async () => {
    const totalOf = async (query: string): Promise<number> => {
      const { body, status } = await app.anyone.get(encodeURI(`/api/products?${query}`));
      expect([query, status]).toEqual([query, 200]);
      const { items, total, degraded } = body as SearchResult;
      expect([query, items.length > 0, degraded ?? false]).toEqual([query, true, false]);
      return total;
    };
    const wanted = new Map<string, number>();
    for (const query of queries) wanted.set(query, await totalOf(query));
    const rebuilt = new AbortController();
    let answers = 0;
    const searching = Array.from({ length: clients }, async (_, client) => {
      for (let round = client; !rebuilt.signal.aborted; round++) {
        const query = queries[round % queries.length] ?? '';
        expect([query, await totalOf(query)]).toEqual([query, wanted.get(query)]);
        answers += 1;
      }
    });
    const start = performance.now();
    for (let rebuild = 0; rebuild < rebuilds; rebuild++) await app.services.search.rebuild();
    const seconds = (performance.now() - start) / 1000;
    rebuilt.abort();
    await Promise.all(searching);
    expect(answers).toBeGreaterThan(clients);
    expect((await app.services.search.state()).documents).toBe(products);
    console.log(
      `${rebuilds} rebuilds in ${seconds.toFixed(1)} s, ${answers} answers of ${clients} clients meanwhile, all whole`,
    );
  }, 600_000);
});
