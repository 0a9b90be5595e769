import type { NextFunction, Request, Response } from 'express';
import { Problem } from './problem.ts';

/**
 * Refuses a write that a page of another site makes a browser send. Browsers say where a call comes from by
 * `Sec-Fetch-Site`; without TLS they say it by `Origin` alone, which must then name the host that is called. A key is never
 * sent by a browser on its own, so calls with one are let through, and so is whatever is no browser.
 */
export function refuseOtherSites(request: Request, _response: Response, next: NextFunction): void {
  const isRead = ['GET', 'HEAD', 'OPTIONS'].includes(request.method);
  if (!isRead && request.get('authorization') === undefined && isFromElsewhere(request))
    throw new Problem('OTHER_SITE');
  next();
}

function isFromElsewhere(request: Request): boolean {
  const site = request.get('sec-fetch-site');
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  const origin = request.get('origin');
  if (origin === undefined) return false;
  return !URL.canParse(origin) || new URL(origin).host !== request.get('host');
}
