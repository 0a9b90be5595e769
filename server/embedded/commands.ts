import { Long, type Document } from 'bson';
import { adminCommands } from './command-admin.ts';
import { explainCommands } from './command-explain.ts';
import { readCommands } from './command-read.ts';
import { validateCommands } from './command-validate.ts';
import { writeCommands } from './command-write.ts';
import type { Cursors } from './cursors.ts';
import { errorFields, StoreError } from './errors.ts';
import { assertFields, docOption, type Command, type Reply } from './request.ts';
import type { Storage } from './storage.ts';
import { assertSupported, wholeNumber, type Doc } from './values.ts';

/** What every command of an engine works on. */
export interface Engine {
  storage: Storage;
  cursors: Cursors;
}

const COMMANDS: Record<string, Command> = {
  ...adminCommands,
  ...readCommands,
  ...writeCommands,
  ...explainCommands,
  ...validateCommands,
};
const ALIASES = { ismaster: 'hello', isMaster: 'hello', findandmodify: 'findAndModify', buildinfo: 'buildInfo' };
const COMMON = [
  '$db',
  'lsid',
  '$clusterTime',
  '$readPreference',
  'comment',
  'readConcern',
  'writeConcern',
  'maxTimeMS',
];

/** By the name as sent: the command and the fields that may stand in it. */
const TABLE = new Map<string, { run: Command['run']; known: ReadonlySet<string> | 'any' }>();
for (const [name, { run, fields }] of Object.entries(COMMANDS)) {
  const names = [name, ...Object.entries(ALIASES).flatMap(([alias, meant]) => (meant === name ? [alias] : []))];
  const known = fields === 'any' ? fields : new Set([...COMMON, ...names, ...fields]);
  for (const sent of names) TABLE.set(sent, { run, known });
}

/** Runs one command; a fault becomes MongoDB's error reply and never reaches the caller. `received` is on `performance.now()`'s clock. */
export async function runCommand(engine: Engine, body: Document, received: number): Promise<Reply> {
  try {
    const reply = await dispatch(engine, body, received);
    return { ...reply, fields: { ...reply.fields, ok: 1 } };
  } catch (error) {
    const fields = errorFields(error);
    if (fields.code === 1) console.error('embedded store: fault in a command', error);
    return { fields: { ok: 0, ...fields } };
  }
}

async function dispatch(engine: Engine, body: Doc, received: number): Promise<Reply> {
  const [name = ''] = Object.keys(body);
  const command = TABLE.get(name);
  if (!command) throw new StoreError(59, `no such command: '${name}'`);
  assertNoTransaction(body);
  assertValues(body);
  if (command.known !== 'any') assertFields(body, command.known, name);
  assertConcerns(body);
  const maxTime = wholeNumber(body['maxTimeMS'], 'maxTimeMS', 0);
  return command.run({ ...engine, name, body, deadline: maxTime === 0 ? Infinity : received + maxTime });
}

function assertNoTransaction(body: Doc): void {
  if ('txnNumber' in body || 'autocommit' in body || 'startTransaction' in body) {
    throw new StoreError(20, 'Transaction numbers are only allowed on a replica set member or mongos');
  }
}

const FREE = new Set(['lsid', '$clusterTime', 'cursors', 'client', 'documents']);

// The options of a command may be Int64, and its session and cursors are; what it compares may not. Documents are checked one by one.
function assertValues(body: Doc): void {
  for (const [name, value] of Object.entries(body)) {
    if (!FREE.has(name) && !(value instanceof Long)) assertSupported(value, true);
  }
}

function assertConcerns(body: Doc): void {
  const { level = 'local' } = docOption(body['readConcern'], 'readConcern');
  if (!['local', 'available', 'majority'].includes(String(level))) {
    throw new StoreError(72, `read concern ${String(level)} is not supported on a stand-alone server`);
  }
  const { w = 1 } = docOption(body['writeConcern'], 'writeConcern');
  if (w !== 0 && w !== 1 && w !== 'majority')
    throw new StoreError(2, "cannot use 'w' > 1 when a host is not replicated");
}
