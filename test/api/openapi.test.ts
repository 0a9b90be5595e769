import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { apiOf } from '../../server/routes.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { aWorld } from '../support/builders.ts';

interface Media {
  schema: object;
  examples?: Record<string, { value: unknown }>;
}
interface Operation {
  operationId: string;
  summary: string;
  parameters: { name: string; in: string; description?: string }[];
  requestBody?: { content: { 'application/json'?: Media } };
  responses: Record<string, { description: string; content?: Record<string, Media> }>;
}
interface Document {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, object> };
}

describe('the OpenAPI document', () => {
  let app: TestApp;
  let document: Document;
  let ajv: Ajv2020;
  beforeAll(async () => {
    app = await startTestApp({ demo: true });
    document = (await app.anyone.get('/api/openapi.json').expect(200)).body as Document;
    ajv = new Ajv2020({ strict: false });
    addFormats.default(ajv);
    ajv.addFormat('minor-units', true);
    ajv.addFormat('currency', true);
    ajv.addSchema({ $id: 'openapi', ...document });
  }, 120_000);
  afterAll(() => app.close());

  const validator = (schema: object) =>
    ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"openapi#/')) as object);

  it('describes every route, each under a name of its own', () => {
    const { routes } = apiOf(app.services, { clock: app.clock, store: 'embedded', isDemo: false });
    expect(document.openapi).toBe('3.1.1');
    const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
    );
    expect(operations.map(({ path, method }) => `${method} ${path}`).toSorted()).toEqual(
      routes.map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`).toSorted(),
    );
    expect(new Set(operations.map(({ operation }) => operation.operationId)).size).toBe(operations.length);
  });

  it('resolves every reference', () => {
    const refs = [...JSON.stringify(document).matchAll(/"\$ref":"#(\/[^"]+)"/g)].map(([, pointer]) => pointer!);
    expect(refs.length).toBeGreaterThan(100);
    for (const pointer of new Set(refs)) {
      const found = pointer
        .split('/')
        .slice(1)
        .reduce<unknown>((at, part) => (at as Record<string, unknown> | undefined)?.[part], document);
      expect([pointer, typeof found]).toEqual([pointer, 'object']);
    }
  });

  const isFile = (content: object = {}) => Object.keys(content).join('') === 'application/octet-stream';
  const operations = () => Object.values(document.paths).flatMap((methods) => Object.values(methods));

  it('has an example that validates for every body, every good answer and every problem', () => {
    for (const { operationId, requestBody, responses } of operations()) {
      // A file and its form have no example in JSON, an empty answer none at all, and what is not foreseen neither.
      const body = requestBody?.content['application/json'];
      const { default: _rest, ...foreseen } = responses;
      const answers = Object.entries(foreseen).flatMap(([status, { content = {} }]) =>
        ['application/json', 'application/problem+json'].flatMap((type) =>
          content[type] ? [[status, content[type]] as const] : [],
        ),
      );
      expect([operationId, answers.length]).toEqual([
        operationId,
        Object.entries(foreseen).filter(([status, { content }]) => status !== '204' && !isFile(content)).length,
      ]);
      for (const [what, { schema, examples = {} }] of [...answers, ...(body ? [['body', body] as const] : [])]) {
        expect([operationId, what, Object.keys(examples).length > 0]).toEqual([operationId, what, true]);
        const isValid = validator(schema);
        for (const { value } of Object.values(examples))
          expect([operationId, what, isValid(value), isValid.errors]).toEqual([operationId, what, true, null]);
      }
    }
  });

  it('says of every call, parameter and answer what it is', () => {
    for (const { operationId, summary, parameters, responses } of operations()) {
      expect(summary).not.toBe('');
      expect([operationId, parameters.filter(({ description = '' }) => description === '')]).toEqual([operationId, []]);
      expect(Object.values(responses).every(({ description }) => description.length > 5)).toBe(true);
      expect(Object.keys(responses)).toEqual(expect.arrayContaining(['400', 'default']));
    }
  });

  it('describes what the calls really answer', async () => {
    const world = await aWorld(app);
    const first = async (path: string) =>
      ((await world.auditor.get(path).expect(200)).body as { items: { id: string; code: string }[] }).items[0]!;
    const product = (await first('/api/products?tier=A')).id;
    const certificate = (await first('/api/certificates')).id;
    const answers: [string, string][] = [
      ['/api/health', '/api/health'],
      ['/api/me', '/api/me'],
      ['/api/schemes', '/api/schemes'],
      ['/api/groups', '/api/groups'],
      ['/api/criteria', '/api/criteria'],
      ['/api/targets', '/api/targets'],
      ['/api/organisations', '/api/organisations?kind=certifier'],
      ['/api/products', '/api/products?facets=kind,group,family,scheme,tier,level,supplier,priority'],
      ['/api/products', '/api/products?q=zzzzqqqq'],
      ['/api/products/{id}', `/api/products/${product}`],
      ['/api/products/{id}/labels', `/api/products/${product}/labels`],
      ['/api/certificates', '/api/certificates?limit=100'],
      ['/api/certificates/{id}', `/api/certificates/${certificate}`],
      ['/api/certificates/{id}/validity', `/api/certificates/${certificate}/validity`],
      ['/api/priority-lists', '/api/priority-lists'],
      ['/api/priority-lists/in-force', '/api/priority-lists/in-force'],
      ['/api/purchases', '/api/purchases?limit=100'],
      ['/api/purchases/{id}', `/api/purchases/${(await first('/api/purchases')).id}`],
      ['/api/share', '/api/share?from=2025-01-01&to=2026-12-31&groupBy=group'],
    ];
    for (const [path, url] of answers) {
      const { body } = await world.auditor.get(url).expect(200);
      const isValid = validator(document.paths[path]!['get']!.responses['200']!.content!['application/json']!.schema);
      expect([url, isValid(body), isValid.errors?.[0]]).toEqual([url, true, undefined]);
    }
  });

  it('is shown in a browser without any outside host', async () => {
    const { text } = await app.anyone.get('/api/docs/').expect(200);
    expect(text).toContain('swagger-ui');
    expect(text).not.toMatch(/(src|href)="(https?:)?\/\//);
    expect((await app.anyone.get('/api/docs/swagger-initializer.js').expect(200)).text).toContain('/api/openapi.json');
  });
});
