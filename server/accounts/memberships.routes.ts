import { defineRoute, signedIn, type Role, type Route } from '../core/route.ts';
import type { KeyService } from './keys.service.ts';
import type { MembershipService } from './memberships.service.ts';
import type { PostService } from './post.service.ts';

interface Parts {
  memberships: MembershipService;
  keys: KeyService;
  post: PostService;
}

/** The operator, and an organisation's own admins; which of these, the service says. */
const managers: Role[] = ['operator', 'officer', 'certifier', 'supplier'];

/** The calls on who may act for whom: memberships, invitations, keys; and the letters that nobody could send. */
export function membershipRoutes(parts: Parts): Route[] {
  return [...invitationRoutes(parts), ...listRoutes(parts), ...keyRoutes(parts)];
}

function invitationRoutes({ memberships }: Parts): Route[] {
  return [
    defineRoute({
      method: 'post',
      path: '/api/invitations',
      summary: 'Invites an e-mail address into a role, by a link that works once within 7 days',
      access: managers,
      body: 'invitation-input',
      query: 'no-query',
      returns: 'membership',
      status: 201,
      handle: async ({ actor, body }) => ({ body: await memberships.invite(signedIn(actor), body) }),
    }),
    defineRoute({
      method: 'post',
      path: '/api/invitations/acceptance',
      summary: 'Accepts an invitation, with a new account or the one that the address has',
      access: 'public',
      body: 'invitation-acceptance',
      query: 'no-query',
      returns: 'membership',
      status: 201,
      handle: async ({ body }) => ({ body: await memberships.accept(body) }),
    }),
  ];
}

function listRoutes({ memberships, post }: Parts): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/memberships',
      summary: 'Who acts in which role for which organisation; with open invitations and what has ended',
      access: managers,
      query: 'membership-query',
      returns: { list: 'membership-entry' },
      handle: async ({ actor, query }) => ({ body: await memberships.page(signedIn(actor), query) }),
    }),
    defineRoute({
      method: 'delete',
      path: '/api/memberships/:id',
      summary: 'Ends a membership, or an open invitation, at once',
      access: managers,
      query: 'no-query',
      returns: 'membership',
      handle: async ({ actor, params }) => ({ body: await memberships.end(signedIn(actor), params['id'] ?? '') }),
    }),
    defineRoute({
      method: 'get',
      path: '/api/outbox',
      summary: 'Letters that no mail server took, for the operator to hand on; they go after 7 days',
      access: ['operator'],
      query: 'page-query',
      returns: { list: 'letter' },
      handle: async ({ query }) => ({ body: await post.page(query) }),
    }),
  ];
}

function keyRoutes({ keys }: Parts): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/keys',
      summary: 'Keys of machines, with their last use and end',
      access: managers,
      query: 'key-query',
      returns: { list: 'api-key-entry' },
      handle: async ({ actor, query }) => ({ body: await keys.page(signedIn(actor), query) }),
    }),
    defineRoute({
      method: 'post',
      path: '/api/keys',
      summary: 'Makes a key, which is shown only here',
      access: ['operator'],
      body: 'api-key-input',
      query: 'no-query',
      returns: 'api-key-made',
      status: 201,
      handle: async ({ actor, body }) => ({ body: await keys.make(signedIn(actor), body) }),
    }),
    defineRoute({
      method: 'delete',
      path: '/api/keys/:id',
      summary: 'Revokes a key: from now on it opens nothing',
      access: managers,
      query: 'no-query',
      returns: 'nothing',
      status: 204,
      handle: async ({ actor, params }) => {
        await keys.revoke(signedIn(actor), params['id'] ?? '');
        return {};
      },
    }),
  ];
}
