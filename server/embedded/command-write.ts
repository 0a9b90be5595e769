import { Collection, makeReady } from './collection.ts';
import { queryOf } from './command-read.ts';
import { ensure, errorFields, StoreError } from './errors.ts';
import { changeMany, changeNow, changeOne, writeSteps, type Change, type Outcome, type Target } from './modify.ts';
import { compileProjection } from './project.ts';
import { any, command, doc, docs, flag, namespaceOf, readFields, whole, type Command } from './request.ts';
import type { Parsed, Request } from './request.ts';
import { parseSort } from './sort.ts';
import { type CollectionSpec } from './storage.ts';
import { consume } from './turns.ts';
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
    const target = targetOf(request);
    const spec = target.storage.readSpec(target.namespace);
    const statements: Statement[] = [];
    await consume(documents.values(), (document) => void statements.push(insertion(target, document, spec)));
    const { n, errors } = await runBulk(target, statements, isOrdered);
    return { n, ...errors };
  }),
  update: command({ updates: docs, ordered }, async ({ updates, ordered: isOrdered }, request) => {
    const statements = changing(request, updates, parseUpdate);
    const { n, nModified, upserted, errors } = await runBulk(targetOf(request), statements, isOrdered);
    return { n, nModified, ...(upserted.length > 0 && { upserted }), ...errors };
  }),
  delete: command({ deletes: docs, ordered }, async ({ deletes, ordered: isOrdered }, request) => {
    const { n, errors } = await runBulk(targetOf(request), changing(request, deletes, parseDelete), isOrdered);
    return { n, ...errors };
  }),
  findAndModify: command(MODIFY, findAndModify),
};

/** What a statement does inside a shared write; where that would take too long, it gives the work to be done by itself. */
type Statement = () => Outcome | (() => Promise<Outcome>);

type BulkResult = { n: number; nModified: number; upserted: Doc[]; errors: { writeErrors?: Doc[] } };

function targetOf(request: Request): Target {
  return { storage: request.storage, namespace: namespaceOf(request), deadline: request.deadline };
}

/** Runs statements, as many in one write as a few milliseconds hold. */
async function runBulk(target: Target, statements: Statement[], isOrdered: boolean): Promise<BulkResult> {
  const result: BulkResult = { n: 0, nModified: 0, upserted: [], errors: {} };
  const isOn = () => !isOrdered || !result.errors.writeErrors;
  for (let at = 0; at < statements.length && isOn();) {
    const left: { alone?: () => Promise<Outcome> } = {};
    at = await writeSteps(target, { from: at, to: statements.length }, (index) => {
      try {
        const done = statements[index]?.();
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
function insertion({ storage, namespace }: Target, document: Doc, spec: CollectionSpec | undefined): Statement {
  try {
    assertSupported(document, false);
    const dollar = Object.keys(document).find((name) => name.startsWith('$'));
    ensure(!dollar, 52, `The dollar ($) prefixed field '${dollar}' is not supported in documents.`);
    const ready = makeReady(document, spec);
    return () => {
      Collection.ensure(storage, namespace).insert(ready);
      return { matched: 1, modified: 0 };
    };
  } catch (error) {
    return () => {
      throw error;
    };
  }
}

type Parsing = { change: Change; isMany: boolean };
type Parse = (request: Request, statement: Doc) => Parsing;

/** Statements that are read when their turn comes: a wrong one fails alone, not those before it. */
function changing(request: Request, statements: Doc[], parse: Parse): Statement[] {
  return statements.map((statement) => () => {
    const { change, isMany } = parse(request, statement);
    if (isMany) return () => changeMany(change);
    return changeNow(change) ?? (() => changeOne(change));
  });
}

function parseUpdate(request: Request, statement: Doc): Parsing {
  const { q: filter, u, multi, arrayFilters, hint, upsert } = readFields(statement, UPDATE, 'update.updates');
  const update = compileUpdate({ filter, change: u, arrayFilters });
  const isReplacement = !Object.keys(doc(u, 'u'))[0]?.startsWith('$');
  ensure(!multi || !isReplacement, 9, 'multi update is not supported for replacement-style update');
  return { isMany: multi, change: { ...queryOf(request, filter, { hint }), update, upsert } };
}

function parseDelete(request: Request, statement: Doc): Parsing {
  const { q: filter, limit = 0, hint } = readFields(statement, DELETE, 'delete.deletes');
  ensure(limit <= 1, 9, 'The limit field in delete objects must be 0 or 1');
  return { isMany: limit === 0, change: { ...queryOf(request, filter, { hint }), update: undefined, upsert: false } };
}

async function findAndModify(asked: Parsed<typeof MODIFY>, request: Request): Promise<Doc> {
  const { query: filter, sort, hint, remove, upsert, arrayFilters } = asked;
  ensure(remove === (asked.update === undefined), 9, 'Either an update or remove=true must be specified');
  ensure(!remove || !(upsert || asked.new), 9, 'Cannot specify upsert or new with remove=true');
  const update = remove ? undefined : compileUpdate({ filter, change: asked.update, arrayFilters });
  const projection = compileProjection(asked.fields);
  const change = { ...queryOf(request, filter, { sort, hint }), update, upsert };
  const { matched, upserted, before, after } = await changeOne(change);
  const value = asked.new ? after : before;
  const lastErrorObject = {
    n: upserted ? 1 : matched,
    ...(!remove && { updatedExisting: matched > 0 }),
    ...(upserted && { upserted: upserted['_id'] }),
  };
  return { lastErrorObject, value: value && projection ? projection.shape(value) : (value ?? null) };
}
