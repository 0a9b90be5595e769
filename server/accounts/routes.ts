import type { Request, Response } from 'express';
import type { LocalisedText, Me } from '../../schemas/types.d.ts';
import type { Clock } from '../core/clock.ts';
import { Problem } from '../core/problem.ts';
import { defineRoute, type Actor, type CallerOf, type Route } from '../core/route.ts';
import { giveCookies, giveToken, personCookieOf, takeToken, tokenOf } from './cookies.ts';
import type { PeopleService, SignedIn } from './people.service.ts';
import type { AccountService } from './service.ts';

interface AccountRouteParts {
  accounts: AccountService;
  people: PeopleService;
  clock: Clock;
  isDemo: boolean;
  nameOf(organisation: string): Promise<LocalisedText | undefined>;
}

/** The caller of a request: its key, else the person or the key that its browser signed in by. @throws Problem 401 for a key that is not valid */
export function callerOf({ accounts, people }: Pick<AccountRouteParts, 'accounts' | 'people'>): CallerOf {
  return async (request, route) => {
    const header = request.get('authorization');
    if (header !== undefined) return { actor: await accounts.actorOfKey(/^Bearer (\S+)$/i.exec(header)?.[1] ?? '') };
    const cookie = personCookieOf(request);
    const caller = await people.caller(cookie, route);
    if (caller) return caller;
    const token = tokenOf(request);
    return { actor: token ? await accounts.actorOfSession(token) : null };
  };
}

/** The calls on sign-in by key, and on who calls. */
export function accountRoutes(parts: AccountRouteParts): Route[] {
  return [meRoute(parts), ...sessionRoutes(parts)];
}

function meRoute(parts: AccountRouteParts): Route {
  return defineRoute({
    method: 'get',
    path: '/api/me',
    summary: 'Who calls, and for what a person may act',
    access: 'public',
    unverified: true,
    query: 'no-query',
    returns: 'me',
    handle: async ({ actor, request }) => ({
      body: { ...(await describeCaller(parts, actor, request)), ...(await describePerson(parts, request)) },
    }),
  });
}

function sessionRoutes(parts: AccountRouteParts): Route[] {
  const { accounts } = parts;
  return [
    defineRoute({
      method: 'post',
      path: '/api/session',
      summary: 'Signs a browser in by key, or as a demonstration role',
      access: 'public',
      body: 'session-input',
      query: 'no-query',
      returns: 'me',
      status: 201,
      handle: async ({ body, request, response }) => {
        const actor = 'key' in body ? await accounts.actorOfKey(body.key) : demoActor(accounts, body, request);
        await signOut(parts, request, response);
        giveToken(request, response, await accounts.openSession(actor));
        return { body: await describeCaller(parts, actor, request) };
      },
    }),
    defineRoute({
      method: 'delete',
      path: '/api/session',
      summary: 'Signs the browser out',
      access: 'public',
      query: 'no-query',
      returns: 'nothing',
      status: 204,
      handle: async ({ request, response }) => {
        await signOut(parts, request, response);
        takeToken(response);
        return {};
      },
    }),
  ];
}

/** A browser is one caller: who signs in anew is no longer signed in as before. */
async function signOut({ accounts, people }: AccountRouteParts, request: Request, response: Response): Promise<void> {
  const token = tokenOf(request);
  if (token) await accounts.closeSession(token);
  const cookie = personCookieOf(request);
  if (cookie) giveCookies(request, response, (await people.signOut(cookie)).cookies);
}

async function describeCaller(
  { accounts, clock, isDemo, nameOf }: AccountRouteParts,
  actor: Actor | null,
  request: Request,
): Promise<Me> {
  const orgName = actor?.org ? await nameOf(actor.org) : undefined;
  return {
    actor: actor && { ...actor, ...(orgName && { orgName }) },
    demoRoles: isOnThisMachine(request) ? accounts.demoRoles : [],
    demo: isDemo,
    today: clock.today(),
  };
}

async function describePerson(
  { people, nameOf }: AccountRouteParts,
  request: Request,
): Promise<Pick<Me, 'person' | 'memberships'>> {
  const cookie = personCookieOf(request);
  const found = request.get('authorization') === undefined ? await people.signedIn(cookie) : null;
  return found ? describeMemberships(found, nameOf) : {};
}

async function describeMemberships(
  { session, memberships, chosen }: SignedIn,
  nameOf: AccountRouteParts['nameOf'],
): Promise<Pick<Me, 'person' | 'memberships'>> {
  const { person: id, name, email, secondFactor } = session;
  return {
    person: { id, name, email, secondFactor },
    memberships: await Promise.all(
      memberships.map(async (membership) => {
        const { org, role, admin, unverified } = membership;
        const orgName = org === undefined ? undefined : await nameOf(org);
        return {
          id: membership.id,
          role,
          ...(org && { org }),
          ...(orgName && { orgName }),
          ...(admin && { admin }),
          ...(unverified && { unverified }),
          isChosen: membership.id === chosen?.id,
        };
      }),
    ),
  };
}

function demoActor(
  accounts: AccountService,
  { demo, person }: { demo: Actor['role']; person?: 1 | 2 },
  request: Request,
): Actor {
  if (!isOnThisMachine(request)) throw new Problem('FORBIDDEN');
  return accounts.demoActor(demo, person);
}

/**
 * Whether the caller sits at this machine. A proxy beside the server has a loopback address too, so anything forwarded
 * is from elsewhere; and the host must be named as loopback, or another site's name could point here.
 */
function isOnThisMachine(request: Request): boolean {
  const isForwarded = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'].some(
    (name) => request.get(name) !== undefined,
  );
  const isLoopback = /^(::1|(::ffff:)?127\.\d+\.\d+\.\d+)$/.test(request.socket.remoteAddress ?? '');
  return isLoopback && !isForwarded && ['localhost', '127.0.0.1', '[::1]'].includes(request.hostname);
}
