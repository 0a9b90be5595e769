import { deserialize } from 'bson';
import { entriesOf, storedKey } from './collection.ts';
import { FIND, queryOf } from './command-read.ts';
import { ensure } from './errors.ts';
import { choosePlan, isInOrder, type Plan } from './planner.ts';
import { findMatches } from './query.ts';
import { any, command, doc, flag, namespaceOf, readFields, type Command, type Request } from './request.ts';
import { idKey, recordIdOf } from './storage.ts';
import type { CollectionSpec, Snapshot, Storage } from './storage.ts';
import { consume } from './turns.ts';
import type { Doc } from './values.ts';

/** explain of a find, validate */
export const inspectCommands: Record<string, Command> = {
  explain: command({ verbosity: any }, ({ verbosity }, request) => explain(request, verbosity === 'queryPlanner')),
  validate: command({ full: flag }, async (_, { storage, ...request }) => {
    const namespace = namespaceOf(request);
    const snapshot = { transaction: storage.root.useReadTransaction() };
    try {
      const spec = storage.readSpec(namespace, snapshot);
      ensure(spec, 26, `Collection '${namespace}' does not exist to validate.`);
      return { ns: namespace, ...(await compareIndexes(storage, spec, snapshot)) };
    } finally {
      snapshot.transaction.done();
    }
  }),
};

async function explain(request: Request, isPlanOnly: boolean): Promise<Doc> {
  const { find, ...asked } = doc(request.argument, 'explain');
  ensure(find !== undefined, 238, 'explain is supported for find only');
  const { filter, ...options } = readFields(asked, FIND, 'find');
  const query = queryOf({ ...request, argument: find }, filter, options);
  const { storage, namespace, sort } = query;
  const spec = storage.readSpec(namespace);
  const plan = spec && choosePlan(spec, query);
  const inOrder = plan ? planDocument(plan) : { stage: 'EOF' };
  const sorting = { stage: 'SORT', sortPattern: Object.fromEntries(sort), inputStage: inOrder };
  const winningPlan = !plan || isInOrder(plan, sort) ? inOrder : sorting;
  const queryPlanner = { namespace, parsedQuery: filter, winningPlan };
  if (isPlanOnly) return { queryPlanner };
  const examined = { keys: 0, docs: 0 };
  let nReturned = 0;
  await consume(findMatches(query, examined), () => void (nReturned += 1));
  const executionStats = { nReturned, totalKeysExamined: examined.keys, totalDocsExamined: examined.docs };
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
  const errors: string[] = [];
  const wanted = new Map(spec.indexes.map(({ name }) => [name, 0]));
  const keysPerIndex = Object.fromEntries(wanted);
  let nrecords = 0;
  const rangeOf = (id: number) => ({ start: idKey(id), end: idKey(id + 1), ...snapshot });
  await consume(storage.records.getRange(rangeOf(spec.id))[Symbol.iterator](), ({ key, value }) => {
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
  });
  for (const { id, name } of spec.indexes) {
    let count = 0;
    await consume(storage.entries.getKeys(rangeOf(id))[Symbol.iterator](), () => void (count += 1));
    keysPerIndex[name] = count;
    if (count !== wanted.get(name)) errors.push(`index ${name} has ${count} entries for ${wanted.get(name)} keys`);
  }
  const { count } = storage.readStats(spec.id, snapshot);
  if (count !== nrecords) errors.push(`the count is ${count}, there are ${nrecords} documents`);
  const nIndexes = spec.indexes.length;
  return { nrecords, nIndexes, keysPerIndex, valid: errors.length === 0, errors: errors.slice(0, 100) };
}
