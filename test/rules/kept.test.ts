import { describe, expect, it } from '@jest/globals';
import { keepEachForAMoment, keepForAMoment } from '../../server/core/kept-moment.ts';
import { readAhead } from '../../server/core/read-ahead.ts';
import { remembered, rememberedOf } from '../../server/core/remembered.rules.ts';

const long = 60_000;

describe('an answer that is kept for a moment', () => {
  it('is asked for once, also by those who ask at the same time, until it is forgotten', async () => {
    let asked = 0;
    const kept = keepForAMoment(async (key) => `${key}${++asked}`, long);
    expect(await Promise.all([kept.get('a'), kept.get('a')])).toEqual(['a1', 'a1']);
    kept.forget();
    expect(await kept.get('a')).toBe('a2');
  });

  it('is asked for again where the question failed', async () => {
    let asked = 0;
    const kept = keepForAMoment(async () => (++asked === 1 ? Promise.reject(new Error('away')) : asked), long);
    await expect(kept.get('a')).rejects.toThrow('away');
    expect(await kept.get('a')).toBe(2);
  });
});

describe('answers that are kept each for itself', () => {
  const counting = (ms: number) => {
    const asked: string[][] = [];
    const ask = async (keys: string[]) => {
      asked.push(keys);
      return new Map(keys.filter((key) => key !== 'nobody').map((key) => [key, `${key}${asked.length}`]));
    };
    return { asked, kept: keepEachForAMoment(ask, ms) };
  };

  it('are asked for together, and only those that are missing', async () => {
    const { asked, kept } = counting(long);
    await kept.get(['a', 'b']);
    const answers = await kept.get(['b', 'c', 'nobody']);
    expect(asked).toEqual([
      ['a', 'b'],
      ['c', 'nobody'],
    ]);
    expect(['a', 'b', 'c', 'nobody'].map((key) => answers.get(key))).toEqual(['a1', 'b1', 'c2', undefined]);
  });

  it('are asked for anew after the moment, and once they are forgotten', async () => {
    const brief = counting(0);
    await brief.kept.get(['a']);
    expect((await brief.kept.get(['a'])).get('a')).toBe('a2');
    const { kept } = counting(long);
    await kept.get(['a']);
    kept.forget();
    expect((await kept.get(['a'])).get('a')).toBe('a2');
  });

  it('do not keep what was asked before a write and answered after it', async () => {
    let name = 'old';
    let release = (): void => {};
    const kept = keepEachForAMoment(async (keys) => {
      const said = name;
      if (said === 'old') await new Promise<void>((resolve) => (release = resolve));
      return new Map(keys.map((key) => [key, said]));
    }, long);
    const before = kept.get(['a']);
    name = 'new';
    kept.forget();
    release();
    await before;
    expect((await kept.get(['a'])).get('a')).toBe('new');
  });
});

describe('a pure function that remembers', () => {
  it('works each text out once, gives the same as before after many others, and takes long texts too', () => {
    const worked = new Map<string, number>();
    const twice = remembered((text) => {
      worked.set(text, (worked.get(text) ?? 0) + 1);
      return text + text;
    });
    expect([twice('a'), twice('a')]).toEqual(['aa', 'aa']);
    expect(worked.get('a')).toBe(1);
    for (let at = 0; at < 30_000; at++) twice(`other ${at}`);
    expect(twice('a')).toBe('aa');
    const longText = 'x'.repeat(1000);
    expect(twice(longText)).toBe(longText + longText);
  });

  it('knows an object by itself, not by what it says', () => {
    const size = rememberedOf((some: number[]): string => String(some.length));
    const [one, other] = [[1], [1]];
    expect([size(one), size(other)]).toEqual(['1', '1']);
    one.push(2);
    expect([size(one), size([...one])]).toEqual(['1', '2']);
  });
});

describe('items that are read ahead', () => {
  async function* numbers(asked: number[], failAt = Infinity) {
    for (let number = 0; number < 4; number++) {
      if (number === failAt) throw new Error('broken');
      asked.push(number);
      yield number;
    }
  }

  it('come in their order, each asked for while the one before is worked on', async () => {
    const [asked, taken]: [number[], number[][]] = [[], []];
    for await (const number of readAhead(numbers(asked))) {
      taken.push([number, asked.length]);
      await Promise.resolve();
    }
    expect(taken.map(([number]) => number)).toEqual([0, 1, 2, 3]);
    expect(taken.every(([number = 0, known = 0]) => known === Math.min(number + 2, 4))).toBe(true);
  });

  it('fail where they fail, after what came before', async () => {
    const taken: number[] = [];
    const reading = async () => {
      for await (const number of readAhead(numbers([], 2))) taken.push(number);
    };
    await expect(reading()).rejects.toThrow('broken');
    expect(taken).toEqual([0, 1]);
  });

  it('end where nobody wants more of them', async () => {
    const asked: number[] = [];
    for await (const number of readAhead(numbers(asked))) if (number === 1) break;
    expect(asked).toEqual([0, 1, 2]);
  });
});
