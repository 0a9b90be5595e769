import { describe, expect, it } from '@jest/globals';
import type { Title } from '../../server/search/marks.rules.ts';
import { keepTitles } from '../../server/search/titles.adapter.ts';

describe('titles of hits', () => {
  const hit = (id: string, seq: number) => ({ id, seq, typos: 0, rank: 0 });

  /** Products as the store has them, and every id that was read of it. */
  function aStore(...titles: Title[]) {
    const stored = new Map(titles.map((title) => [title.id, title]));
    const read: string[][] = [];
    const titlesOf = keepTitles(async (ids) => {
      read.push(ids);
      return ids.flatMap((id) => stored.get(id) ?? []);
    });
    return { stored, read, titlesOf };
  }

  const aTitle = (id: string, revision: number, name: string): Title => ({
    id,
    revision,
    name: { vi: name },
    group: 'office-paper',
  });

  it('are read once for each revision that is found', async () => {
    const { read, titlesOf } = aStore(aTitle('a', 1, 'Giấy'), aTitle('b', 1, 'Bút'));
    await titlesOf([hit('a', 1)]);
    const titles = await titlesOf([hit('a', 1), hit('b', 1)]);
    expect(titles.map(({ name }) => name.vi).toSorted()).toEqual(['Bút', 'Giấy']);
    await titlesOf([hit('b', 1), hit('a', 1)]);
    expect(read).toEqual([['a'], ['b']]);
  });

  it('are those of the newer revision once the engine has it', async () => {
    const { stored, titlesOf } = aStore(aTitle('a', 1, 'Giấy'));
    await titlesOf([hit('a', 1)]);
    stored.set('a', aTitle('a', 2, 'Giày'));
    expect(await titlesOf([hit('a', 2)])).toMatchObject([{ name: { vi: 'Giày' } }]);
  });

  it('are read as they are now where the engine is behind, and left out where the product is gone', async () => {
    const { titlesOf, read } = aStore(aTitle('a', 3, 'Giấy'));
    expect(await titlesOf([hit('a', 2), hit('gone', 1)])).toMatchObject([{ id: 'a', revision: 3 }]);
    await titlesOf([hit('a', 3)]);
    expect(read).toEqual([['a', 'gone']]);
  });
});
