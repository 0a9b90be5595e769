import { defineRoute, signedIn, type Route } from '../core/route.ts';
import type { CertificateService } from './service.ts';

/** The calls on certificates, and on the labels that they give a product. */
export function certificateRoutes(certificates: CertificateService): Route[] {
  return [...readingRoutes(certificates), ...labelRoutes(certificates), ...writingRoutes(certificates)];
}

function readingRoutes(certificates: CertificateService): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/certificates',
      summary: 'The register of certificates, newest first; with changedSince a feed of changes',
      access: 'public',
      query: 'certificate-query',
      returns: { list: 'certificate', feed: true },
      handle: async ({ query }) => ({ body: await certificates.page(query) }),
    }),
    defineRoute({
      method: 'get',
      path: '/api/certificates/:id',
      summary: 'One certificate and everything that happened to it',
      access: 'public',
      query: 'no-query',
      returns: 'certificate',
      handle: async ({ params }) => ({ body: await certificates.get(params['id'] ?? '') }),
    }),
    defineRoute({
      method: 'get',
      path: '/api/certificates/:id/validity',
      summary: 'Whether it was valid on a day, as known at a moment',
      access: 'public',
      query: 'validity-query',
      returns: 'validity',
      handle: async ({ params, query }) => ({ body: await certificates.validity(params['id'] ?? '', query) }),
    }),
  ];
}

function labelRoutes(certificates: CertificateService): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/products/:id/labels',
      summary: 'Every certificate that covers the product, and its state on a day',
      access: 'public',
      query: 'labels-query',
      returns: 'product-labels',
      handle: async ({ params, query }) => ({ body: await certificates.labelsOfProduct(params['id'] ?? '', query) }),
    }),
    defineRoute({
      method: 'get',
      path: '/api/organisations/:code/labels',
      summary: 'Every certificate of an organisation and its places, and its state on a day',
      access: 'public',
      query: 'labels-query',
      returns: 'organisation-labels',
      handle: async ({ params, query }) => ({
        body: await certificates.labelsOfOrganisation(params['code'] ?? '', query),
      }),
    }),
  ];
}

function writingRoutes(certificates: CertificateService): Route[] {
  return [
    defineRoute({
      method: 'post',
      path: '/api/certificates',
      summary: 'Registers a certificate',
      access: ['certifier', 'operator'],
      body: 'certificate-input',
      query: 'no-query',
      returns: 'certificate',
      status: 201,
      idempotent: true,
      handle: async ({ actor, body, idempotency }) => ({
        body: await certificates.create(signedIn(actor), body, idempotency),
      }),
    }),
    defineRoute({
      method: 'post',
      path: '/api/certificates/:id/events',
      summary: 'Adds what happened to a certificate',
      access: ['certifier', 'operator'],
      body: 'certificate-event-input',
      query: 'no-query',
      returns: 'certificate',
      status: 201,
      idempotent: true,
      handle: async ({ actor, params, body, idempotency }) => ({
        body: await certificates.addEvent(signedIn(actor), params['id'] ?? '', { event: body, idempotency }),
      }),
    }),
  ];
}
