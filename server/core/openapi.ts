import { createHash } from 'node:crypto';
import { answersOf, examplesOf, named } from './openapi-answers.ts';
import { componentSchemas, localSchema, reference } from './openapi-schemas.ts';
import { objectParameters, resolveSchema, schemas, type JsonSchema, type SchemaName } from './schemas.ts';
import type { Route } from './route.ts';

/** The OpenAPI 3.1 document of the routes; its schemas are the files of `schemas/`, with references made local. */
export function openApiDocument(routes: Route[]): JsonSchema {
  const paths: Record<string, Record<string, JsonSchema>> = {};
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    (paths[path] ??= {})[route.method] = operation(route);
  }
  const components = componentSchemas();
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
        person: { type: 'apiKey', in: 'cookie', name: 'xanh-person.session_token' },
      },
    },
  };
}

function operation(route: Route): JsonSchema {
  const { method, path, summary, access, body } = route;
  return {
    operationId: `${method}_${path.replace(/^\/api\//, '').replace(/\W+/g, '_')}`,
    summary,
    ...securityOf(access),
    parameters: [...pathParameters(path), ...queryParameters(route.query), ...headerParameters(route)],
    ...(route.takesFile && body ? { requestBody: { required: true, content: form(body) } } : {}),
    ...(body && !route.takesFile
      ? { requestBody: { required: body !== 'empty-body', content: json(reference(body), examplesOf(body)) } }
      : {}),
    responses: answersOf(route),
  };
}

function securityOf(access: Route['access']): JsonSchema {
  if (access === 'public') return { security: [] };
  if (access === 'people') return { security: [{ person: [] }] };
  return { security: [{ key: [] }, { session: [] }, { person: [] }], 'x-roles': access };
}

function pathParameters(path: string): JsonSchema[] {
  return [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    description: name === 'code' ? 'The record’s code.' : 'The record’s id; of an edition its code.',
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
    description: describe(schema, name),
    // What has a default may be left out, though a parsed query always holds it.
    required: required.includes(parameter) && !('default' in schema) && !('$ref' in schema),
    ...(objectParameters(name).includes(parameter)
      ? { style: 'form', explode: true, schema: memberSchema(parameter, localSchema(schema, name)) }
      : { schema: localSchema(schema, name) }),
  }));
}

/** What a parameter is, in its own words or those of what it refers to. */
function describe(schema: JsonSchema, within: SchemaName): string | undefined {
  const found = 'description' in schema ? schema : resolveSchema(schema, within).schema;
  return found['description'] as string | undefined;
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
    'Accept-Language',
  ];
  const required = ifMatch === true ? 'If-Match' : undefined;
  return sent.map((name) => ({
    name,
    in: 'header',
    required: name === required,
    description: headers[name],
    schema: { type: 'string' },
  }));
}

const headers: Record<string, string> = {
  'If-Match': 'The ETag of the record as it was read, in quotes.',
  'If-None-Match': '`*`: the record is to be created.',
  'Idempotency-Key': 'The same key and body answer with the same record; with another body it is a 409.',
  'Accept-Language': '`vi` (default) or `en`: the language of titles, labels and problems.',
};

function json(schema: JsonSchema, examples: unknown[] = []): JsonSchema {
  return { 'application/json': { schema, ...(examples.length > 0 ? { examples: named(examples) } : {}) } };
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
