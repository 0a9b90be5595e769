import { setImmediate } from 'node:timers/promises';
import { findQuery, FIND_FIELDS } from './command-read.ts';
import { StoreError } from './errors.ts';
import { isInOrder, type Plan } from './planner.ts';
import { openScan, PIECE } from './query.ts';
import { assertFields, docOption, type Command, type Reply, type Request } from './request.ts';
import type { Doc } from './values.ts';

/** explain, for find */
export const explainCommands: Record<string, Command> = { explain: { fields: ['verbosity'], run: explain } };

async function explain(request: Request): Promise<Reply> {
  const body: Doc = { ...docOption(request.body['explain'], 'explain'), $db: request.body['$db'] };
  const [name = ''] = Object.keys(body);
  if (name !== 'find') throw new StoreError(238, 'explain is supported for find only');
  assertFields(body, new Set([...FIND_FIELDS, 'find', '$db']), 'find');
  const query = findQuery({ ...request, name, body }, 'filter');
  const opened = openScan(query);
  if (!opened) return { fields: { queryPlanner: { namespace: query.namespace, winningPlan: { stage: 'EOF' } } } };
  const { scan, plan } = opened;
  const inOrder = isInOrder(plan, query.sort);
  const access = planDocument(plan);
  const winningPlan = inOrder
    ? access
    : { stage: 'SORT', sortPattern: Object.fromEntries(query.sort), inputStage: access };
  const queryPlanner = { namespace: query.namespace, parsedQuery: query.filter, winningPlan };
  if (request.body['verbosity'] === 'queryPlanner') return { fields: { queryPlanner } };
  const wanted = inOrder ? query.skip + query.limit : Infinity;
  let found = 0;
  while (!scan.isDone && found < wanted) {
    found += scan.pull(Math.min(wanted - found, 1000), performance.now() + PIECE).length;
    await setImmediate();
  }
  const nReturned = Math.min(Math.max(found - query.skip, 0), query.limit);
  const executionStats = { nReturned, totalKeysExamined: scan.keysExamined, totalDocsExamined: scan.docsExamined };
  return { fields: { queryPlanner, executionStats } };
}

function planDocument(plan: Plan): Doc {
  if (plan.stage === 'OR') return { stage: 'OR', inputStages: plan.branches.map(planDocument) };
  if (plan.stage === 'COLLSCAN') return { stage: 'COLLSCAN' };
  const { index, reverse } = plan;
  const direction = reverse ? 'backward' : 'forward';
  const isMultiKey = index.multikey.some(Boolean);
  return {
    stage: 'FETCH',
    inputStage: { stage: 'IXSCAN', indexName: index.name, keyPattern: index.key, isMultiKey, direction },
  };
}
