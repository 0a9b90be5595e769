import { describe, expect, it, jest } from '@jest/globals';
import { createEmbeddedSearch } from '../../server/search/embedded.adapter.ts';
import type { SearchService } from '../../server/search/service.ts';
import { aCertificate, createRegister } from './register.ts';
import { aRegister, ask, numbers, open, paint, paper } from './small-register.ts';
import { aProduct, idOf, randomFrom } from './support.ts';

// Each test here starts a worker of its own: a second each on a busy machine.
jest.setTimeout(30_000);

const drainAll = async (service: SearchService) => {
  while ((await service.drain()) > 0);
};

describe('the index beside the store', () => {
  it('is built by the first search, and says that an empty catalogue is empty', async () => {
    const register = createRegister({ groups: [paper] });
    expect((await ask(open(register), { q: 'giay' })).explanation?.reason).toBe('EMPTY_CATALOGUE');
    expect((await ask(open(aRegister()), { q: 'giay in' })).total).toBe(2);
  });

  it('sees a write once it is drained, of a product and of a certificate', async () => {
    const register = aRegister();
    const search = open(register);
    await search.start();
    await drainAll(search);
    expect(register.marks.size).toBe(0);
    expect(await search.drain()).toBe(0);
    register.putProduct(aProduct(20, { name: { vi: 'Bút bi' }, listing: 'unreviewed' }));
    await drainAll(search);
    expect((await ask(search, { q: 'but bi' })).total).toBe(0);
    register.putCertificate(aCertificate(20, [20]));
    await drainAll(search);
    expect((await ask(search, { q: 'but bi', tier: 'A' })).total).toBe(1);
    expect(await search.health()).toMatchObject({ engine: 'embedded', ready: true, pending: 0 });
  });

  it('keeps the mark of a record that is written again while it is being indexed', async () => {
    const register = aRegister();
    const search = open(register);
    await search.start();
    await drainAll(search);
    register.putProduct(aProduct(1, { name: { vi: 'Giấy một' }, revision: 2 }));
    register.meanwhile = () => register.putProduct(aProduct(1, { name: { vi: 'Giấy hai' }, revision: 3 }));
    await search.drain();
    expect(register.marks).toEqual(new Set([idOf(1)]));
    await drainAll(search);
    expect((await ask(search, { q: 'giay hai' })).total).toBe(1);
    expect((await ask(search, { q: 'giay mot ' })).total).toBe(0);
  });

  it('catches up after a crash between the store and the index', async () => {
    const register = aRegister();
    const first = open(register);
    await first.start();
    register.putProduct(aProduct(30, { name: { vi: 'Thước kẻ' } }));
    await first.close();
    await expect(first.drain()).rejects.toThrow('search is closed');
    expect(register.marks.has(idOf(30))).toBe(true);
    const second = open(register);
    await second.start();
    await drainAll(second);
    expect((await ask(second, { q: 'thuoc ke' })).total).toBe(1);
    expect(register.marks.size).toBe(0);
  });

  it('never shows what the store no longer bears out, even before it is drained', async () => {
    const register = aRegister();
    const search = open(register);
    await search.start();
    const certificate = aCertificate(1, [1]);
    register.putCertificate({
      ...certificate,
      events: [{ type: 'revoked', on: '2026-01-01', reason: 'x', recordedAt: '2026-01-02T00:00:00.000Z' }],
    });
    for (const filter of [{ scheme: 'VN-ECOLABEL' }, { tier: 'A' }, { priority: true, group: 'office-paper' }]) {
      const { items, total } = await ask(search, filter);
      expect([items, total]).toEqual([[], 0]);
    }
    expect((await ask(search, { q: 'la xanh' })).items[0]).toMatchObject({ tier: null, labels: [{ valid: false }] });
    register.products.delete(idOf(7));
    expect(numbers(await ask(search, { q: 'bot giat' }))).toEqual([]);
    register.marks.add(idOf(7));
    await drainAll(search);
    expect((await ask(search, { facets: 'group' })).facets['group']?.map(({ value }) => value)).not.toContain(
      'laundry-detergent',
    );
  });

  it('pages through marked and unmarked names without a gap and without repeating', async () => {
    const register = createRegister({ groups: [paint] });
    const random = randomFrom(4);
    for (let number = 1; number <= 250; number++) {
      const vi = random() < 0.5 ? `Sơn ${number}` : `Son ${number}`;
      register.putProduct(aProduct(number, { name: { vi }, group: 'construction-paint' }));
    }
    const search = open(register);
    await search.start();
    for (const limit of [20, 30, 100]) {
      const seen: string[] = [];
      const names: string[] = [];
      for (let page = 1; seen.length < 250; page++) {
        const { items, total } = await ask(search, { q: 'sơn', page, limit });
        expect(total).toBe(250);
        seen.push(...items.map(({ id }) => id));
        names.push(...items.map(({ name }) => name.vi));
      }
      expect(new Set(seen).size).toBe(250);
      const marked = names.slice(0, 100).map((name) => name.startsWith('Sơn'));
      expect(marked.lastIndexOf(true)).toBeLessThan(marked.indexOf(false));
    }
  });

  it('answers while it is built anew, and a second build waits for the first', async () => {
    const register = aRegister();
    const port = createEmbeddedSearch();
    const search = open(register, port);
    await search.start();
    const builds = [search.start(), search.start()];
    expect((await ask(search, { q: 'giay in' })).total).toBe(2);
    await Promise.all(builds);
    expect((await port.health()).documents).toBe(register.products.size);
  });
});
