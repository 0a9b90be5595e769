import { defineRoute, type Route } from '../core/route.ts';
import type { ShareService } from './service.ts';

/** The call on the green share. */
export function shareRoutes(share: ShareService): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/share',
      summary: 'The green share of a period: measures, bounds, groups, and what they rest on',
      access: 'public',
      query: 'share-query',
      returns: 'share-report',
      handle: async ({ query }) => ({ body: await share.report(query) }),
    }),
  ];
}
