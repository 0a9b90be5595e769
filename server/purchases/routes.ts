import { defineRoute, signedIn, type Route } from '../core/route.ts';
import type { ImportService } from './import.service.ts';
import type { PurchaseService } from './service.ts';

/** The calls on purchases; lines are only for the agency's own subtree, operator and auditor. */
export function purchaseRoutes(purchases: PurchaseService, imports: ImportService): Route[] {
  return [
    ...readingRoutes(purchases),
    ...writingRoutes(purchases),
    ...importingRoutes(imports),
    ...importedRoutes(imports),
  ];
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
    defineRoute({
      method: 'get',
      path: '/api/schemes/:code/claims',
      summary: 'The queue of a scheme: certificate numbers that purchases claim and the register lacks',
      access: ['certifier', 'operator', 'auditor'],
      query: 'page-query',
      returns: { list: 'claim-entry' },
      handle: async ({ actor, params, query }) => ({
        body: await purchases.claims(signedIn(actor), params['code'] ?? '', query),
      }),
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
      summary:
        'Takes lines back and records new ones, cancels the purchase, or says when it was settled; with `preview=true` nothing is written',
      access: ['officer'],
      body: 'correction-input',
      query: 'purchase-create-query',
      returns: 'purchase',
      status: 201,
      idempotent: true,
      handle: async ({ actor, params, body, query: { preview }, idempotency }) => ({
        body: await purchases.correct(signedIn(actor), params['id'] ?? '', { correction: body, preview, idempotency }),
        ...(preview && { status: 200 }),
      }),
    }),
  ];
}

function importingRoutes(imports: ImportService): Route[] {
  return [
    defineRoute({
      method: 'post',
      path: '/api/purchases/imports',
      summary: 'Takes a CSV or XLSX ledger; the job reads, checks and, without `dryRun`, records it by itself',
      access: ['officer'],
      body: 'import-input',
      query: 'no-query',
      returns: 'purchase-import',
      status: 202,
      idempotent: true,
      takesFile: true,
      handle: async ({ actor, body, file, idempotency }) => ({
        body: await imports.begin(signedIn(actor), { input: body, file: file!, idempotency }),
      }),
    }),
    defineRoute({
      method: 'post',
      path: '/api/purchases/imports/:id/runs',
      summary:
        'Reads the kept file again: with answers to the questions, a corrected mapping, or for good after a dry run',
      access: ['officer'],
      body: 'import-run-input',
      query: 'no-query',
      returns: 'purchase-import',
      status: 202,
      handle: async ({ actor, params, body }) => ({
        body: await imports.again(signedIn(actor), params['id'] ?? '', body),
      }),
    }),
  ];
}

function importedRoutes(imports: ImportService): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/purchases/imports/:id',
      summary: 'An import: progress, questions, control totals',
      access: ['officer', 'operator', 'auditor'],
      query: 'no-query',
      returns: 'purchase-import',
      handle: async ({ actor, params }) => ({ body: await imports.get(signedIn(actor), params['id'] ?? '') }),
    }),
    defineRoute({
      method: 'get',
      path: '/api/purchases/imports/:id/rows',
      summary: 'What became of each row of an import; as CSV all of them, the reasons in both languages',
      access: ['officer', 'operator', 'auditor'],
      query: 'import-rows-query',
      returns: { list: 'import-row' },
      csv: true,
      handle: async ({ actor, params, query, wantsCsv }) => {
        const id = params['id'] ?? '';
        if (wantsCsv) return { sheet: await imports.sheet(signedIn(actor), id, query) };
        return { body: await imports.rows(signedIn(actor), id, query) };
      },
    }),
  ];
}
