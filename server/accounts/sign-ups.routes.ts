import { defineRoute, signedIn, type Route } from '../core/route.ts';
import type { SignUpService } from './sign-ups.service.ts';

/** The calls by which a supplier signs up, and the operator says whether it belongs to its organisation. */
export function signUpRoutes(signUps: SignUpService): Route[] {
  return [...ownRoutes(signUps), verificationRoute(signUps)];
}

function ownRoutes(signUps: SignUpService): Route[] {
  return [
    defineRoute({
      method: 'post',
      path: '/api/sign-ups',
      summary: 'Signs a supplier up by its tax code: a letter with a link follows; the answer tells nothing',
      access: 'public',
      body: 'sign-up-input',
      query: 'no-query',
      returns: 'nothing',
      status: 204,
      handle: async ({ body }) => {
        signUps.begin(body);
        return {};
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/sign-ups/confirmation',
      summary: 'Opens the link of a sign-up: an account, or the one that the address has, and a role that may draft',
      access: 'public',
      body: 'invitation-acceptance',
      query: 'no-query',
      returns: 'membership',
      status: 201,
      handle: async ({ body }) => ({ body: await signUps.confirm(body) }),
    }),
  ];
}

function verificationRoute(signUps: SignUpService): Route {
  return defineRoute({
    method: 'post',
    path: '/api/memberships/:id/verification',
    summary: 'Says whether a person who signed up belongs to the organisation; it gets a letter',
    access: ['operator'],
    body: 'verification-input',
    query: 'no-query',
    returns: 'membership',
    handle: async ({ actor, params, body }) => ({
      body: await signUps.decide(signedIn(actor), params['id'] ?? '', body),
    }),
  });
}
