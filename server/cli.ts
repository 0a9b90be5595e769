#!/usr/bin/env -S node --import tsx
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { accountSettings } from './account-settings.ts';
import { describeFinding } from './audit/finding.rules.ts';
import { composeServices, type Services } from './compose.ts';
import { systemClock } from './core/clock.ts';
import { copyDatabase } from './copy.ts';
import { system } from './core/author.rules.ts';
import { readConfig } from './core/config.ts';
import { createLog } from './core/log.ts';
import { Problem, renderProblem } from './core/problem.ts';
import type { Role } from './core/route.ts';
import { parseBody } from './core/schemas.ts';
import { findRunningStore } from './embedded/start.ts';
import { removeDemo } from '../seed/demo-removal.ts';
import { describeAnswer, isWell, type IndexAsk } from './search/asks.rules.ts';
import { openSearch } from './search-port.ts';
import { openStore, type Store } from './store.ts';
import { backupStore, restoreStore, statsOfStore, validateStore } from './store-care.ts';

const roles: readonly Role[] = ['officer', 'certifier', 'supplier', 'operator', 'auditor'];
const usage = `usage:
  xanh key create --role <${roles.join('|')}> [--org <code>]   prints one new key; operator and auditor need no --org
  xanh person create --role <role> --email <address> [--org <code>] [--admin]
                                                               prints a link by which the first person of a role makes its account
  xanh person erase <id>                                       removes name, address and sign-ins of a person; the history stays
  xanh store uri                                               prints the address of the running store, for any MongoDB tool
  xanh backup <file>                                           writes the store into one new file, also while the server runs
  xanh restore <file> [--replace]                              puts a backup into the place of the store; the server must not run
  xanh validate                                                compares every index of the store with its documents
  xanh stats                                                   documents and indexes of every collection, and the file's size
  xanh copy --from <uri or folder> --to <uri or folder>        copies everything between the store and a MongoDB; goes on after an interruption
  xanh share verify [--repair]                                 compares the share's sums with the purchases; 1 where some differ
  xanh audit verify                                            recomputes every history and every seal; 1 and the first misfit where some do not fit
  xanh audit adopt                                             begins the history of records from before histories were kept
  xanh audit export <file>                                     writes histories and seals, one JSON value a line, to verify them elsewhere
  xanh search status                                           asks every running server how its search index stands to the store
  xanh search rebuild                                          lets them build it anew; readers see the old one meanwhile
  xanh search verify                                           compares index and store by id and revision; 1 where they differ
  xanh demo reset                                              removes the fictional register; the next start loads a new one
  xanh demo leave                                              removes the fictional register for good`;

/** What keeps the store in order and moves it. */
const care = {
  backup: ([file = raise(usage)]: string[]) => backupStore(readConfig(process.env), file),
  restore(args: string[]): Promise<string> {
    const options = { replace: { type: 'boolean', default: false } } as const;
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    return restoreStore(readConfig(process.env), positionals[0] ?? raise(usage), values.replace);
  },
  async validate(): Promise<string> {
    const { text, isValid } = await validateStore(readConfig(process.env));
    if (!isValid) process.exitCode = 1;
    return text;
  },
  stats: () => statsOfStore(readConfig(process.env)),
  async copy(args: string[]): Promise<string> {
    const { values } = parseArgs({ args, options: { from: { type: 'string' }, to: { type: 'string' } } });
    const { from = raise(usage), to = raise(usage) } = values;
    const copied = await copyDatabase({ from, to }, (line) => process.stdout.write(`${line}\n`));
    const documents = copied.reduce((sum, row) => sum + row.documents, 0);
    return `${documents} documents in ${copied.length} collections, counts, hashes and indexes are the same on both sides.`;
  },
};

function raise(message: string): never {
  throw new Error(message);
}

/** Runs one command; what it prints. @throws Problem, or an Error whose message says what to do */
async function run([noun, verb, ...rest]: string[]): Promise<string> {
  if (noun === 'key' && verb === 'create') return createKey(rest);
  if (noun === 'person' && verb === 'create') return invitePerson(rest);
  if (noun === 'person' && verb === 'erase') return erasePerson(rest);
  if (noun === 'store' && verb === 'uri') return storeUri();
  if (noun !== undefined && Object.hasOwn(care, noun))
    return care[noun as keyof typeof care]([verb, ...rest].filter((arg) => arg !== undefined));
  if (noun === 'share' && verb === 'verify') return verifyShare(rest);
  if (noun === 'audit' && verb === 'verify') return verifyHistory();
  if (noun === 'audit' && verb === 'adopt') return adoptHistory();
  if (noun === 'audit' && verb === 'export') return exportHistory(rest);
  if (noun === 'search' && isAsk(verb)) return askSearch(verb);
  if (noun === 'demo' && (verb === 'reset' || verb === 'leave')) return endDemo({ again: verb === 'reset' });
  throw new Error(usage);
}

async function createKey(args: string[]): Promise<string> {
  const { values } = parseArgs({ args, options: { role: { type: 'string' }, org: { type: 'string' } } });
  const role = roles.find((known) => known === values.role);
  if (!role) throw new Error(usage);
  return withServices(({ accounts }) => accounts.createKey(role, values.org));
}

/** The link of an invitation: it works once within 7 days, so no password has to be made up here, or changed later. */
async function invitePerson(args: string[]): Promise<string> {
  const text = { type: 'string' } as const;
  const options = { role: text, email: text, org: text, admin: { type: 'boolean' } } as const;
  const { admin, ...sent } = parseArgs({ args, options }).values;
  const input = parseBody('invitation-input', { ...sent, ...(admin && { admin }) });
  return withServices(({ memberships }) => memberships.inviteByHand(system, input));
}

async function erasePerson([id = raise(usage)]: string[]): Promise<string> {
  await withServices(({ people }) => people.erase(system, id));
  return 'Name, address and sign-ins are gone; memberships and keys that the person made have ended. Backups from before still hold them.';
}

/** Says which of the share's sums the purchases give and which not; with `--repair` those are made again. */
async function verifyShare(args: string[]): Promise<string> {
  const { values } = parseArgs({ args, options: { repair: { type: 'boolean', default: false } } });
  const found = await withServices(({ verifyShare: verify }) => verify(values.repair));
  if (found === null) return 'The sums are not made yet: the server makes them while it runs.';
  const { agree, differ, waiting } = found;
  if (differ.length > 0 && !values.repair) process.exitCode = 1;
  return [
    `${agree} sums agree with the purchases, ${differ.length} differ, ${waiting} wait to be made again after a write.`,
    ...differ.map(({ month, agency }) => `differs: ${month}, ${agency ?? 'sum of all agencies'}`),
    ...(differ.length > 0 ? [values.repair ? 'All of these were made again.' : 'Make them again with --repair.'] : []),
  ].join('\n');
}

/** Recomputes all histories and seals; says what does not fit, the first of it first. */
async function verifyHistory(): Promise<string> {
  const { findings, records, entries, seals, unsealed } = await withServices(({ audit }) =>
    audit.verify(everySecond((what) => process.stderr.write(`${what}\n`))),
  );
  if (findings.length > 0) {
    process.exitCode = 1;
    return ['The history does not fit.', ...findings.map(describeFinding)].join('\n');
  }
  return `${entries} entries of ${records} records fit, and ${seals} seals. ${unsealed} records wait to be sealed.`;
}

/** A record that nobody has written since histories are kept begins one with what it is now. */
async function adoptHistory(): Promise<string> {
  const count = await withServices(({ audit }) => audit.adopt());
  return `${count} records without a history have begun one with what they are now. What they were before is not told.`;
}

/** Writes the export line by line into a new file. */
async function exportHistory([file = raise(usage)]: string[]): Promise<string> {
  let lines = 0;
  await withServices(({ audit }) =>
    pipeline(
      async function* () {
        for await (const line of audit.exportAll()) {
          lines += 1;
          yield `${JSON.stringify(line)}\n`;
        }
      },
      createWriteStream(file, { flags: 'wx', mode: 0o600 }),
    ),
  );
  return `${lines} lines are written. They hold what is recorded, also what is not public.`;
}

function isAsk(verb: string | undefined): verb is IndexAsk {
  return verb === 'status' || verb === 'rebuild' || verb === 'verify';
}

/** Asks the servers that run over the store, each of which may keep an index of its own. */
async function askSearch(ask: IndexAsk): Promise<string> {
  const answers = await withServices(({ search }) => search.ask(ask));
  if (answers.length === 0)
    throw new Error('No server that runs over this store has answered: start one with npm start.');
  if (answers.some(({ answer }) => !isWell(answer))) process.exitCode = 1;
  return answers.map(({ from, answer }) => `${from}: ${describeAnswer(answer, ask)}`).join('\n');
}

function everySecond(tell: (what: string) => void): (what: string) => void {
  let last = performance.now();
  return (what) => {
    if (performance.now() - last < 1000) return;
    last = performance.now();
    tell(what);
  };
}

/** Takes the demonstration register out of the store; search forgets it too, at once or with the next start. */
async function endDemo({ again }: { again: boolean }): Promise<string> {
  const { MONGODB_URI, MEILI_URL, XANH_DATA } = readConfig(process.env);
  if (!MONGODB_URI && (await findRunningStore(XANH_DATA)))
    throw new Error(`A server is running on ${XANH_DATA}: end it first, because its search still holds the register.`);
  const removed = await withServices(async ({ search }, { connection }) => {
    const count = await removeDemo(connection, { again });
    if (MEILI_URL) await search.rebuild();
    return count;
  });
  return `${removed} fictional records are gone. ${again ? 'The next start loads a new demonstration register.' : 'What is left is the reference data and what is real.'}`;
}

/** Runs some work with the services over the configured store, and closes both. */
async function withServices<T>(work: (services: Services, store: Store) => Promise<T>): Promise<T> {
  const config = readConfig(process.env);
  const store = await openStore(config);
  const searchPort = openSearch(config);
  try {
    const { connection } = store;
    const log = createLog(config.LOG_LEVEL);
    const people = accountSettings(config);
    const parts = { connection, clock: systemClock(), log, searchPort, writesDemo: false, demo: null, people };
    return await work(await composeServices(parts), store);
  } finally {
    await searchPort.close();
    await store.close();
  }
}

async function storeUri(): Promise<string> {
  const { MONGODB_URI, XANH_DATA } = readConfig(process.env);
  const uri = MONGODB_URI ?? (await findRunningStore(XANH_DATA));
  if (!uri) throw new Error(`No store is running on ${XANH_DATA}: start it with npm start.`);
  return uri;
}

try {
  process.stdout.write(`${await run(process.argv.slice(2))}\n`);
} catch (error) {
  process.stderr.write(
    `${error instanceof Problem ? (renderProblem(error, 'en').detail ?? error.code) : (error as Error).message}\n`,
  );
  process.exitCode = 1;
}
