import { defineRoute, signedIn, type Route } from '../core/route.ts';
import { giveCookies, personCookieOf } from './cookies.ts';
import type { PeopleService } from './people.service.ts';

/** The calls by which people sign in and keep their accounts. */
export function peopleRoutes(people: PeopleService): Route[] {
  return [
    ...signInRoutes(people),
    choiceRoute(people),
    ...forgottenRoutes(people),
    passwordRoute(people),
    elsewhereRoute(people),
    ...secondFactorRoutes(people),
    removalRoute(people),
    eraseRoute(people),
  ];
}

function signInRoutes(people: PeopleService): Route[] {
  return [
    defineRoute({
      method: 'post',
      path: '/api/auth/sign-in',
      summary: 'Signs a person in by e-mail address and password',
      access: 'public',
      body: 'sign-in-input',
      query: 'no-query',
      returns: 'sign-in-result',
      handle: async ({ body, request, response }) => {
        const { needsCode, cookies } = await people.signIn(body, request.get('user-agent'));
        giveCookies(request, response, cookies);
        return { body: { needsCode } };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/auth/second-factor',
      summary: 'Ends a sign-in that asked for the second factor',
      access: 'public',
      body: 'second-factor-input',
      query: 'no-query',
      returns: 'sign-in-result',
      handle: async ({ body, request, response }) => {
        const { cookies } = await people.secondFactor(personCookieOf(request), body, request.get('user-agent'));
        giveCookies(request, response, cookies);
        return { body: { needsCode: false } };
      },
    }),
  ];
}

function forgottenRoutes(people: PeopleService): Route[] {
  return [
    defineRoute({
      method: 'post',
      path: '/api/auth/forgotten-password',
      summary: 'Sends a link for a new password to the address, where it has an account; the answer does not tell',
      access: 'public',
      body: 'forgotten-password-input',
      query: 'no-query',
      returns: 'nothing',
      status: 204,
      handle: async ({ body }) => {
        people.forgotten(body.email);
        return {};
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/auth/password-reset',
      summary: 'Sets a new password by the link; every sign-in of the person ends',
      access: 'public',
      body: 'password-reset-input',
      query: 'no-query',
      returns: 'nothing',
      status: 204,
      handle: async ({ body }) => {
        await people.reset(body);
        return {};
      },
    }),
  ];
}

function secondFactorRoutes(people: PeopleService): Route[] {
  return [
    defineRoute({
      method: 'post',
      path: '/api/auth/two-factor',
      summary: 'Makes a second factor, which is asked for once it is confirmed',
      access: 'public',
      body: 'password-proof',
      query: 'no-query',
      returns: 'second-factor',
      status: 201,
      handle: async ({ body, request }) => ({
        body: await people.setSecondFactor(personCookieOf(request), body.password),
      }),
    }),
    defineRoute({
      method: 'post',
      path: '/api/auth/two-factor/confirmation',
      summary: 'Confirms the second factor by its first code',
      access: 'public',
      body: 'authenticator-code',
      query: 'no-query',
      returns: 'nothing',
      status: 204,
      handle: async ({ body, request, response }) => {
        const { cookies } = await people.confirmSecondFactor(personCookieOf(request), body.code);
        giveCookies(request, response, cookies);
        return {};
      },
    }),
  ];
}

function choiceRoute(people: PeopleService): Route {
  return defineRoute({
    method: 'post',
    path: '/api/session/membership',
    summary: 'Chooses for which of its memberships a person acts',
    access: 'public',
    body: 'membership-choice',
    query: 'no-query',
    returns: 'nothing',
    status: 204,
    handle: async ({ body, request }) => {
      await people.choose(personCookieOf(request), body.membership);
      return {};
    },
  });
}

function passwordRoute(people: PeopleService): Route {
  return defineRoute({
    method: 'post',
    path: '/api/auth/password',
    summary: 'Changes the own password; every other sign-in ends',
    access: 'public',
    body: 'password-change-input',
    query: 'no-query',
    returns: 'nothing',
    status: 204,
    handle: async ({ body, request, response }) => {
      giveCookies(request, response, (await people.changePassword(personCookieOf(request), body)).cookies);
      return {};
    },
  });
}

function elsewhereRoute(people: PeopleService): Route {
  return defineRoute({
    method: 'post',
    path: '/api/auth/sign-out-elsewhere',
    summary: 'Ends every other sign-in of the person',
    access: 'public',
    body: 'empty-body',
    query: 'no-query',
    returns: 'nothing',
    status: 204,
    handle: async ({ request }) => {
      await people.signOutElsewhere(personCookieOf(request));
      return {};
    },
  });
}

function removalRoute(people: PeopleService): Route {
  return defineRoute({
    method: 'post',
    path: '/api/auth/two-factor/removal',
    summary: 'Removes the second factor',
    access: 'public',
    body: 'password-proof',
    query: 'no-query',
    returns: 'nothing',
    status: 204,
    handle: async ({ body, request, response }) => {
      const { cookies } = await people.removeSecondFactor(personCookieOf(request), body.password);
      giveCookies(request, response, cookies);
      return {};
    },
  });
}

function eraseRoute(people: PeopleService): Route {
  return defineRoute({
    method: 'delete',
    path: '/api/people/:id',
    summary: 'Erases a person: name, address, sign-ins; memberships and keys that it made end, the history stays',
    access: ['operator'],
    query: 'no-query',
    returns: 'nothing',
    status: 204,
    handle: async ({ actor, params }) => {
      await people.erase(signedIn(actor), params['id'] ?? '');
      return {};
    },
  });
}
