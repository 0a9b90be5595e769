import { defineRoute, signedIn, type Role, type Route } from '../core/route.ts';
import type { EvidenceService } from './service.ts';

const writers: readonly Role[] = ['officer', 'supplier', 'certifier', 'operator'];
const readers: readonly Role[] = [...writers, 'auditor'];

/** The largest file of evidence, in bytes. */
const largest = 20 * 1024 * 1024;

/** The calls on evidence: files of the caller's organisation, and those of what the caller may read. */
export function evidenceRoutes(evidence: EvidenceService): Route[] {
  return [...readingRoutes(evidence), ...writingRoutes(evidence), removalRoute(evidence)];
}

function readingRoutes(evidence: EvidenceService): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/evidence',
      summary: 'Files of an application, a purchase line or a certificate; those that have ended; or one’s own',
      access: readers,
      unverified: true,
      query: 'evidence-query',
      returns: { list: 'evidence' },
      handle: async ({ actor, query }) => ({ body: await evidence.page(signedIn(actor), query) }),
    }),
    defineRoute({
      method: 'get',
      path: '/api/evidence/:id',
      summary: 'What is known of a file',
      access: readers,
      unverified: true,
      query: 'no-query',
      returns: 'evidence',
      handle: async ({ actor, params }) => ({ body: await evidence.get(signedIn(actor), params['id'] ?? '') }),
    }),
    defineRoute({
      method: 'get',
      path: '/api/evidence/:id/content',
      summary: 'The file, always as a download',
      access: readers,
      unverified: true,
      query: 'no-query',
      returns: 'file',
      handle: async ({ actor, params }) => ({ download: await evidence.content(signedIn(actor), params['id'] ?? '') }),
    }),
  ];
}

function writingRoutes(evidence: EvidenceService): Route[] {
  return [
    defineRoute({
      method: 'post',
      path: '/api/evidence',
      summary: 'Takes a PDF, PNG, JPEG, XLSX or CSV of at most 20 MB; the same file again is the same record',
      access: writers,
      unverified: true,
      body: 'evidence-input',
      query: 'no-query',
      returns: 'evidence',
      status: 201,
      idempotent: true,
      takesFile: { largest },
      handle: async ({ actor, body, file, idempotency }) => ({
        body: await evidence.create(signedIn(actor), { input: body, file: file!, idempotency }),
      }),
    }),
    defineRoute({
      method: 'post',
      path: '/api/evidence/:id/uses',
      summary: 'Names a further use of a file of one’s own organisation',
      access: writers,
      unverified: true,
      body: 'evidence-use',
      query: 'no-query',
      returns: 'evidence',
      status: 201,
      idempotent: true,
      handle: async ({ actor, params, body, idempotency }) => ({
        body: await evidence.use(signedIn(actor), params['id'] ?? '', { use: body, idempotency }),
      }),
    }),
  ];
}

function removalRoute(evidence: EvidenceService): Route {
  return defineRoute({
    method: 'delete',
    path: '/api/evidence/:id',
    summary: 'Removes the content of a file that need not be kept; what is known of it stays',
    access: writers,
    unverified: true,
    query: 'no-query',
    returns: 'evidence',
    ifMatch: true,
    handle: async ({ actor, params, revision }) => ({
      body: await evidence.remove(signedIn(actor), params['id'] ?? '', revision),
    }),
  });
}
