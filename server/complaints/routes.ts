import type { ComplaintKind } from '../../schemas/types.d.ts';
import { defineRoute, signedIn, type Access, type Role, type Route } from '../core/route.ts';
import type { ComplaintService } from './service.ts';

const writers: readonly Role[] = ['officer', 'supplier', 'certifier', 'operator'];

/** The calls on reports of wrong labels, products and purchases. */
export function complaintRoutes(complaints: ComplaintService): Route[] {
  return [
    ...readingRoutes(complaints),
    ...writingRoutes(complaints),
    ...contactRoutes(complaints),
    standingRoute(complaints, { kind: 'certificate', path: '/api/certificates/:id/complaints', access: 'public' }),
    standingRoute(complaints, { kind: 'product', path: '/api/products/:id/complaints', access: 'public' }),
    standingRoute(complaints, {
      kind: 'purchase',
      path: '/api/purchases/:id/complaints',
      access: ['officer', 'operator', 'auditor'],
    }),
  ];
}

function readingRoutes(complaints: ComplaintService): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/complaints',
      summary: 'Reports that concern the caller, with their deadlines; the one received first first',
      access: [...writers, 'auditor'],
      query: 'complaint-query',
      returns: { list: 'complaint' },
      handle: async ({ actor, query }) => ({ body: await complaints.page(signedIn(actor), query) }),
    }),
    defineRoute({
      method: 'get',
      path: '/api/complaints/:id',
      summary: 'One report by its id or the number that the reporter was given, as far as the caller may see it',
      access: 'public',
      query: 'no-query',
      returns: 'complaint',
      handle: async ({ actor, params }) => ({ body: await complaints.get(actor, params['id'] ?? '') }),
    }),
  ];
}

function writingRoutes(complaints: ComplaintService): Route[] {
  return [
    defineRoute({
      method: 'post',
      path: '/api/complaints',
      summary: 'Reports a wrong label, product or green purchase; without an account too',
      access: 'public',
      body: 'complaint-input',
      query: 'no-query',
      returns: 'complaint',
      status: 201,
      idempotent: true,
      handle: async ({ actor, body, idempotency }) => ({
        body: await complaints.report(actor, { input: body, idempotency }),
      }),
    }),
    defineRoute({
      method: 'post',
      path: '/api/complaints/:id/events',
      summary: 'Lets something happen to a report: forwarding, reply of the party, decision, withdrawal',
      access: writers,
      body: 'complaint-event-input',
      query: 'no-query',
      returns: 'complaint',
      status: 201,
      idempotent: true,
      handle: async ({ actor, params, body, idempotency }) => ({
        body: await complaints.act(signedIn(actor), params['id'] ?? '', { input: body, idempotency }),
      }),
    }),
  ];
}

function contactRoutes(complaints: ComplaintService): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/complaints/:id/contact',
      summary: 'How the reporter is reached',
      access: ['operator'],
      query: 'no-query',
      returns: 'complaint-contact',
      handle: async ({ params }) => ({ body: await complaints.contact(params['id'] ?? '') }),
    }),
    defineRoute({
      method: 'delete',
      path: '/api/complaints/:id/contact',
      summary: 'Forgets how the reporter is reached',
      access: ['operator'],
      query: 'no-query',
      returns: 'nothing',
      status: 204,
      handle: async ({ params }) => {
        await complaints.forgetContact(params['id'] ?? '');
        return {};
      },
    }),
  ];
}

function standingRoute(
  complaints: ComplaintService,
  { kind, path, access }: { kind: ComplaintKind; path: string; access: Access },
): Route {
  return defineRoute({
    method: 'get',
    path,
    summary: `How the reports about the ${kind} stand, and what was decided of them`,
    access,
    query: 'no-query',
    returns: 'complaint-standing',
    handle: async ({ actor, params }) => ({ body: await complaints.about(actor, kind, params['id'] ?? '') }),
  });
}
