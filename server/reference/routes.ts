import { Problem } from '../core/problem.ts';
import type { Recorded } from '../core/records.ts';
import { defineRoute, type Route } from '../core/route.ts';
import type { SchemaName } from '../core/schemas.ts';
import type { ReferenceRecords, ReferenceService } from './service.ts';

/** The calls on reference data: a list of each kind, and one record by its code. */
export function referenceRoutes(reference: ReferenceService): Route[] {
  return [
    ...listAndOne(reference.schemes, { path: 'schemes', schema: 'label-scheme', what: 'Label schemes' }),
    ...listAndOne(reference.groups, { path: 'groups', schema: 'product-group', what: 'Product groups' }),
    ...listAndOne(reference.criteria, { path: 'criteria', schema: 'criteria-document', what: 'Criteria documents' }),
    ...listAndOne(reference.agreements, {
      path: 'agreements',
      schema: 'recognition-agreement',
      what: 'Recognition agreements',
    }),
    ...listAndOne(reference.targets, {
      path: 'targets',
      schema: 'target',
      what: 'Targets for the national green share',
    }),
  ];
}

interface Kind {
  path: string;
  schema: SchemaName;
  what: string;
}

function listAndOne<T extends Recorded>(records: ReferenceRecords<T>, { path, schema, what }: Kind): Route[] {
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
