import { Long } from 'bson';
import { adminCommands } from './command-admin.ts';
import { indexCommands } from './command-indexes.ts';
import { inspectCommands } from './command-inspect.ts';
import { readCommands } from './command-read.ts';
import { writeCommands } from './command-write.ts';
import type { Cursors } from './cursors.ts';
import { ensure, errorFields } from './errors.ts';
import { doc, whole, type Command } from './request.ts';
import type { Storage } from './storage.ts';
import { assertSupported, entryOf, type Doc } from './values.ts';

/** What every command of an engine works on. */
export type Engine = { storage: Storage; cursors: Cursors };

const COMMANDS: Record<string, Command> = {
  ...adminCommands,
  ...indexCommands,
  ...readCommands,
  ...writeCommands,
  ...inspectCommands,
};

/** Runs one command; a fault becomes MongoDB's error reply and never reaches the caller. `received` is on `performance.now()`'s clock. */
export async function runCommand(engine: Engine, body: Doc, received: number): Promise<Doc> {
  try {
    return { ...(await dispatch(engine, body, received)), ok: 1 };
  } catch (error) {
    const fields = errorFields(error);
    if (fields.code === 1) console.error('embedded store: fault in a command', error);
    return { ok: 0, ...fields };
  }
}

const COMMON = new Set(['lsid', '$clusterTime', '$readPreference', 'comment']);

async function dispatch(engine: Engine, body: Doc, received: number): Promise<Doc> {
  const [name = ''] = Object.keys(body);
  const run = entryOf(COMMANDS, name);
  ensure(run, 59, `no such command: '${name}'`);
  const isTransaction = ['txnNumber', 'autocommit', 'startTransaction'].some((field) => field in body);
  ensure(!isTransaction, 20, 'Transaction numbers are only allowed on a replica set member or mongos');
  const { $db: database, readConcern, writeConcern, maxTimeMS, [name]: argument, ...others } = body;
  const given = Object.fromEntries(Object.entries(others).filter(([field]) => !COMMON.has(field)));
  const isName = typeof database === 'string' && /^[^/\\. "$\0]{1,63}$/.test(database);
  ensure(isName, 73, `Invalid database name: '${String(database)}'`);
  assertConcerns(doc(readConcern, 'readConcern'), doc(writeConcern, 'writeConcern'));
  assertValues(given);
  const maxTime = whole(maxTimeMS, 'maxTimeMS') ?? 0;
  const deadline = maxTime === 0 ? Infinity : received + maxTime;
  return run({ ...engine, name, argument, given, database, deadline });
}

const FREE = new Set(['cursors', 'client', 'documents']);

// The options of a command may be Int64, and its cursors are; what it compares may not. Documents are checked one by one.
function assertValues(given: Doc): void {
  for (const [name, value] of Object.entries(given))
    if (!FREE.has(name) && !(value instanceof Long)) assertSupported(value, true);
}

function assertConcerns({ level = 'local' }: Doc, { w = 1 }: Doc): void {
  const isKnown = ['local', 'available', 'majority'].includes(String(level));
  ensure(isKnown, 72, `read concern ${String(level)} is not supported on a stand-alone server`);
  ensure(w === 0 || w === 1 || w === 'majority', 2, "cannot use 'w' > 1 when a host is not replicated");
}
