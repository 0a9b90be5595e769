import type { LocalisedText, ShareQuery, ShareReport } from '../../schemas/types.d.ts';
import type { Actor } from '../core/route.ts';
import { settleQuestion, type Asked, type ShareParts } from './asked.service.ts';
import { foldAsked } from './figure.service.ts';
import { nameOfKey } from './names.rules.ts';
import { periodName } from './period.rules.ts';
import { expectedToReport } from './place.rules.ts';
import type { ShareFoldResult } from './share.rules.ts';

/** The green share of a period. */
export interface ShareService {
  /**
   * The measures of the period and of its groups.
   * @throws Problem 400 for days in the wrong order, an unknown agency or edition, or knowledge that is not settled yet;
   * 401 and 403 where the caller may not group by supplier or see the draft
   */
  report(actor: Actor | null, query: ShareQuery): Promise<ShareReport>;
}

/** The share over the purchases' records. */
export function createShareService(parts: ShareParts): ShareService {
  return {
    async report(actor, query) {
      const asked = await settleQuestion(parts, actor, query);
      const { cutOff, isPending, edition } = asked;
      const { agenciesWithLines, groups, ...result } = (await foldAsked(parts, asked)).result();
      const expected = expectedToReport(asked.places, query.agency, asked.days);
      return {
        ...result,
        query,
        groups: await nameGroups(parts, asked, groups),
        reporting: {
          expected: expected.size,
          withLines: [...agenciesWithLines].filter((agency) => expected.has(agency)).length,
        },
        cutOff,
        ...(isPending && { pending: true as const }),
        ...(edition && { simulation: true as const }),
        ...(parts.isDemo && { demo: true as const }),
      };
    },
  };
}

async function nameGroups(
  parts: ShareParts,
  { query, cutOff }: Asked,
  groups: ShareFoldResult['groups'],
): Promise<ShareReport['groups']> {
  const { groupBy, agency = '' } = query;
  const codeOf = (key: string) => (groupBy === 'agency' && key === 'self' ? agency : key);
  const names = await parts.names(
    query,
    groups.map(({ key }) => codeOf(key)),
    cutOff,
  );
  const nameOf = (key: string): LocalisedText =>
    names.get(codeOf(key)) ?? nameOfKey(groupBy, key) ?? periodName(key) ?? { vi: key };
  return groups.map(({ key, measures }) => ({ key, name: nameOf(key), measures }));
}
