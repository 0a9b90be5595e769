import { defineRoute, signedIn, type Route } from '../core/route.ts';
import type { PurchaseService } from './service.ts';

/** The calls on purchases; lines are only for the agency's own subtree, operator and auditor. */
export function purchaseRoutes(purchases: PurchaseService): Route[] {
  return [...readingRoutes(purchases), ...writingRoutes(purchases)];
}

function readingRoutes(purchases: PurchaseService): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/purchases',
      summary: 'Recorded purchases; an agency means its whole subtree',
      access: ['officer', 'operator', 'auditor'],
      query: 'purchase-query',
      returns: { list: 'purchase' },
      handle: async ({ actor, query }) => ({ body: await purchases.page(signedIn(actor), query) }),
    }),
    defineRoute({
      method: 'get',
      path: '/api/purchases/:id',
      summary: 'One purchase with every line, decision and correction',
      access: ['officer', 'operator', 'auditor'],
      query: 'no-query',
      returns: 'purchase',
      handle: async ({ actor, params }) => ({ body: await purchases.get(signedIn(actor), params['id'] ?? '') }),
    }),
  ];
}

function writingRoutes(purchases: PurchaseService): Route[] {
  return [
    defineRoute({
      method: 'post',
      path: '/api/purchases',
      summary: 'Records a purchase and decides every line; with `preview=true` nothing is written',
      access: ['officer'],
      body: 'purchase-input',
      query: 'purchase-create-query',
      returns: 'purchase',
      status: 201,
      idempotent: true,
      handle: async ({ actor, body, query: { preview }, idempotency }) => ({
        body: await purchases.create(signedIn(actor), body, { preview, idempotency }),
        ...(preview && { status: 200 }),
      }),
    }),
    defineRoute({
      method: 'post',
      path: '/api/purchases/:id/corrections',
      summary: 'Takes lines back and records new ones, or cancels the purchase',
      access: ['officer'],
      body: 'correction-input',
      query: 'no-query',
      returns: 'purchase',
      status: 201,
      idempotent: true,
      handle: async ({ actor, params, body, idempotency }) => ({
        body: await purchases.correct(signedIn(actor), params['id'] ?? '', { correction: body, idempotency }),
      }),
    }),
  ];
}
