import { defineRoute, type Route } from '../core/route.ts';
import type { ScorecardService } from './service.ts';

/** The call on the scorecard of a body. */
export function scorecardRoutes(scorecards: ScorecardService): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/organisations/:code/scorecard',
      summary: 'How a certification body works: certificates, times, refusals, revocations, upheld reports',
      access: 'public',
      query: 'no-query',
      returns: 'scorecard',
      handle: async ({ params }) => ({ body: await scorecards.of(params['code'] ?? '') }),
    }),
  ];
}
