import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { LineDecision } from '../../schemas/types.d.ts';
import { decide, type Facts } from '../../server/purchases/decision.rules.ts';
import { decisionHistory, decisionKnownAt, mergeHistory } from '../../server/purchases/history.rules.ts';
import { aCase, anInstant, createTally, instantOf } from './arbitraries.ts';

const evaluatedAt = instantOf(100);
const lines = (history: LineDecision[]) => ({ green: history.at(-1)!, earlier: history.slice(0, -1) });
const undated = ({ evaluatedAt: _evaluated, knownFrom: _known, ...verdict }: LineDecision) => verdict;

function aDecision(knownFrom: string): LineDecision {
  return {
    status: 'unknown',
    tier: null,
    inScope: false,
    reasons: ['NO_PRODUCT_GIVEN'],
    basisDate: '2026-03-14',
    evaluatedAt,
    knownFrom,
    ruleVersion: '1',
  };
}

/** The facts as they were at an instant. */
function factsAt(facts: Facts, knownAt: string): Facts {
  const isKnown = ({ recordedAt }: { recordedAt: string }) => recordedAt <= knownAt;
  return {
    ...facts,
    certificates: facts.certificates
      .filter(isKnown)
      .map((certificate) => Object.assign({}, certificate, { events: certificate.events.filter(isKnown) })),
    editions: facts.editions
      .filter(({ publishedAt }) => publishedAt! <= knownAt)
      .map((edition) => Object.assign({}, edition, { corrections: edition.corrections?.filter(isKnown) })),
    agreements: facts.agreements
      .filter(isKnown)
      .map((agreement) => Object.assign({}, agreement, { versions: agreement.versions.filter(isKnown) })),
    schemes: facts.schemes.map((scheme) =>
      Object.assign({}, scheme, { versions: scheme.versions.filter((version, at) => at === 0 || isKnown(version)) }),
    ),
  };
}

describe('the decisions on a line over knowledge time', () => {
  it('answer at every instant as a decision made then, on 1,500 histories', () => {
    const seen = createTally();
    fc.assert(
      fc.property(
        aCase,
        anInstant,
        fc.array(anInstant, { maxLength: 5 }),
        ({ facts, line, knownAt }, recordedAt, instants) => {
          const history = decisionHistory({ ...line, recordedAt }, facts, evaluatedAt);
          seen.runs();
          seen.hit('decided again', history.length > 1);
          expect(history[0]!.knownFrom).toBe(recordedAt);
          const moments = [knownAt, ...instants, ...history.map(({ knownFrom }) => knownFrom)];
          const since = moments.filter((instant) => instant >= recordedAt);
          expect(since.map((instant) => undated(decisionKnownAt(lines(history), instant)))).toEqual(
            since.map((instant) => decide(line, facts, instant)),
          );
        },
      ),
      { numRuns: 1500 },
    );
    expect(seen.below(0.1, ['decided again'])).toEqual([]);
  });

  it('follow each other in time, each other than the one before, all worked out at one moment', () => {
    fc.assert(
      fc.property(aCase, anInstant, ({ facts, line }, recordedAt) => {
        const history = decisionHistory({ ...line, recordedAt }, facts, evaluatedAt);
        const moments = history.map(({ knownFrom }) => knownFrom);
        const verdicts = history.map((decision) => JSON.stringify(undated(decision)));
        expect(moments).toEqual([...new Set(moments)].sort());
        expect(verdicts.filter((verdict, at) => verdict === verdicts[at - 1])).toEqual([]);
        expect(history.filter((decision) => decision.evaluatedAt !== evaluatedAt)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('begin with the first one for whoever asks from before the line', () => {
    const history = lines([aDecision(instantOf(3)), aDecision(instantOf(5))]);
    const answers = [2, 3, 4, 5, 6].map((step) => decisionKnownAt(history, instantOf(step)).knownFrom);
    expect(answers).toEqual([3, 3, 3, 5, 5].map(instantOf));
  });
});

describe('a stored history', () => {
  it('is not written again when later work gives the same', () => {
    fc.assert(
      fc.property(aCase, anInstant, ({ facts, line }, recordedAt) => {
        const stored = decisionHistory({ ...line, recordedAt }, facts, recordedAt).map((decision) =>
          Object.assign({}, decision, { ruleVersion: '0' }),
        );
        expect(mergeHistory(stored, decisionHistory({ ...line, recordedAt }, facts, evaluatedAt))).toBeNull();
      }),
      { numRuns: 300 },
    );
  });

  it('keeps what it said and grows by what became known later', () => {
    const seen = createTally();
    fc.assert(
      fc.property(aCase, anInstant, ({ facts, line, knownAt }, recordedAt) => {
        const dated = { ...line, recordedAt };
        const until = knownAt < recordedAt ? recordedAt : knownAt;
        const stored = decisionHistory(dated, factsAt(facts, until), until);
        const merged = mergeHistory(stored, decisionHistory(dated, facts, evaluatedAt));
        seen.runs();
        seen.hit('grown', merged !== null);
        if (merged === null) return;
        const added = merged.slice(stored.length);
        expect(stored.every((decision, at) => decision === merged[at])).toBe(true);
        expect(added.length).toBeGreaterThan(0);
        expect(added.every((decision) => decision.knownFrom > until && decision.evaluatedAt === evaluatedAt)).toBe(
          true,
        );
      }),
      { numRuns: 800 },
    );
    expect(seen.below(0.05, ['grown'])).toEqual([]);
  });
});
