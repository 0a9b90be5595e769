import { defineRoute, signedIn, type Route } from '../core/route.ts';
import type { CatalogueService } from './service.ts';

/** The calls on single products; the list of products is the search's. */
export function catalogueRoutes(catalogue: CatalogueService): Route[] {
  return [...entryRoutes(catalogue), ...changeRoutes(catalogue)];
}

function entryRoutes(catalogue: CatalogueService): Route[] {
  return [
    defineRoute({
      method: 'post',
      path: '/api/products',
      summary: 'Enters a product or service',
      access: ['supplier', 'certifier', 'operator'],
      body: 'product-input',
      query: 'no-query',
      returns: 'product',
      status: 201,
      idempotent: true,
      handle: async ({ actor, body, idempotency }) => ({
        body: await catalogue.create(signedIn(actor), body, idempotency),
      }),
    }),
    // Above the route of one product, whose path it would else be taken for.
    defineRoute({
      method: 'get',
      path: '/api/products/unreviewed',
      summary: 'Products that wait for acceptance into public search: all of them, a supplier’s own',
      access: ['supplier', 'certifier', 'operator', 'auditor'],
      query: 'page-query',
      returns: { list: 'product' },
      handle: async ({ actor, query }) => ({ body: await catalogue.unreviewed(signedIn(actor), query) }),
    }),
    defineRoute({
      method: 'get',
      path: '/api/products/:id',
      summary: 'One product or service',
      access: 'public',
      query: 'no-query',
      returns: 'product',
      handle: async ({ params }) => ({ body: await catalogue.get(params['id'] ?? '') }),
    }),
  ];
}

function changeRoutes(catalogue: CatalogueService): Route[] {
  return [
    defineRoute({
      method: 'patch',
      path: '/api/products/:id',
      summary: 'Changes a product',
      access: ['supplier', 'certifier', 'operator'],
      body: 'product-patch',
      query: 'no-query',
      returns: 'product',
      ifMatch: true,
      handle: async ({ actor, params, body, revision }) => ({
        body: await catalogue.amend(signedIn(actor), params['id'] ?? '', { revision, patch: body }),
      }),
    }),
    defineRoute({
      method: 'post',
      path: '/api/products/:id/withdrawal',
      summary: 'Withdraws a product from a day on',
      access: ['supplier', 'certifier', 'operator'],
      body: 'withdrawal-input',
      query: 'no-query',
      returns: 'product',
      status: 201,
      idempotent: true,
      handle: async ({ actor, params, body, idempotency }) => ({
        body: await catalogue.withdraw(signedIn(actor), params['id'] ?? '', { withdrawal: body, idempotency }),
      }),
    }),
  ];
}
