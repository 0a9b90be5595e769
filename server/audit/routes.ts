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
    ...verificationRoutes(audit),
    exportRoute(audit),
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

function verificationRoutes({ asked }: AuditService): Route[] {
  const path = '/api/audit/verification';
  return [
    defineRoute({
      method: 'post',
      path,
      summary: 'Begins to recompute every history and every seal; one at a time',
      access: auditors,
      body: 'empty-body',
      query: 'no-query',
      returns: 'verification',
      status: 202,
      handle: async () => ({ body: asked.begin() }),
    }),
    defineRoute({
      method: 'get',
      path,
      summary: 'The verification that is under way, or what the last one found',
      access: auditors,
      query: 'no-query',
      returns: 'verification',
      handle: async () => ({ body: asked.last() }),
    }),
  ];
}

function exportRoute(audit: AuditService): Route {
  return defineRoute({
    method: 'get',
    path: '/api/audit/export',
    summary: 'Every history and every seal, a JSON value a line, to verify them elsewhere; what is not public too',
    access: auditors,
    query: 'no-query',
    returns: 'file',
    handle: async () => ({
      download: { name: 'xanh-history.jsonl', type: 'application/jsonl', bytes: linesOf(audit.exportAll()) },
    }),
  });
}

async function* linesOf(values: AsyncIterable<object>): AsyncIterable<Uint8Array> {
  const encoder = new TextEncoder();
  for await (const value of values) yield encoder.encode(`${JSON.stringify(value)}\n`);
}
