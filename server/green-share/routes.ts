import { defineRoute, signedIn, type Route } from '../core/route.ts';
import type { ShareLinesService } from './lines.service.ts';
import type { ShareService } from './service.ts';

/** The calls on the green share; the lines behind it are only for the agency's own subtree, operator and auditor. */
export function shareRoutes(share: ShareService, lines: ShareLinesService): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/share',
      summary: 'The green share of a period: measures, bounds, groups, and what they rest on',
      access: 'public',
      query: 'share-query',
      returns: 'share-report',
      handle: async ({ actor, query }) => ({ body: await share.report(actor, query) }),
    }),
    defineRoute({
      method: 'get',
      path: '/api/share/lines',
      summary: 'All lines that a group’s M1 denominator is made of; as CSV all at once',
      access: ['officer', 'operator', 'auditor'],
      query: 'share-lines-query',
      returns: { list: 'share-line' },
      csv: true,
      handle: async ({ actor, query, wantsCsv, language }) =>
        wantsCsv
          ? { sheet: await lines.sheet(signedIn(actor), query, language) }
          : { body: await lines.page(signedIn(actor), query) },
    }),
  ];
}
