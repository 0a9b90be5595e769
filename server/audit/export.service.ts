import type { AuditStore } from './port.ts';

/** What an export holds, each a line: `record` with its state and history, `seal`, and the `leaves` of the seal before. */
export type ExportLine = { kind: 'record' | 'seal' | 'leaves' } & Record<string, unknown>;

/** Everything that an auditor needs to verify the register elsewhere, one line after the other. */
export async function* exportAll(store: AuditStore): AsyncIterable<ExportLine> {
  for await (const { leavesAt, ...seal } of store.seals()) {
    yield { kind: 'seal', ...seal };
    for await (const { leaves } of store.chunks(leavesAt)) yield { kind: 'leaves', seal: seal.number, leaves };
  }
  for (const name of store.collections) {
    for await (const { collection, id, state, history } of store.records(name))
      yield { kind: 'record', collection, id, state, history };
  }
}
