import { expect } from '@jest/globals';
import * as fc from 'fast-check';
import shareQuery from '../../schemas/share-query.json' with { type: 'json' };
import type { ShareQuery, ShareReport } from '../../schemas/types.d.ts';
import type { TestApp } from './app.ts';
import { naiveShare, type Register } from './naive-share.ts';
import { comparable } from './read-register.ts';

export const groupings = shareQuery.properties.groupBy.enum as NonNullable<ShareQuery['groupBy']>[];

interface Asked {
  app: TestApp;
  register: Register;
  report(query: Partial<ShareQuery>): Promise<ShareReport>;
}

/** Compares the answers to random questions with a recomputation over every line; how many of them had anything green. */
export async function compareWithNaive({ app, register, report }: Asked, queries: number): Promise<number> {
  const days = register.purchases.map(({ basisDate }) => basisDate);
  const instants = register.purchases.flatMap(({ lines }) =>
    lines.flatMap(({ green, earlier }) => [green, ...earlier].map(({ knownFrom }) => knownFrom)),
  );
  const month = fc.constantFrom(...days.map((day) => day.slice(0, 7)));
  const question = fc.record({
    // Half of the questions are about whole months, which cells can answer.
    days: fc.oneof(
      fc.tuple(fc.constantFrom(...days), fc.constantFrom(...days)),
      fc.tuple(month, month).map(([one, other]) => [`${one}-01`, lastDay(other)] as [string, string]),
    ),
    agency: fc.option(fc.constantFrom(...register.agencies.map(({ code }) => code)), { nil: undefined }),
    tiers: fc.constantFrom('A', 'A,B', 'A,B,C', 'B'),
    groupBy: fc.constantFrom(undefined, ...groupings),
    provinces: fc.constantFrom(undefined, 'asDated' as const, '34' as const, '63' as const),
    edition: fc.option(fc.constantFrom(...register.editions.map(({ code }) => code)), { nil: undefined, freq: 2 }),
    knownAt: fc.option(
      fc
        .constantFrom(...instants, app.clock.now())
        .map((instant) => new Date(Date.parse(instant) - 2000).toISOString()),
      { nil: undefined },
    ),
  });
  let moved = 0;
  await fc.assert(
    fc.asyncProperty(question, async ({ days: [one, other], ...rest }) => {
      const { knownAt = app.clock.now() } = rest;
      const isKnown = (record?: { recordedAt: string }) => record === undefined || record.recordedAt <= knownAt;
      fc.pre(isKnown(register.agencies.find(({ code }) => code === rest.agency)));
      fc.pre(isKnown(register.editions.find(({ code }) => code === rest.edition)));
      const query = { from: one < other ? one : other, to: one < other ? other : one, ...rest } as ShareQuery;
      fc.pre(query.from <= query.to);
      const answer = await report(query);
      const expected = naiveShare(register, { ...query, knownAt });
      expect(comparable(answer)).toEqual(expected);
      expect(answer.simulation).toBe(rest.edition && true);
      if (answer.measures.M1.numerator !== '0') moved += 1;
    }),
    { numRuns: queries },
  );
  return moved;
}

function lastDay(month: string): string {
  const [year, number] = month.split('-').map(Number) as [number, number];
  return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10);
}
