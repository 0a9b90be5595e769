import { createHash } from 'node:crypto';
import { objectParameters, schemas, type JsonSchema, type SchemaName } from './schemas.ts';
import type { Route } from './route.ts';

/** The OpenAPI 3.1 document of the routes; its schemas are the files of `schemas/`, with references made local. */
export function openApiDocument(routes: Route[]): JsonSchema {
  const paths: Record<string, Record<string, JsonSchema>> = {};
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    (paths[path] ??= {})[route.method] = operation(route);
  }
  const components = Object.fromEntries([...schemas].map(([name, schema]) => [name, localSchema(schema)]));
  return {
    openapi: '3.1.1',
    info: {
      title: 'Xanh',
      version: createHash('sha256')
        .update(JSON.stringify([paths, components]))
        .digest('hex')
        .slice(0, 12),
      description: 'Green public procurement catalogue and eco-label registry.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      schemas: components,
      securitySchemes: {
        key: { type: 'http', scheme: 'bearer' },
        session: { type: 'apiKey', in: 'cookie', name: 'xanh' },
      },
    },
  };
}

function operation(route: Route): JsonSchema {
  const { method, path, summary, access, body, returns } = route;
  const table = route.csv ? { 'text/csv': { schema: { type: 'string' } } } : {};
  const content = returns === 'nothing' ? {} : { content: { ...json(answerSchema(returns)), ...table } };
  const good = { description: 'Done', ...content };
  return {
    operationId: `${method}_${path.replace(/^\/api\//, '').replace(/\W+/g, '_')}`,
    summary,
    ...(access === 'public' ? { security: [] } : { security: [{ key: [] }, { session: [] }], 'x-roles': access }),
    parameters: [...pathParameters(path), ...queryParameters(route.query), ...headerParameters(route)],
    ...(route.takesFile && body ? { requestBody: { required: true, content: form(body) } } : {}),
    ...(body && !route.takesFile
      ? { requestBody: { required: body !== 'empty-body', content: json(reference(body), examplesOf(body)) } }
      : {}),
    responses: {
      [String(route.status ?? 200)]: good,
      default: { description: 'A problem', content: { 'application/problem+json': { schema: reference('problem') } } },
    },
  };
}

function answerSchema(returns: Exclude<Route['returns'], 'nothing'>): JsonSchema {
  if (typeof returns === 'string') return reference(returns);
  return {
    type: 'object',
    required: ['items', 'total', 'next'],
    properties: {
      items: { type: 'array', items: reference(returns.list) },
      total: { type: 'integer', minimum: 0 },
      next: { type: ['string', 'null'] },
      ...(returns.feed && {
        resume: { type: 'string', description: 'With `changedSince`: the cursor to come back with.' },
      }),
    },
  };
}

function pathParameters(path: string): JsonSchema[] {
  return [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
}

function queryParameters(name: SchemaName): JsonSchema[] {
  const { properties = {}, required = [] } = schemas.get(name) as {
    properties?: Record<string, JsonSchema>;
    required?: string[];
  };
  return Object.entries(properties).map(([parameter, schema]) => ({
    name: parameter,
    in: 'query',
    // What has a default may be left out, though a parsed query always holds it.
    required: required.includes(parameter) && !('default' in schema) && !('$ref' in schema),
    ...(objectParameters(name).includes(parameter)
      ? { style: 'form', explode: true, schema: memberSchema(parameter, localSchema(schema, name)) }
      : { schema: localSchema(schema, name) }),
  }));
}

/** An object whose members are parameters of their own, each by its full name: `attr.<key>`. */
function memberSchema(parameter: string, schema: JsonSchema): JsonSchema {
  return { ...schema, propertyNames: { pattern: `^${parameter}[.]` } };
}

function headerParameters({ ifMatch, idempotent }: Route): JsonSchema[] {
  const sent = [
    ...(ifMatch ? ['If-Match'] : []),
    ...(ifMatch === 'orNew' ? ['If-None-Match'] : []),
    ...(idempotent ? ['Idempotency-Key'] : []),
  ];
  const required = ifMatch === true ? 'If-Match' : undefined;
  return sent.map((name) => ({ name, in: 'header', required: name === required, schema: { type: 'string' } }));
}

function examplesOf(name: SchemaName): unknown[] {
  return (schemas.get(name)?.['examples'] as unknown[] | undefined) ?? [];
}

function json(schema: JsonSchema, examples: unknown[] = []): JsonSchema {
  const named = Object.fromEntries(examples.map((value, index) => [`example${index + 1}`, { value }]));
  return { 'application/json': { schema, ...(examples.length > 0 ? { examples: named } : {}) } };
}

function form(name: SchemaName): JsonSchema {
  const file = {
    type: 'object',
    required: ['file'],
    properties: { file: { type: 'string', contentMediaType: 'application/octet-stream' } },
  };
  // A closed schema would refuse the other's fields, so the two stand in one.
  const { properties, required } = localSchema(schemas.get(name) ?? {}, name) as {
    properties: JsonSchema;
    required: string[];
  };
  const schema = { ...file, required: ['file', ...required], properties: { ...file.properties, ...properties } };
  return { 'multipart/form-data': { schema } };
}

function reference(name: SchemaName): JsonSchema {
  return { $ref: `#/components/schemas/${name}` };
}

/** The schema for use inside the document: `common.json#/$defs/date` becomes `#/components/schemas/common/$defs/date`. */
function localSchema(schema: JsonSchema, within = ''): JsonSchema {
  const { $schema: _dialect, $id, ...rest } = schema;
  const home = typeof $id === 'string' ? $id.replace(/\.json$/, '') : within;
  return JSON.parse(JSON.stringify(rest), (key, value: unknown) => {
    if (key !== '$ref' || typeof value !== 'string') return value;
    const [file, pointer = ''] = value.split('#');
    return `#/components/schemas/${file ? file.replace(/\.json$/, '') : home}${pointer}`;
  }) as JsonSchema;
}
