import type { Request, Response } from 'express';

/** Cookie of a browser that signed in by key or as a demonstration role. */
const keyCookie = 'xanh';
const hours = 12;

/** Whether the browser spoke TLS, to this server or to the proxy in front. */
function isSecure(request: Request): boolean {
  return request.secure || request.get('x-forwarded-proto') === 'https';
}

/** The secret of a sign-in by key. */
export function tokenOf(request: Request): string | undefined {
  return /(?:^|;\s*)xanh=([A-Za-z0-9_-]{43})(?:;|$)/.exec(request.get('cookie') ?? '')?.[1];
}

/** The cookies of a person who signed in, as they were sent; empty where there are none. */
export function personCookieOf(request: Request): string {
  const sent = (request.get('cookie') ?? '').split(/;\s*/);
  return sent.filter((pair) => pair.startsWith('xanh-person.')).join('; ');
}

/** Lets the browser keep the secret of a sign-in by key: no script reads it, no other site sends it. */
export function giveToken(request: Request, response: Response, token: string): void {
  const maxAge = hours * 3_600_000;
  response.cookie(keyCookie, token, { ...always, secure: isSecure(request), maxAge });
}

/** Ends a sign-in by key in the browser. */
export function takeToken(response: Response): void {
  response.clearCookie(keyCookie, { path: '/' });
}

/** Gives the browser a person's cookies; over TLS they are never sent without it. */
export function giveCookies(request: Request, response: Response, cookies: string[]): void {
  for (const cookie of cookies) response.append('Set-Cookie', isSecure(request) ? `${cookie}; Secure` : cookie);
}

const always = { httpOnly: true, sameSite: 'strict', path: '/' } as const;
