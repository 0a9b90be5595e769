import type { SchemaName } from '../core/schemas.ts';
import { defineRoute, type Access, type Route } from '../core/route.ts';
import type { AuditService } from './service.ts';

const auditors: Access = ['operator', 'auditor'];

/** The calls on what was written when, by whom, and on the seals over it. */
export function auditRoutes(audit: AuditService): Route[] {
  return [
    historyRoute(audit),
    publicHistory(audit, 'certificates', 'A certificate: every write of it'),
    publicHistory(audit, 'products', 'A product: every write of it'),
    ...sealRoutes(audit),
  ];
}

function historyRoute(audit: AuditService): Route {
  return defineRoute({
    method: 'get',
    path: '/api/history',
    summary: 'Every write of any record',
    access: auditors,
    query: 'history-query',
    returns: 'record-history',
    handle: async ({ actor, query }) => ({ body: await audit.history(actor, query) }),
  });
}

function publicHistory(audit: AuditService, kind: 'certificates' | 'products', summary: string): Route {
  return defineRoute({
    method: 'get',
    path: `/api/${kind}/:id/history`,
    summary,
    access: 'public',
    query: 'no-query',
    returns: 'record-history',
    handle: async ({ actor, params }) => ({ body: await audit.history(actor, { kind, id: params['id'] ?? '' }) }),
  });
}

function sealRoutes(audit: AuditService): Route[] {
  const returns = { list: 'seal' as SchemaName };
  return [
    defineRoute({
      method: 'get',
      path: '/api/seals',
      summary: 'The seals over the days of the register, the latest first',
      access: 'public',
      query: 'seal-query',
      returns,
      handle: async ({ query }) => ({ body: await audit.seals(query) }),
    }),
    defineRoute({
      method: 'get',
      path: '/api/seals/:day',
      summary: 'The seals of one day',
      access: 'public',
      query: 'no-query',
      returns,
      handle: async ({ params }) => ({ body: await audit.sealsOf(params['day'] ?? '') }),
    }),
    defineRoute({
      method: 'get',
      path: '/api/seals/:day/proof',
      summary: 'Proves that a seal of the day covers a record',
      access: auditors,
      query: 'history-query',
      returns: 'seal-proof',
      handle: async ({ params, query }) => ({ body: await audit.proof(params['day'] ?? '', query) }),
    }),
  ];
}
