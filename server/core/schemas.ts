import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Schemas } from '../../schemas/types.d.ts';
import ruleCodes from './rule-codes.json' with { type: 'json' };
import { type Fault, Problem, type ProblemCode, type RuleCode } from './problem.ts';

export type SchemaName = keyof Schemas;
export type JsonSchema = { [keyword: string]: unknown };

const folder = new URL('../../schemas/', import.meta.url);

/** Every schema by its name, as it stands in `schemas/<name>.json`. */
export const schemas: ReadonlyMap<SchemaName, JsonSchema> = new Map(
  readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => [
      file.slice(0, -'.json'.length) as SchemaName,
      JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as JsonSchema,
    ]),
);

/** Whether the digits are an integer that a double holds exactly: within 2^53. */
function isStorable(digits: string): boolean {
  return Number.isSafeInteger(Number(digits));
}

const dateTime = addFormats.default.get('date-time') as { validate(text: string): boolean };

/** RFC 3339 but for leap seconds, which the clocks that are compared with it never show. */
function isInstant(text: string): boolean {
  return dateTime.validate(text) && !Number.isNaN(Date.parse(text));
}

const currencies = new Set(Intl.supportedValuesOf('currency'));

function createAjv(coerce: boolean): Ajv2020 {
  const ajv = new Ajv2020({ coerceTypes: coerce, useDefaults: true, strictTypes: false, strictRequired: false });
  addFormats.default(ajv);
  ajv.addFormat('date-time', isInstant);
  ajv.addFormat('minor-units', isStorable);
  ajv.addFormat('currency', (code) => currencies.has(code));
  for (const schema of schemas.values()) ajv.addSchema(schema);
  return ajv;
}

const strict = createAjv(false);
const coercing = createAjv(true);

/** The value as the schema's type, nothing coerced. @throws Problem INVALID_BODY that names the place */
export function parseBody<N extends SchemaName>(name: N, value: unknown): Schemas[N] {
  return parse(name, value, { ajv: strict, code: 'INVALID_BODY' });
}

/** Text parameters as the schema's type, with its defaults. @throws Problem INVALID_QUERY that names the parameter */
export function parseQuery<N extends SchemaName>(name: N, value: unknown): Schemas[N] {
  return parse(name, nested(name, value), { ajv: coercing, code: 'INVALID_QUERY' });
}

/** Parameters `attr.<key>` as members of `attr`, where the schema says that this is an object. */
function nested(name: SchemaName, value: unknown): unknown {
  const objects = objectParameters(name);
  const ownerOf = (parameter: string) => objects.find((object) => parameter.startsWith(`${object}.`));
  const sent = Object.entries(value as object) as [string, unknown][];
  const members = objects.flatMap((object) => {
    const own = sent.filter(([parameter]) => ownerOf(parameter) === object);
    const inner = own.map(([parameter, text]) => [parameter.slice(object.length + 1), text] as const);
    return inner.length > 0 ? [[object, Object.fromEntries(inner)] as const] : [];
  });
  return Object.fromEntries([...sent.filter(([parameter]) => !ownerOf(parameter)), ...members]);
}

/** The parameters of a query that are objects: each member is sent as `<parameter>.<member>`. */
export function objectParameters(name: SchemaName): string[] {
  const { properties = {} } = schemas.get(name) as { properties?: Record<string, JsonSchema> };
  return Object.keys(properties).filter((parameter) => properties[parameter]?.['type'] === 'object');
}

function parse<N extends SchemaName>(name: N, value: unknown, how: { ajv: Ajv2020; code: ProblemCode }): Schemas[N] {
  const validate = how.ajv.getSchema<Schemas[N]>(`${name}.json`);
  if (!validate) throw new Error(`no schema ${name}`);
  if (validate(value)) return value as Schemas[N];
  const fault = faultOf(validate.errors ?? []);
  const pointer = how.ajv === strict ? fault.pointer : fault.pointer.replace(/(?<=.)[/]/, '.');
  throw new Problem(how.code, {}, [{ ...fault, pointer }]);
}

/** The deepest error: with alternatives, the branch that fitted longest names the place best. */
function faultOf(errors: ErrorObject[]): Fault {
  const depth = (error: ErrorObject) => pointerOf(error).split('/').length;
  const [first] = errors.toSorted((a, b) => depth(b) - depth(a));
  if (!first) return { pointer: '', code: 'other' };
  const { keyword, params } = first;
  return {
    pointer: pointerOf(first),
    code: keyword in ruleCodes ? (keyword as RuleCode) : 'other',
    params: words(params),
  };
}

function pointerOf({ instancePath, params }: ErrorObject): string {
  const property: unknown = params['missingProperty'] ?? params['additionalProperty'];
  if (typeof property !== 'string') return instancePath;
  return `${instancePath}/${property.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

function words(params: ErrorObject['params']): Record<string, string> {
  const allowed: unknown = params['allowedValues'] ?? params['allowedValue'];
  const entries = Object.entries({ ...params, allowed: Array.isArray(allowed) ? allowed.join(', ') : allowed });
  return Object.fromEntries(entries.map(([name, value]) => [name, String(value)]));
}

/** What stands behind a schema: its `$ref` followed to the end. `within` names the file that a local `$ref` means. */
export function resolveSchema(schema: JsonSchema, within: string): { schema: JsonSchema; within: string } {
  const ref = schema['$ref'];
  if (typeof ref !== 'string') return { schema, within };
  const [file, pointer = ''] = ref.split('#');
  const name = file ? file.replace(/\.json$/, '') : within;
  let found: unknown = schemas.get(name as SchemaName);
  for (const part of pointer.split('/').slice(1)) found = (found as JsonSchema)[part];
  return resolveSchema(found as JsonSchema, name);
}
