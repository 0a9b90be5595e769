import type { Request, Response } from 'express';
import type { LocalisedText } from '../../schemas/types.d.ts';
import type { Clock } from '../core/clock.ts';
import { Problem } from '../core/problem.ts';
import { defineRoute, type Actor, type Route } from '../core/route.ts';
import type { AccountService } from './service.ts';

interface AccountRouteParts {
  accounts: AccountService;
  clock: Clock;
  isDemo: boolean;
  nameOf(organisation: string): Promise<LocalisedText | undefined>;
}

const cookie = 'xanh';

/** The caller of a request: its key, else its session. @throws Problem 401 for a key that is not valid */
export function actorOf(accounts: AccountService): (request: Request) => Promise<Actor | null> {
  return async (request) => {
    const header = request.get('authorization');
    if (header !== undefined) return accounts.actorOfKey(/^Bearer (\S+)$/i.exec(header)?.[1] ?? '');
    const token = tokenOf(request);
    return token ? accounts.actorOfSession(token) : null;
  };
}

/** The calls on sign-in. */
export function accountRoutes(parts: AccountRouteParts): Route[] {
  return [meRoute(parts), ...sessionRoutes(parts)];
}

function meRoute(parts: AccountRouteParts): Route {
  return defineRoute({
    method: 'get',
    path: '/api/me',
    summary: 'Who calls',
    access: 'public',
    query: 'no-query',
    returns: 'me',
    handle: async ({ actor, request }) => ({ body: await describeCaller(parts, actor, request) }),
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
        setCookie(response, await accounts.openSession(actor), isSecure(request));
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
        const token = tokenOf(request);
        if (token) await accounts.closeSession(token);
        response.clearCookie(cookie, { path: '/' });
        return {};
      },
    }),
  ];
}

async function describeCaller(
  { accounts, clock, isDemo, nameOf }: AccountRouteParts,
  actor: Actor | null,
  request: Request,
): Promise<object> {
  const orgName = actor?.org ? await nameOf(actor.org) : undefined;
  return {
    actor: actor && { ...actor, ...(orgName && { orgName }) },
    demoRoles: isOnThisMachine(request) ? accounts.demoRoles : [],
    demo: isDemo,
    today: clock.today(),
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

function isSecure(request: Request): boolean {
  return request.secure || request.get('x-forwarded-proto') === 'https';
}

function setCookie(response: Response, token: string, secure: boolean): void {
  response.cookie(cookie, token, { httpOnly: true, sameSite: 'strict', secure, path: '/', maxAge: 12 * 3_600_000 });
}

function tokenOf(request: Request): string | undefined {
  return /(?:^|;\s*)xanh=([A-Za-z0-9_-]{43})(?:;|$)/.exec(request.get('cookie') ?? '')?.[1];
}
