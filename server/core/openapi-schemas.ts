import { resolveSchema, schemas, type JsonSchema, type SchemaName } from './schemas.ts';

/** A part of a schema's file that another schema refers to. */
interface Part {
  file: SchemaName;
  pointer: string;
}

const placeOf = '#/components/schemas/';

/** The schema of a file where it stands in the document. */
export function reference(name: SchemaName): JsonSchema {
  return { $ref: placeOf + name };
}

/**
 * The components of the document: each schema's file, and each part of one that is referred to under a name of its own,
 * because generators of clients follow references to whole components only.
 */
export function componentSchemas(): Record<string, JsonSchema> {
  const components: Record<string, JsonSchema> = {};
  // The common shapes are parts alone.
  const waiting: Part[] = [...schemas.keys()]
    .filter((file) => file !== 'common')
    .map((file) => ({ file, pointer: '' }));
  for (let part = waiting.pop(); part; part = waiting.pop()) {
    const name = nameOf(part);
    if (name in components) continue;
    const { schema, within } = at(part);
    components[name] = localSchema(schema, within);
    waiting.push(...partsIn(schema, within));
  }
  return Object.fromEntries(Object.entries(components).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** The schema for use inside the document: `common.json#/$defs/date` becomes `#/components/schemas/common.date`. */
export function localSchema(schema: JsonSchema, within: SchemaName): JsonSchema {
  const { $schema: _dialect, $id: _id, ...rest } = schema;
  return JSON.parse(JSON.stringify(rest), (key, value: unknown) =>
    key === '$ref' && typeof value === 'string' ? placeOf + nameOf(partOf(value, within)) : value,
  ) as JsonSchema;
}

function partsIn(schema: JsonSchema, within: SchemaName): Part[] {
  const found: Part[] = [];
  JSON.stringify(schema, (key, value: unknown) => {
    if (key === '$ref' && typeof value === 'string') found.push(partOf(value, within));
    return value;
  });
  return found;
}

function partOf(ref: string, within: SchemaName): Part {
  const [file, pointer = ''] = ref.split('#');
  return { file: file ? (file.replace(/\.json$/, '') as SchemaName) : within, pointer };
}

/** What stands there; a part that refers to another is that other. */
function at({ file, pointer }: Part): { schema: JsonSchema; within: SchemaName } {
  if (pointer === '') return { schema: schemas.get(file) ?? {}, within: file };
  const { schema, within } = resolveSchema({ $ref: `${file}.json#${pointer}` }, file);
  return { schema, within: within as SchemaName };
}

function nameOf({ file, pointer }: Part): string {
  const words = pointer.split('/').filter((word) => word !== '' && word !== 'properties' && word !== '$defs');
  return [file, ...words].join('.');
}
