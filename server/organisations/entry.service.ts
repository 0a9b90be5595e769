import type { Organisation, OrganisationChange } from '../../schemas/types.d.ts';
import { broken, Problem, type Fault } from '../core/problem.ts';
import type { Draft } from '../core/records.ts';
import { fold } from '../search/fold.rules.ts';
import { dayOfCode } from './codes.rules.ts';
import { overlap, FIRST_DAY, LAST_DAY, type Span } from './span.rules.ts';
import { stateOf } from './state.rules.ts';
import type { OrganisationParts } from './service.ts';
import type { DatedTree } from './tree.rules.ts';

/** An organisation beside what its lists are found by: the folded words of code and names, and when it stood below whom. */
export type StoredOrganisation = Organisation & {
  words: string[];
  parentRuns: (Required<Span> & { code: string })[];
};
/** An organisation that is to be written. */
export type NewOrganisation = Omit<Draft<StoredOrganisation>, 'knownFrom'>;

/** The organisation of an input. @throws Problem 422 for dates that contradict each other and fields of another kind */
export function draftOf(code: string, input: Omit<OrganisationChange, 'code'>): NewOrganisation {
  const state = stateOf(code, input);
  if ('pointer' in state) throw broken(state);
  const texts = state.names.flatMap(({ name }) => [name.vi, name.en ?? '']);
  return {
    ...state,
    code,
    kind: input.kind,
    name: input.name,
    words: [...new Set(fold([code, ...texts].join(' ')).split(' '))],
    parentRuns: (state.parents ?? []).map((run) => ({ from: FIRST_DAY, through: LAST_DAY, ...run })),
  };
}

/** What is to be written, beside what was sent: a fault names the place in the latter. */
interface Entry {
  input: Omit<OrganisationChange, 'code'>;
  draft: NewOrganisation;
}

/** @throws Problem 422 that names every code which stands for nothing, or where the tree would go round on some day */
export async function refuseUnknown(parts: OrganisationParts, tree: DatedTree, entry: Entry): Promise<void> {
  const faults = [
    ...(await parentFaults(parts, tree, entry)),
    ...(await mandateFaults(parts, entry.draft)),
    ...(await successorFaults(parts, entry.draft)),
    ...(await provinceFaults(parts, entry)),
  ];
  if (faults.length > 0) throw broken(...faults);
}

async function parentFaults({ records }: OrganisationParts, tree: DatedTree, entry: Entry): Promise<Fault[]> {
  const { code, parents = [] } = entry.draft;
  const members = tree.has(code) ? tree.membersOf(code) : [];
  const faults: Fault[] = [];
  for (const run of parents) {
    const pointer = pointerTo(entry, run, 'parent');
    const isBelow = members.some(({ agencies, ...days }) => agencies.includes(run.code) && overlap(days, run));
    if (isBelow) faults.push({ pointer, code: 'TREE_GOES_ROUND', params: { code: run.code } });
    if (tree.has(run.code)) continue;
    const isOther = (await records.get(run.code)) !== null;
    const wrongKind = { pointer, code: 'WRONG_KIND', params: { code: run.code, kind: 'agency' } } as const;
    faults.push(isOther ? wrongKind : unknownCode(pointer, run.code));
  }
  return faults;
}

async function mandateFaults(parts: OrganisationParts, { mayCertify = [] }: NewOrganisation): Promise<Fault[]> {
  const faults: Fault[] = [];
  for (const [index, { scheme, groups = [] }] of mayCertify.entries()) {
    const pointer = `/mayCertify/${index}`;
    if (!(await parts.isScheme(scheme))) faults.push(unknownCode(pointer, scheme));
    for (const [at, group] of groups.entries())
      if (!(await parts.isGroup(group))) faults.push(unknownCode(`${pointer}/groups/${at}`, group));
  }
  return faults;
}

async function successorFaults({ records }: OrganisationParts, { successors = [] }: NewOrganisation): Promise<Fault[]> {
  const known = new Set((await records.some(successors)).map(({ code }) => code));
  return successors.flatMap((code, index) => (known.has(code) ? [] : [unknownCode(`/successors/${index}`, code)]));
}

/** A code is looked up on the day that it is written for: seven of them meant another province before 1 July 2025. */
async function provinceFaults({ isProvince }: OrganisationParts, entry: Entry): Promise<Fault[]> {
  const faults: Fault[] = [];
  for (const run of entry.draft.provinces ?? []) {
    if (await isProvince(run.code, dayOfCode(run))) continue;
    faults.push(unknownCode(pointerTo(entry, run, 'province'), run.code));
  }
  return faults;
}

/** Where the run was sent: in its list, or as the one that sets the first. */
function pointerTo({ input }: Entry, run: Span & { code: string }, field: 'parent' | 'province'): string {
  const list = field === 'parent' ? 'parents' : 'provinces';
  const index = (input[list] ?? []).findIndex(({ code, from }) => code === run.code && from === run.from);
  return index < 0 ? `/${field}` : `/${list}/${index}/code`;
}

function unknownCode(pointer: string, code: string): Fault {
  return { pointer, code: 'UNKNOWN_CODE', params: { code } };
}

/** What a refusal by a unique index means. */
export function taken(keys: string, code: string): Problem {
  return keys === 'taxCode' ? new Problem('TAX_CODE_TAKEN') : new Problem('CODE_TAKEN', { code });
}
