import type { Organisation } from '../../schemas/types.d.ts';
import type { Records } from '../core/records.ts';
import { datedTree, type DatedTree } from './tree.rules.ts';
import { knownState } from './state.rules.ts';

/** The trees of agencies, kept in memory: a country has some 40,000 buying units with a budget code of their own. */
export interface KnownTrees {
  /** The tree as it was known at the instant; what another process wrote is seen too. */
  at(knownAt: string): Promise<DatedTree>;
  /** Takes in what this process wrote, whatever its clock says. */
  learn(organisation: Organisation): void;
  /** Agencies that do not publish, as the register knows it now. */
  unpublished(): Promise<string[]>;
}

type AgencyRecords = Pick<Records<Organisation>, 'stream'>;

// A write is committed within 2 s of its instant; clocks of several processes may differ a little.
const mayAppearLateMs = 5000;
const mostTrees = 8;

/** Reads the agencies once, and then what was written since. */
export function createKnownTrees(records: AgencyRecords): KnownTrees {
  const agencies = new Map<string, Organisation>();
  const trees = new Map<string, DatedTree>();
  let seenUpTo = '';
  let reading: Promise<void> = Promise.resolve();

  function learn(agency: Organisation): void {
    if (agency.kind !== 'agency' || (agencies.get(agency.code)?.revision ?? 0) >= agency.revision) return;
    agencies.set(agency.code, agency);
    trees.clear();
  }

  async function readNew(): Promise<void> {
    const since = seenUpTo && new Date(Date.parse(seenUpTo) - mayAppearLateMs).toISOString();
    for await (const agency of records.stream({ kind: 'agency', knownFrom: { $gte: since } })) {
      learn(agency);
      if (agency.knownFrom > seenUpTo) seenUpTo = agency.knownFrom;
    }
  }

  // Two readers at once would read the same: one after the other, and whoever comes before the next begins shares it.
  let next: Promise<void> | null = null;
  const begin = (): Promise<void> => {
    next = null;
    return readNew();
  };
  const refresh = (): Promise<void> => (next ??= reading = reading.then(begin, begin));

  return {
    learn,
    async at(knownAt) {
      await refresh();
      const name = lastInstant(agencies, knownAt);
      if (!trees.has(name) && trees.size >= mostTrees) trees.clear();
      const tree = trees.get(name) ?? treeAt(agencies, knownAt);
      trees.set(name, tree);
      return tree;
    },
    async unpublished() {
      await refresh();
      return [...agencies.values()].flatMap(({ code, publish }) => (publish === false ? [code] : []));
    },
  };
}

function treeAt(agencies: Map<string, Organisation>, knownAt: string): DatedTree {
  const known = [...agencies.values()].flatMap((agency) => knownState(agency, knownAt) ?? []);
  return datedTree(known.map((agency) => ({ ...agency, parents: agency.parents ?? [] })));
}

/** The last instant, up to the given one, at which the register learned of an agency: it names the tree. */
function lastInstant(agencies: Map<string, Organisation>, knownAt: string): string {
  let last = '';
  for (const { knownFrom, earlier = [] } of agencies.values()) {
    for (const state of [{ knownFrom }, ...earlier]) {
      if (state.knownFrom <= knownAt && state.knownFrom > last) last = state.knownFrom;
    }
  }
  return last;
}
