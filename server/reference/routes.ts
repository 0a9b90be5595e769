import { Problem } from '../core/problem.ts';
import type { Page, PageQuery, Recorded } from '../core/records.ts';
import { defineRoute, signedIn, type Route } from '../core/route.ts';
import type { SchemaName } from '../core/schemas.ts';
import type { DatedRecord, DatedRecords, VersionInput } from './dated.service.ts';
import type { ReferenceService } from './service.ts';

/** The calls on reference data: a list of each kind, one record by its code, and the operator's dated changes. */
export function referenceRoutes(reference: ReferenceService): Route[] {
  const { schemes, groups, criteria, agreements, targets, holidays } = reference;
  const scheme = { path: 'schemes', schema: 'label-scheme', what: 'Label schemes' } as const;
  const group = { path: 'groups', schema: 'product-group', what: 'Product groups' } as const;
  const criterion = { path: 'criteria', schema: 'criteria-document', what: 'Criteria documents' } as const;
  const agreement = { path: 'agreements', schema: 'recognition-agreement', what: 'Recognition agreements' } as const;
  const target = { path: 'targets', schema: 'target', what: 'Targets for the national green share' } as const;
  const holiday = { path: 'holidays', schema: 'holiday-year', what: 'Days off by year' } as const;
  return [
    ...listAndOne(schemes, scheme),
    putRoute(schemes, { ...scheme, body: 'label-scheme-input' }),
    ...listAndOne(groups, group),
    putRoute(groups, { ...group, body: 'product-group-input' }),
    ...listAndOne(criteria, criterion),
    putRoute(criteria, { ...criterion, body: 'criteria-document-input' }),
    ...listAndOne(agreements, agreement),
    putRoute(agreements, { ...agreement, body: 'recognition-agreement-change' }),
    agreementRoute(reference),
    ...listAndOne(targets, target),
    ...listAndOne(holidays, holiday),
    holidayRoute(reference),
  ];
}

interface Kind {
  path: string;
  schema: SchemaName;
  what: string;
}

interface Readable<T> {
  page(query: PageQuery): Promise<Page<T>>;
  get(code: string): Promise<T | null>;
}

function listAndOne<T extends Recorded>(records: Readable<T>, { path, schema, what }: Kind): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: `/api/${path}`,
      summary: what,
      access: 'public',
      query: 'page-query',
      returns: { list: schema },
      handle: async ({ query }) => ({ body: await records.page(query) }),
    }),
    defineRoute({
      method: 'get',
      path: `/api/${path}/:code`,
      summary: `${what}: one by its code`,
      access: 'public',
      query: 'no-query',
      returns: schema,
      handle: async ({ params }) => {
        const record = await records.get(params['code'] ?? '');
        if (!record) throw new Problem('NOT_FOUND');
        return { body: record };
      },
    }),
  ];
}

function putRoute<T extends DatedRecord>(
  records: DatedRecords<T>,
  { path, schema, what, body }: Kind & { body: SchemaName },
): Route {
  return defineRoute({
    method: 'put',
    path: `/api/${path}/:code`,
    summary: `${what}: changes one from a day on, or enters it`,
    access: ['operator'],
    body,
    query: 'no-query',
    returns: schema,
    ifMatch: 'orNew',
    handle: async ({ actor, params, revision, body: version }) => ({
      body: await records.put(signedIn(actor), codeOf(params), {
        revision,
        version: version as unknown as VersionInput<T>,
      }),
      status: revision === 0 ? 201 : 200,
    }),
  });
}

function holidayRoute({ holidays }: ReferenceService): Route {
  return defineRoute({
    method: 'put',
    path: '/api/holidays/:code',
    summary: 'Days off by year: says which they are, with those that the Government moves',
    access: ['operator'],
    body: 'holiday-year-input',
    query: 'no-query',
    returns: 'holiday-year',
    ifMatch: 'orNew',
    handle: async ({ actor, params, revision, body: input }) => ({
      body: await holidays.put(signedIn(actor), codeOf(params), { revision, input }),
      status: revision === 0 ? 201 : 200,
    }),
  });
}

function agreementRoute(reference: ReferenceService): Route {
  return defineRoute({
    method: 'post',
    path: '/api/agreements',
    summary: 'Enters a recognition agreement',
    access: ['operator'],
    body: 'recognition-agreement-input',
    query: 'no-query',
    returns: 'recognition-agreement',
    status: 201,
    idempotent: true,
    handle: async ({ actor, body, idempotency }) => ({
      body: await reference.agree(signedIn(actor), body, idempotency),
    }),
  });
}

function codeOf(params: Record<string, string>): string {
  return params['code'] ?? '';
}
