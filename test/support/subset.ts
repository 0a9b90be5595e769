import { readFileSync } from 'node:fs';
import {
  Binary,
  ObjectId,
  type CommandStartedEvent,
  type CommandSucceededEvent,
  type Document,
  type MongoClient,
} from 'mongodb';

const page = readFileSync(new URL('../../docs/embedded-store.md', import.meta.url), 'utf8');

/** The rows of the table under a heading of `docs/embedded-store.md`, without its head. */
export function tableUnder(heading: string): string[][] {
  const section = page.split(/^#+ /m).find((part) => part.startsWith(`${heading}\n`)) ?? '';
  const lines = section.split('\n').filter((line) => line.startsWith('|'));
  return lines.slice(2).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

/** What the page says is in: names by kind. */
export function readSubset(): Map<string, Set<string>> {
  const rows = tableUnder('In').map(([kind = '', names = '']): [string, Set<string>] => {
    const quoted = [...names.matchAll(/`([^`]+)`/g)].flatMap(([, words = '']) => words.split(' '));
    return [kind, new Set(quoted)];
  });
  return new Map(rows);
}

type Note = (kind: string, name: string) => void;

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value !== 'object') return typeof value;
  if (value instanceof ObjectId) return 'ObjectId';
  if (value instanceof Binary || value instanceof Uint8Array) return 'Binary';
  if (value instanceof Date) return 'Date';
  if (value instanceof RegExp) return 'pattern';
  return Object.getPrototypeOf(value) === Object.prototype || Object.getPrototypeOf(value) === null
    ? 'document'
    : value.constructor.name;
}

function hasToBson(value: unknown): value is { toBSON(): unknown } {
  return typeof value === 'object' && value !== null && 'toBSON' in value && typeof value.toBSON === 'function';
}

/** Notes the types of a value and of all in it, and under `kind` every name in it that starts with a dollar. */
function walk(value: unknown, kind: string, note: Note): void {
  // The driver leaves fields out that are undefined.
  if (value === undefined) return;
  // A document of mongoose says itself what is sent of it.
  if (hasToBson(value)) return walk(value.toBSON(), kind, note);
  const type = typeOf(value);
  note('values', type);
  if (type === 'array') for (const element of value as unknown[]) walk(element, kind, note);
  if (type !== 'document') return;
  for (const [name, inner] of Object.entries(value as object)) {
    if (name.startsWith('$')) note(kind, name);
    walk(inner, kind, note);
  }
}

function walkUpdate(update: Document, note: Note): void {
  for (const [operator, fields] of Object.entries(update)) {
    if (!operator.startsWith('$')) walk(fields, 'names in documents', note);
    else {
      note('update operators', operator);
      for (const [path, operand] of Object.entries(fields as Document)) {
        for (const part of path.split('.'))
          if (part.startsWith('$')) note('array positions', part.replace(/\w+/, 'name'));
        walk(operand, operator === '$pull' ? 'filter operators' : 'in updates', note);
      }
    }
  }
}

function walkStage(stage: Document, note: Note): void {
  for (const [name, operand] of Object.entries(stage)) {
    note('stages', name);
    if (name === '$match') walk(operand, 'filter operators', note);
    else if (name !== '$group') walk(operand, 'expressions', note);
    else
      for (const [field, spec] of Object.entries(operand as Document)) {
        if (field === '_id') walk(spec, 'expressions', note);
        else
          for (const [accumulator, expression] of Object.entries(spec as Document)) {
            note('accumulators', accumulator);
            walk(expression, 'expressions', note);
          }
      }
  }
}

/** Everything of the query language that a command uses, by kind. */
export function namesIn(command: Document): [kind: string, name: string][] {
  const found = new Map<string, [string, string]>();
  const note: Note = (kind, name) => found.set(`${kind} ${name}`, [kind, name]);
  const filter = (value: unknown) => walk(value, 'filter operators', note);
  note('commands', Object.keys(command)[0] ?? '');
  filter(command['filter']);
  filter(command['query']);
  walk(command['documents'], 'names in documents', note);
  for (const { q, u, arrayFilters } of command['updates'] ?? []) {
    filter(q);
    filter(arrayFilters);
    walkUpdate(u, note);
  }
  for (const { q } of command['deletes'] ?? []) filter(q);
  if (command['findAndModify'] && command['update']) walkUpdate(command['update'], note);
  filter(command['arrayFilters']);
  for (const stage of command['pipeline'] ?? []) walkStage(stage, note);
  for (const { key: _key, name: _name, partialFilterExpression, ...options } of command['createIndexes']
    ? command['indexes']
    : []) {
    filter(partialFilterExpression);
    for (const option of Object.keys(options)) note('index options', option);
    if (partialFilterExpression) note('index options', 'partialFilterExpression');
  }
  return [...found.values()];
}

/**
 * Watches what a client that was opened with `monitorCommands` sends, or only what the store takes. The function that it gives throws if any of that
 * is not in the table of the page.
 */
export function watchSubset(client: Pick<MongoClient, 'on'>, which: 'sent' | 'taken' = 'sent'): () => void {
  const subset = readSubset();
  const outside = new Set<string>();
  const open = new Map<number, Document>();
  const check = (command: Document) => {
    for (const [kind, name] of namesIn(command)) if (!subset.get(kind)?.has(name)) outside.add(`${kind}: ${name}`);
  };
  client.on('commandStarted', ({ requestId, command }: CommandStartedEvent) => {
    if (which === 'sent') check(command);
    else open.set(requestId, command);
  });
  client.on('commandSucceeded', ({ requestId, reply }: CommandSucceededEvent) => {
    const command = open.get(requestId);
    open.delete(requestId);
    if (command && !(reply as Document)['writeErrors']) check(command);
  });
  client.on('commandFailed', ({ requestId }) => open.delete(requestId));
  return () => {
    if (outside.size > 0)
      throw new Error(`not in the table of docs/embedded-store.md: ${[...outside].toSorted().join(', ')}`);
  };
}
