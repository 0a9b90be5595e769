import { defineRoute, signedIn, type Route } from '../core/route.ts';
import type { NeedFollowService } from './follows.service.ts';
import type { NeedService } from './service.ts';

const followers = ['supplier', 'certifier'] as const;

/** The calls on what agencies look for in vain. */
export function needRoutes(needs: NeedService, follows: NeedFollowService): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/needs',
      summary:
        'What agencies look for in vain, by product group, beside what there is; sums over five agencies or more',
      access: 'public',
      query: 'need-query',
      returns: 'need-map',
      handle: async ({ query }) => ({ body: await needs.map(query) }),
    }),
    ...followRoutes(follows),
  ];
}

function followRoutes(follows: NeedFollowService): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/needs/follows',
      summary: 'The groups whose need the caller’s organisation follows, with what changed since it last looked',
      access: followers,
      query: 'no-query',
      returns: 'need-follows',
      handle: async ({ actor }) => ({ body: await follows.all(signedIn(actor)) }),
    }),
    defineRoute({
      method: 'put',
      path: '/api/needs/follows/:group',
      summary: 'Follows the need of a group, or says that it was looked at',
      access: followers,
      query: 'no-query',
      returns: 'need-follow',
      handle: async ({ actor, params }) => ({ body: await follows.follow(signedIn(actor), params['group'] ?? '') }),
    }),
    defineRoute({
      method: 'delete',
      path: '/api/needs/follows/:group',
      summary: 'Follows the need of a group no longer',
      access: followers,
      query: 'no-query',
      returns: 'nothing',
      status: 204,
      handle: async ({ actor, params }) => {
        await follows.unfollow(signedIn(actor), params['group'] ?? '');
        return {};
      },
    }),
  ];
}
