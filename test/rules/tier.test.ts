import { describe, expect, it } from '@jest/globals';
import type { LabelScheme, Tier } from '../../schemas/types.d.ts';
import { compareTiers, tierOf, type TierQuestion } from '../../server/reference/tier.rules.ts';

const stars = ['1', '2', '3', '4', '5'];

function question(basis: LabelScheme['basis'], more: Partial<TierQuestion> = {}): TierQuestion {
  const scheme = { code: 'X', basis, subject: 'product' as const, levels: stars };
  return {
    scheme,
    certificate: { id: 'c1', level: '4' },
    group: 'lamp',
    on: '2025-01-01',
    edition: null,
    agreements: [],
    ...more,
  };
}

/** Asked about 2025-01-01, for a label that has its standing on these days only. */
function within(basis: LabelScheme['basis'], from: string, through: string): TierQuestion {
  const asked = question(basis);
  return { ...asked, scheme: { ...asked.scheme, from, through } };
}

function editionThat(accepts: { scheme: string; minLevel?: string; criteria?: string[] }[], group = 'lamp') {
  return { entries: [{ group, obligation: 'mandatory' as const, accepts }] };
}

const agreement = { scheme: 'X', groups: ['lamp'], from: '2025-01-01', through: '2025-06-30' };
const counts = (tier: Tier) => ({ tier, reason: 'COUNTS' });
const notAccepted = { tier: null, reason: 'NOT_ACCEPTED' };
const tooLow = { tier: null, reason: 'LEVEL_TOO_LOW' };

describe('the tier of a valid certificate', () => {
  it.each<[string, TierQuestion, object]>([
    ['of the national label is A', question('statutory'), counts('A')],
    ['of the old national label is A', question('legacy-transitional'), counts('A')],
    ...(['statutory', 'legacy-transitional'] as const).flatMap((basis): [string, TierQuestion, object][] => [
      [`of a ${basis} label is A on the last of its own dates`, within(basis, '2024-06-01', '2025-01-01'), counts('A')],
      [
        `of a ${basis} label is A on the first of its own dates`,
        within(basis, '2025-01-01', '2025-02-01'),
        counts('A'),
      ],
      [`of a ${basis} label is none after its own dates`, within(basis, '2024-06-01', '2024-12-31'), notAccepted],
      [`of a ${basis} label is none before its own dates`, within(basis, '2025-01-02', '2026-12-31'), notAccepted],
    ]),
    [
      'of an energy label is B at the level asked for',
      question('statutory-preference', { edition: editionThat([{ scheme: 'X', minLevel: '4' }]) }),
      counts('B'),
    ],
    [
      'of an energy label is B above the level asked for',
      question('statutory-preference', { edition: editionThat([{ scheme: 'X', minLevel: '3' }]) }),
      counts('B'),
    ],
    [
      'of an energy label is B under one of the criteria that the edition names',
      question('statutory-preference', {
        certificate: { id: 'c1', level: '4', criterion: 'N2' },
        edition: editionThat([{ scheme: 'X', minLevel: '4', criteria: ['N1', 'N2'] }]),
      }),
      counts('B'),
    ],
    ...[undefined, 'N3'].map((criterion): [string, TierQuestion, object] => [
      `of an energy label is none under ${criterion ?? 'no'} criteria where the edition names others`,
      question('statutory-preference', {
        certificate: { id: 'c1', level: '4', ...(criterion && { criterion }) },
        edition: editionThat([{ scheme: 'X', minLevel: '4', criteria: ['N1', 'N2'] }]),
      }),
      notAccepted,
    ]),
    [
      'of the national label is A whatever criteria the edition names',
      question('statutory', {
        certificate: { id: 'c1', criterion: 'N3' },
        edition: editionThat([{ scheme: 'X', criteria: ['N1'] }]),
      }),
      counts('A'),
    ],
    [
      'of an energy label is none below the level asked for',
      question('statutory-preference', { edition: editionThat([{ scheme: 'X', minLevel: '5' }]) }),
      tooLow,
    ],
    [
      'of an energy label without a level is none',
      question('statutory-preference', {
        certificate: { id: 'c1' },
        edition: editionThat([{ scheme: 'X', minLevel: '1' }]),
      }),
      tooLow,
    ],
    [
      'of an energy label is none where the edition asks for no level',
      question('statutory-preference', { edition: editionThat([{ scheme: 'X' }]) }),
      notAccepted,
    ],
    [
      'of an energy label is none where the edition asks for a level that there is not',
      question('statutory-preference', { edition: editionThat([{ scheme: 'X', minLevel: '6' }]) }),
      tooLow,
    ],
    [
      'of an energy label is none where the edition names another scheme',
      question('statutory-preference', { edition: editionThat([{ scheme: 'Y', minLevel: '1' }]) }),
      notAccepted,
    ],
    [
      'of an energy label is none where the edition names another group',
      question('statutory-preference', { edition: editionThat([{ scheme: 'X', minLevel: '1' }], 'fan') }),
      notAccepted,
    ],
    ['of an energy label is none without an edition', question('statutory-preference'), notAccepted],
    [
      'of a foreign label is C where the buyer accepted it',
      question('equivalent-buyer-decides', { accepted: 'c1' }),
      counts('C'),
    ],
    [
      'of a foreign label is none where the buyer accepted another',
      question('equivalent-buyer-decides', { accepted: 'c2' }),
      notAccepted,
    ],
    ['of a foreign label is none where the buyer accepted nothing', question('equivalent-buyer-decides'), notAccepted],
    ['of a declaration is none, accepted or not', question('information-only', { accepted: 'c1' }), notAccepted],
    [
      'under an agreement is A on its first day',
      question('equivalent-buyer-decides', { agreements: [agreement] }),
      counts('A'),
    ],
    [
      'under an agreement is A on its last day',
      question('equivalent-buyer-decides', { on: '2025-06-30', agreements: [agreement] }),
      counts('A'),
    ],
    [
      'under an agreement without an end is A',
      question('equivalent-buyer-decides', { on: '2999-01-01', agreements: [{ ...agreement, through: undefined }] }),
      counts('A'),
    ],
    [
      'under an agreement is A for a declaration too',
      question('information-only', { agreements: [agreement] }),
      counts('A'),
    ],
    [
      'is not touched by an agreement before it starts',
      question('equivalent-buyer-decides', { on: '2024-12-31', agreements: [agreement] }),
      notAccepted,
    ],
    [
      'is not touched by an agreement that has ended',
      question('equivalent-buyer-decides', { on: '2025-07-01', agreements: [agreement] }),
      notAccepted,
    ],
    [
      'is not touched by an agreement for other groups',
      question('equivalent-buyer-decides', { group: 'paper', agreements: [agreement] }),
      notAccepted,
    ],
    [
      'is not touched by an agreement of another scheme',
      question('equivalent-buyer-decides', { agreements: [{ ...agreement, scheme: 'Y' }] }),
      notAccepted,
    ],
    [
      'of an organisation is none, whatever its law',
      question('statutory', {
        scheme: { code: 'X', basis: 'statutory', subject: 'organisation', levels: [] },
        agreements: [agreement],
      }),
      notAccepted,
    ],
  ])('%s', (_, asked, answer) => {
    expect(tierOf(asked)).toEqual(answer);
  });

  it('sorts the best first and none last', () => {
    const tiers: (Tier | null)[] = [null, 'C', 'A', null, 'B'];
    expect(tiers.sort(compareTiers)).toEqual(['A', 'B', 'C', null, null]);
  });
});
