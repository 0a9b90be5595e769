import { parseBody, resolveSchema, type JsonSchema, type SchemaName } from './schemas.ts';

/** A schema with every reference followed: what a value is walked by. */
interface Shape {
  schema: JsonSchema;
  item?: Shape;
  properties?: [name: string, shape: Shape][];
}
type Leaf = (value: unknown, schema: JsonSchema) => unknown;

const shapes = new Map<SchemaName, Shape>();
const byFormat = new Map<string, Shape | null>();

/** The value without what its schema does not name: what is stored beside a record never leaves the server. */
export function present(name: SchemaName, value: unknown): unknown {
  return mapLeaves(name, value, (leaf) => leaf);
}

/** Says that a record is what its schema describes before it is stored. @throws Problem that names the place where it is not */
export function assertFits(name: SchemaName, record: object): void {
  parseBody(name, present(name, record));
}

/**
 * The value with every leaf that the schema names passed through `leaf`, and all else left out.
 * Objects that the schema does not describe (maps, alternatives of objects) are leaves.
 */
export function mapLeaves(name: SchemaName, value: unknown, leaf: Leaf): unknown {
  let shape = shapes.get(name);
  if (!shape) shapes.set(name, (shape = shapeOf({ $ref: `${name}.json` }, name)));
  return walk(shape, value, leaf);
}

/** The record with every leaf of the format passed through `leaf`; what has none inside is the same as before. */
export function mapFormat<R extends object>(
  name: SchemaName,
  record: R,
  { format, leaf }: { format: string; leaf: (value: unknown) => unknown },
): R {
  const key = `${name} ${format}`;
  if (!byFormat.has(key)) byFormat.set(key, onlyFormat(shapeOf({ $ref: `${name}.json` }, name), format));
  const shape = byFormat.get(key);
  return shape ? (replace(shape, record, leaf) as R) : { ...record };
}

/** The shape without what no leaf of the format is inside; null where there is none at all. */
function onlyFormat({ schema, item, properties }: Shape, format: string): Shape | null {
  const element = item && onlyFormat(item, format);
  const kept = properties?.flatMap(([name, property]): [string, Shape][] => {
    const shape = onlyFormat(property, format);
    return shape ? [[name, shape]] : [];
  });
  if (element) return { schema, item: element };
  if (kept && kept.length > 0) return { schema, properties: kept };
  return !item && !properties && schema['format'] === format ? { schema } : null;
}

function replace({ item, properties }: Shape, value: unknown, leaf: (value: unknown) => unknown): unknown {
  if (value === null || value === undefined) return value;
  if (item) return Array.isArray(value) ? value.map((element) => replace(item, element, leaf)) : value;
  if (!properties) return leaf(value);
  const result = { ...(value as Record<string, unknown>) };
  for (const [name, property] of properties) {
    if (result[name] !== undefined) result[name] = replace(property, result[name], leaf);
  }
  return result;
}

function walk(shape: Shape, value: unknown, leaf: Leaf): unknown {
  if (value === null || value === undefined) return value;
  const { item, properties } = shape;
  if (Array.isArray(value)) return item ? value.map((element) => walk(item, element, leaf)) : value;
  if (typeof value !== 'object' || !properties) return leaf(value, shape.schema);
  const record = value as Record<string, unknown>;
  const result: Record<string, unknown> = {};
  for (const [name, property] of properties) {
    if (record[name] !== undefined) result[name] = walk(property, record[name], leaf);
  }
  return result;
}

function shapeOf(schema: JsonSchema, within: string): Shape {
  const found = resolveSchema(schema, within);
  const { items, properties, anyOf } = found.schema as {
    items?: JsonSchema;
    properties?: Record<string, JsonSchema>;
    anyOf?: JsonSchema[];
  };
  // Of alternatives the first describes the value, the others say that it may be null.
  if (anyOf?.[0]) return shapeOf(anyOf[0], found.within);
  return {
    schema: found.schema,
    ...(items && { item: shapeOf(items, found.within) }),
    ...(properties && {
      properties: Object.entries(properties).map(([name, property]) => [name, shapeOf(property, found.within)]),
    }),
  };
}
