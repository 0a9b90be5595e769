import { Collection, makeReady } from './collection.ts';
import { errorFields, StoreError } from './errors.ts';
import { compileFilter } from './filter.ts';
import { changeMany, changeOne, changeOneNow, writeSteps, type Change, type Outcome, type Target } from './modify.ts';
import { compileProjection } from './project.ts';
import { any, command, doc, docs, flag, namespaceOf, readFields, whole, type Command } from './request.ts';
import type { Parsed, Request } from './request.ts';
import { parseSort } from './sort.ts';
import { readSpec, type CollectionSpec } from './storage.ts';
import { Turns } from './turns.ts';
import { compileUpdate } from './update.ts';
import { assertSupported, type Doc } from './values.ts';

const ordered = (value: unknown) => value !== false;
const UPDATE = { q: doc, u: any, upsert: flag, multi: flag, arrayFilters: any, hint: any };
const DELETE = { q: doc, limit: whole, hint: any };
const CHANGE = { update: any, upsert: flag, remove: flag, new: flag, arrayFilters: any };
const MODIFY = { query: doc, sort: parseSort, fields: doc, hint: any, ...CHANGE };

/** insert, update, delete, findAndModify */
export const writeCommands: Record<string, Command> = {
  insert: command({ documents: docs, ordered }, async ({ documents, ordered: isOrdered }, request) => {
    const spec = readSpec(request.storage, namespaceOf(request));
    const turns = new Turns();
    const statements: Statement[] = [];
    for (const document of documents) {
      statements.push(insertion(document, spec));
      await turns.pass();
    }
    const { n, errors } = await runBulk(request, statements, isOrdered);
    return { n, ...errors };
  }),
  update: command({ updates: docs, ordered }, async ({ updates, ordered: isOrdered }, request) => {
    const { n, nModified, upserted, errors } = await runBulk(request, updates.map(changing(parseUpdate)), isOrdered);
    return { n, nModified, ...(upserted.length > 0 && { upserted }), ...errors };
  }),
  delete: command({ deletes: docs, ordered }, async ({ deletes, ordered: isOrdered }, request) => {
    const { n, errors } = await runBulk(request, deletes.map(changing(parseDelete)), isOrdered);
    return { n, ...errors };
  }),
  findAndModify: command(MODIFY, findAndModify),
};

/** What a statement does inside a shared write; where that would take too long, it gives the work to be done by itself. */
type Statement = (target: Target) => Outcome | (() => Promise<Outcome>);

interface BulkResult {
  n: number;
  nModified: number;
  upserted: Doc[];
  errors: { writeErrors?: Doc[] };
}

function targetOf(request: Request): Target {
  return { storage: request.storage, namespace: namespaceOf(request), deadline: request.deadline };
}

/** Runs statements, as many in one write as a few milliseconds hold. */
async function runBulk(request: Request, statements: Statement[], isOrdered: boolean): Promise<BulkResult> {
  const target = targetOf(request);
  const result: BulkResult = { n: 0, nModified: 0, upserted: [], errors: {} };
  const isOn = () => !isOrdered || !result.errors.writeErrors;
  for (let at = 0; at < statements.length && isOn();) {
    const left: { alone?: () => Promise<Outcome> } = {};
    at = await writeSteps(target, { from: at, to: statements.length }, (index) => {
      try {
        const done = statements[index]?.(target);
        if (typeof done === 'function') left.alone = done;
        else if (done) note(result, index, done);
      } catch (error) {
        refuse(result, index, error);
      }
      return isOn() && !left.alone;
    });
    try {
      if (left.alone) note(result, at - 1, await left.alone());
    } catch (error) {
      refuse(result, at - 1, error);
    }
  }
  return result;
}

function note(result: BulkResult, index: number, { matched, modified, upserted }: Outcome): void {
  result.n += upserted ? 1 : matched;
  result.nModified += modified;
  if (upserted) result.upserted.push({ index, _id: upserted['_id'] });
}

function refuse({ errors }: BulkResult, index: number, error: unknown): void {
  if (!(error instanceof StoreError) || error.code === 50) throw error;
  (errors.writeErrors ??= []).push({ index, ...errorFields(error) });
}

/** Made ready before the write, which others wait for; a wrong document fails when its turn comes. */
function insertion(document: Doc, spec: CollectionSpec | undefined): Statement {
  try {
    assertSupported(document, false);
    const dollar = Object.keys(document).find((name) => name.startsWith('$'));
    if (dollar) throw new StoreError(52, `The dollar ($) prefixed field '${dollar}' is not supported in documents.`);
    const ready = makeReady(document, spec);
    return ({ storage, namespace }) => {
      Collection.ensure(storage, namespace).insert(ready);
      return { matched: 1, modified: 0 };
    };
  } catch (error) {
    return () => {
      throw error;
    };
  }
}

/** Statements that are read when their turn comes: a wrong one fails alone, not those before it. */
function changing(parse: (statement: Doc) => { change: Change; isMany: boolean }): (statement: Doc) => Statement {
  return (statement) => (target) => {
    const { change, isMany } = parse(statement);
    if (isMany) return () => changeMany(target, change);
    return changeOneNow(target, change) ?? (() => changeOne(target, change));
  };
}

function parseUpdate(statement: Doc): { change: Change; isMany: boolean } {
  const { q: filter, u, multi, arrayFilters, hint, upsert } = readFields(statement, UPDATE, 'update.updates');
  const update = compileUpdate({ filter, change: u, arrayFilters });
  if (multi && !Object.keys(doc(u, 'u'))[0]?.startsWith('$'))
    throw new StoreError(9, 'multi update is not supported for replacement-style update');
  return { isMany: multi, change: { filter, matches: compileFilter(filter), sort: [], hint, update, upsert } };
}

function parseDelete(statement: Doc): { change: Change; isMany: boolean } {
  const { q: filter, limit = 0, hint } = readFields(statement, DELETE, 'delete.deletes');
  if (limit > 1) throw new StoreError(9, 'The limit field in delete objects must be 0 or 1');
  return { isMany: limit === 0, change: { filter, matches: compileFilter(filter), sort: [], hint, upsert: false } };
}

async function findAndModify(asked: Parsed<typeof MODIFY>, request: Request): Promise<Doc> {
  const { query: filter, sort, hint, remove, upsert, arrayFilters } = asked;
  if (remove === (asked.update !== undefined))
    throw new StoreError(9, 'Either an update or remove=true must be specified');
  if (remove && (upsert || asked.new)) throw new StoreError(9, 'Cannot specify upsert or new with remove=true');
  const update = remove ? undefined : compileUpdate({ filter, change: asked.update, arrayFilters });
  const shape = compileProjection(asked.fields);
  const change = { filter, matches: compileFilter(filter), sort, hint, update, upsert };
  const { matched, upserted, before, after } = await changeOne(targetOf(request), change);
  const value = asked.new ? after : before;
  const lastErrorObject = {
    n: upserted ? 1 : matched,
    ...(!remove && { updatedExisting: matched > 0 }),
    ...(upserted && { upserted: upserted['_id'] }),
  };
  return { lastErrorObject, value: value ? shape(value) : null };
}
