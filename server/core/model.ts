import {
  Schema,
  Types,
  type Connection,
  type IndexDefinition,
  type IndexOptions,
  type Model,
  type SchemaDefinition,
} from 'mongoose';
import { resolveSchema, type JsonSchema, type SchemaName } from './schemas.ts';
import { mapFormat } from './shape.ts';

/** How a record is stored: its schema, the fields that never leave the server, and an index for every query. */
export interface ModelDefinition {
  collection: string;
  schema: SchemaName;
  /** Kept beside the record: derived keys for its indexes. */
  hidden?: SchemaDefinition;
  /** Paths of the fields that are no part of a record's history, because they are derived: `lines.green` is one inside of `lines`. */
  derived?: readonly string[];
  /** Working papers and what may be forgotten, which are no records of the register. */
  history?: 'none';
  /** Names of marks: each holds the instant since when background work on the record waits. */
  marks?: readonly string[];
  /** The field that names the organisation within which an idempotency key is unique; without it the register. */
  owner?: string;
  /** Lists begin with the record entered last; without it they run by code. */
  newestFirst?: true;
  indexes: [IndexDefinition, IndexOptions][];
}

/** A list comes in one message, where a message holds it; without this the first would have a hundred. */
export const batchSize = 1000;

/** The mark that a record's history has entries that no seal covers yet. */
export const unsealed = 'unsealedSince';

/** A stored document: the record under its `_id`, with numbers where the wire has digits. */
export type StoredDocument = { _id: string; revision: number } & Record<string, unknown>;
export type RecordModel = Model<StoredDocument>;

/** The mongoose model of a record, one on each connection; unknown fields throw, missing required ones too. */
export function createModel(connection: Connection, definition: ModelDefinition): RecordModel {
  const compiled = connection.models[definition.collection];
  if (compiled) return compiled as RecordModel;
  const marks = [...(definition.marks ?? []), ...(definition.history === 'none' ? [] : [unsealed])];
  const { id: _id, ...fields } = fieldsOf({ $ref: `${definition.schema}.json` }, '');
  const schema = new Schema<StoredDocument>(
    {
      ...fields,
      ...definition.hidden,
      ...Object.fromEntries(marks.map((mark) => [mark, String])),
      _id: { type: String, required: true },
      history: { type: [Schema.Types.Mixed], default: undefined },
      idempotency: { type: [{ key: String, digest: String, _id: false }], default: undefined },
    },
    {
      collection: definition.collection,
      strict: 'throw',
      versionKey: false,
      id: false,
      minimize: false,
      autoIndex: false,
    },
  );
  for (const [keys, options] of definition.indexes) schema.index(keys, options);
  const { owner } = definition;
  schema.index(
    { ...(owner && { [owner]: 1 as const }), 'idempotency.key': 1 },
    { unique: true, partialFilterExpression: { 'idempotency.key': { $exists: true } } },
  );
  for (const mark of marks) schema.index({ [mark]: 1 }, { partialFilterExpression: { [mark]: { $exists: true } } });
  return connection.model<StoredDocument>(definition.collection, schema);
}

/** The names of the fields of a record, without what is kept beside it: its history, keys of indexes, marks. */
export function recordFields(name: SchemaName): string[] {
  const { properties = {} } = resolveSchema({ $ref: `${name}.json` }, '').schema as Shape;
  return Object.keys(properties);
}

/** A record as it is stored: `id` becomes `_id`, digits become integers. A new record is known by its code, or else gets an id. */
export function toStored(name: SchemaName, record: object): StoredDocument {
  const { id, ...rest } = record as { id?: string; code?: string; revision: number };
  return { ...mapRecord(name, rest, (digits) => Number(digits)), _id: id ?? rest.code ?? newId() };
}

/** An identifier that no other record has; later ones sort after earlier ones. */
export function newId(): string {
  return new Types.ObjectId().toHexString();
}

/** A record as the wire has it, from what is stored; hidden fields stay on it until the answer is made. */
export function fromStored(name: SchemaName, document: StoredDocument): object {
  const { _id, ...rest } = document;
  return { id: _id, ...mapRecord(name, rest, String) };
}

function mapRecord<R extends object>(name: SchemaName, record: R, money: (value: unknown) => unknown): R {
  return mapFormat(name, record, { format: 'minor-units', leaf: money });
}

type Field = SchemaDefinition[string];
interface Shape {
  type?: string | string[];
  format?: string;
  items?: JsonSchema;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  anyOf?: JsonSchema[];
}

const mongooseTypes: Record<string, unknown> = { string: String, integer: Number, number: Number, boolean: Boolean };

function fieldsOf(schema: JsonSchema, within: string): Record<string, Field> {
  const found = resolveSchema(schema, within);
  const { properties = {}, required = [] } = found.schema as Shape;
  return Object.fromEntries(
    Object.entries(properties).map(([name, property]) => {
      // Where the schema allows null, mongoose's `required` would refuse it.
      const isRequired = required.includes(name) && !isNullable(resolveSchema(property, found.within).schema);
      return [name, { ...fieldOf(property, found.within), required: isRequired } as Field];
    }),
  );
}

function fieldOf(schema: JsonSchema, within: string): object {
  const found = resolveSchema(schema, within);
  const { type, format, items, properties, anyOf } = found.schema as Shape;
  if (anyOf?.[0]) return fieldOf(anyOf[0], found.within);
  if (items) return { type: [fieldOf(items, found.within)], default: undefined };
  if (properties)
    return { type: new Schema(fieldsOf(found.schema, found.within), { _id: false, strict: 'throw', minimize: false }) };
  if (format === 'minor-units') return { type: Number, validate: Number.isSafeInteger };
  return { type: mongooseTypes[[type].flat()[0] ?? ''] ?? Schema.Types.Mixed };
}

function isNullable({ type, anyOf }: Shape): boolean {
  return [type].flat().includes('null') || (anyOf ?? []).some((alternative) => isNullable(alternative));
}
