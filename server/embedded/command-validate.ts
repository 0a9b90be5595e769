import { indexEntries } from './collection.ts';
import { StoreError } from './errors.ts';
import { namespaceOf, type Command, type Reply, type Request } from './request.ts';
import { Scan } from './scan.ts';
import { idKey, readCollection, readStats, recordIdOf, write, type CollectionSpec, type Storage } from './storage.ts';

/** validate */
export const validateCommands: Record<string, Command> = { validate: { fields: ['full'], run: validate } };

/** Compares every index with the documents, in one write so that nothing changes meanwhile: for tests and repairs, it keeps others waiting. */
function validate(request: Request): Promise<Reply> {
  const { storage } = request;
  const namespace = namespaceOf(request);
  return write(storage, () => {
    const spec = readCollection(storage, namespace);
    if (!spec) throw new StoreError(26, `Collection '${namespace}' does not exist to validate.`);
    return { fields: { ns: namespace, ...compare(storage, namespace, spec) } };
  });
}

function compare(storage: Storage, namespace: string, spec: CollectionSpec) {
  const errors: string[] = [];
  const wanted = new Map<number, number>();
  const scan = new Scan({ storage, namespace, spec, plan: { stage: 'COLLSCAN' }, matches: () => true });
  const found = scan.pull(Infinity, Infinity);
  for (const { recordId, doc } of found) {
    for (const index of spec.indexes) {
      const { keys } = indexEntries(index, recordId, doc);
      wanted.set(index.id, (wanted.get(index.id) ?? 0) + keys.size);
      for (const key of keys.values()) {
        const entry = storage.entries.getBinary(key);
        if (!entry || recordIdOf(entry) !== recordId) errors.push(`index ${index.name} lacks record ${recordId}`);
      }
    }
  }
  const keysPerIndex: Record<string, number> = {};
  for (const { id, name } of spec.indexes) {
    const count = storage.entries.getKeysCount({ start: idKey(id), end: idKey(id + 1) });
    if (count !== (wanted.get(id) ?? 0))
      errors.push(`index ${name} has ${count} entries, its documents have ${wanted.get(id) ?? 0}`);
    keysPerIndex[name] = count;
  }
  const { count } = readStats(storage, spec.id);
  if (count !== found.length) errors.push(`the count is ${count}, there are ${found.length} documents`);
  return {
    nrecords: found.length,
    nIndexes: spec.indexes.length,
    keysPerIndex,
    valid: errors.length === 0,
    errors: errors.slice(0, 100),
  };
}
