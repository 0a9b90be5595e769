import { setImmediate } from 'node:timers/promises';
import { deserialize } from 'bson';
import { entriesOf, storedKey } from './collection.ts';
import { FIND, queryOf } from './command-read.ts';
import { StoreError } from './errors.ts';
import { isInOrder, type Plan } from './planner.ts';
import { openScan } from './query.ts';
import { any, command, doc, flag, namespaceOf, readFields, type Command, type Request } from './request.ts';
import { idKey, readSpec, readStats, recordIdOf } from './storage.ts';
import type { CollectionSpec, Snapshot, Storage } from './storage.ts';
import { PIECE, Turns } from './turns.ts';
import type { Doc } from './values.ts';

/** explain of a find, validate */
export const inspectCommands: Record<string, Command> = {
  explain: command({ verbosity: any }, ({ verbosity }, request) => explain(request, verbosity === 'queryPlanner')),
  validate: command({ full: flag }, async (_, { storage, ...request }) => {
    const namespace = namespaceOf(request);
    const snapshot = { transaction: storage.root.useReadTransaction() };
    try {
      const spec = readSpec(storage, namespace, snapshot);
      if (!spec) throw new StoreError(26, `Collection '${namespace}' does not exist to validate.`);
      return { ns: namespace, ...(await compareIndexes(storage, spec, snapshot)) };
    } finally {
      snapshot.transaction.done();
    }
  }),
};

async function explain(request: Request, isPlanOnly: boolean): Promise<Doc> {
  const { find, ...asked } = doc(request.argument, 'explain');
  if (find === undefined) throw new StoreError(238, 'explain is supported for find only');
  const { filter, ...options } = readFields(asked, FIND, 'find');
  const query = queryOf({ ...request, argument: find }, filter, options);
  const { namespace, sort, skip, limit } = query;
  const opened = openScan(query);
  if (!opened) return { queryPlanner: { namespace, winningPlan: { stage: 'EOF' } } };
  const { scan, plan } = opened;
  const inOrder = isInOrder(plan, sort);
  const sorting = { stage: 'SORT', sortPattern: Object.fromEntries(sort), inputStage: planDocument(plan) };
  const queryPlanner = { namespace, parsedQuery: filter, winningPlan: inOrder ? planDocument(plan) : sorting };
  if (isPlanOnly) return { queryPlanner };
  let found = 0;
  for (const wanted = inOrder ? skip + limit : Infinity; !scan.isDone && found < wanted; await setImmediate())
    found += scan.pull(Math.min(wanted - found, 1000), performance.now() + PIECE).length;
  const nReturned = Math.min(Math.max(found - skip, 0), limit);
  const executionStats = { nReturned, totalKeysExamined: scan.keysExamined, totalDocsExamined: scan.docsExamined };
  return { queryPlanner, executionStats };
}

function planDocument(plan: Plan): Doc {
  if (plan.stage === 'OR') return { stage: 'OR', inputStages: plan.branches.map(planDocument) };
  if (plan.stage === 'COLLSCAN') return { stage: 'COLLSCAN' };
  const { name: indexName, key: keyPattern, multikey } = plan.index;
  const direction = plan.reverse ? 'backward' : 'forward';
  const isMultiKey = multikey.includes(true);
  return { stage: 'FETCH', inputStage: { stage: 'IXSCAN', indexName, keyPattern, isMultiKey, direction } };
}

/** Compares every index with the documents, in one state of the store: others write meanwhile. */
async function compareIndexes(storage: Storage, spec: CollectionSpec, snapshot: Snapshot): Promise<Doc> {
  const turns = new Turns();
  const errors: string[] = [];
  const wanted = new Map(spec.indexes.map(({ name }) => [name, 0]));
  let nrecords = 0;
  const records = storage.records.getRange({ start: idKey(spec.id), end: idKey(spec.id + 1), ...snapshot });
  for (const { key, value } of records) {
    const [recordId, found] = [recordIdOf(key), deserialize(value)];
    nrecords += 1;
    for (const index of spec.indexes) {
      const { keys, multikey, cut } = entriesOf(index, found);
      wanted.set(index.name, (wanted.get(index.name) ?? 0) + keys.size);
      const holders = [...keys].map((text) => storage.entries.get(storedKey(index, text, recordId), snapshot));
      if (!holders.every((holder) => holder && recordIdOf(holder) === recordId))
        errors.push(`index ${index.name} lacks record ${recordId}`);
      if ((cut && !index.cut) || multikey.some((isArray, i) => isArray && !index.multikey[i]))
        errors.push(`index ${index.name} does not know of the arrays or the long values of record ${recordId}`);
    }
    if (turns.isOver) await turns.pass();
  }
  const keysPerIndex: Record<string, number> = {};
  for (const { id, name } of spec.indexes) {
    let count = 0;
    for (const _ of storage.entries.getKeys({ start: idKey(id), end: idKey(id + 1), ...snapshot })) {
      count += 1;
      if (turns.isOver) await turns.pass();
    }
    keysPerIndex[name] = count;
    if (count !== wanted.get(name)) errors.push(`index ${name} has ${count} entries for ${wanted.get(name)} keys`);
  }
  const { count } = readStats(storage, spec.id, snapshot);
  if (count !== nrecords) errors.push(`the count is ${count}, there are ${nrecords} documents`);
  const nIndexes = spec.indexes.length;
  return { nrecords, nIndexes, keysPerIndex, valid: errors.length === 0, errors: errors.slice(0, 100) };
}
