import type { Organisation, OrganisationChange, OrganisationState } from '../../schemas/types.d.ts';
import { atDay, faultyRun, FIRST_DAY, gaps, inOrder, openEnded, type Span } from './span.rules.ts';

/** What is wrong in an organisation that the operator enters, and where. */
export interface StateFault {
  pointer: string;
  code:
    | 'ENDS_BEFORE_START'
    | 'DAYS_OVERLAP'
    | 'CONTRADICTS_DATES'
    | 'ONLY_AGENCIES'
    | 'ONLY_LABORATORIES'
    | 'ITSELF'
    | 'NEEDS_LAST_DAY';
}

/** A state before the register learns of it. */
export type NewState = Omit<OrganisationState, 'knownFrom'>;

const agencyFields = ['parent', 'parents', 'level', 'budgetUnitCode', 'reportsFrom', 'publish'] as const;

/**
 * The state that the operator describes. `name` holds on every day that `names` leave free; `parent` and `province` on the
 * first days that `parents` and `provinces` leave free. Each may as well repeat one of the dated ones, as an answer does.
 */
export function stateOf(code: string, input: Omit<OrganisationChange, 'code'>): NewState | StateFault {
  const { kind: _kind, name, names = [], parent, parents = [], province, provinces = [], mayCertify, ...rest } = input;
  const fault = faultOf(code, input);
  if (fault) return fault;
  const isListed = names.some((dated) => isSame(dated.name, name));
  const free = isListed ? [] : gaps(names).map((days) => ({ name, ...openEnded(days) }));
  if (!isListed && free.length === 0) return { pointer: '/name', code: 'CONTRADICTS_DATES' };
  const above = withFirst(parents, parent);
  if (above === null) return { pointer: '/parent', code: 'CONTRADICTS_DATES' };
  const places = withFirst(provinces, province);
  if (places === null) return { pointer: '/province', code: 'CONTRADICTS_DATES' };
  return {
    ...rest,
    names: inOrder([...names, ...free]),
    ...(above.length > 0 && { parents: above }),
    ...(places.length > 0 && { provinces: places }),
    ...(mayCertify && {
      mayCertify: mayCertify.map((mandate) => (typeof mandate === 'string' ? { scheme: mandate } : mandate)),
    }),
  };
}

/** Everything that an organisation's state may say; a state says nothing else. */
const stateFields: ReadonlySet<string> = new Set<keyof OrganisationState>([
  'names',
  'parents',
  'provinces',
  'mayCertify',
  'accreditations',
  'taxCode',
  'budgetUnitCode',
  'level',
  'from',
  'through',
  'successors',
  'reportsFrom',
  'publish',
  'unverified',
  'source',
  'knownFrom',
]);

/** The organisation with a new state: the former one is kept beside it with the instant since when it was known. */
export function withState<T extends Organisation>(record: T, state: NewState, now: string): T {
  const { former, rest } = split(record);
  return { ...rest, ...state, knownFrom: now, earlier: [...(record.earlier ?? []), former] } as unknown as T;
}

/** The organisation once somebody has looked whether it is there. */
export function vouchedFor<T extends Organisation>(record: T, now: string): T {
  const { knownFrom: _knownFrom, unverified: _unverified, ...state } = split(record).former;
  return withState(record, state, now);
}

/**
 * The organisation as the register knew it at an instant, with the name, the province and the agency above that it had on
 * a day; null before the register knew of it. Later writes never change the answer for the same day and instant.
 */
export function organisationOn<T extends Organisation>(record: T, on: string, knownAt: string): T | null {
  const known = knownState(record, knownAt);
  return known && stateOn(known, on);
}

/** The organisation as the register knew it at an instant; null before it knew of it. Each state was one write. */
export function knownState<T extends Organisation>(record: T, knownAt: string): T | null {
  if (record.recordedAt > knownAt) return null;
  if (record.knownFrom <= knownAt) return record;
  const { earlier = [] } = record;
  const at = earlier.findLastIndex(({ knownFrom }) => knownFrom <= knownAt);
  const before = at > 0 && { earlier: earlier.slice(0, at) };
  return { ...split(record).rest, ...earlier[at], ...before, revision: at + 1 } as unknown as T;
}

/** The organisation as it is known now, with what holds on the day in front of its dated lists. */
export function stateOn<T extends Organisation>(record: T, on: string): T {
  const { name: _name, parent: _parent, province: _province, ...rest } = record;
  const { names, parents = [], provinces = [] } = record;
  const parent = atDay(parents, on)?.code;
  const province = atDay(provinces, on)?.code;
  const shown = { ...rest, name: nameOn(names, on), ...(parent && { parent }), ...(province && { province }) };
  return shown as unknown as T;
}

/** The name on the day; on a day without one the last that it had before, else the first. */
function nameOn(names: Organisation['names'], on: string): Organisation['name'] {
  const before = names.filter(({ from = FIRST_DAY }) => from <= on);
  return (before.at(-1) ?? names[0]!).name;
}

function split(record: Organisation): { former: OrganisationState; rest: object } {
  const { earlier: _earlier, ...said } = record;
  const entries = Object.entries(said);
  const former = Object.fromEntries(entries.filter(([field]) => stateFields.has(field)));
  const rest = Object.fromEntries(entries.filter(([field]) => !stateFields.has(field)));
  return { former: former as unknown as OrganisationState, rest };
}

function faultOf(code: string, input: Omit<OrganisationChange, 'code'>): StateFault | null {
  const { kind, from, through, successors, parent, parents = [], names = [], provinces = [], mayCertify = [] } = input;
  const wrongField = kind === 'agency' ? undefined : agencyFields.find((field) => input[field] !== undefined);
  if (wrongField) return { pointer: `/${wrongField}`, code: 'ONLY_AGENCIES' };
  if (kind !== 'laboratory' && input.accreditations) return { pointer: '/accreditations', code: 'ONLY_LABORATORIES' };
  if (faultyRun([{ ...(from && { from }), ...(through && { through }) }]))
    return { pointer: '/through', code: 'ENDS_BEFORE_START' };
  if (successors && through === undefined) return { pointer: '/through', code: 'NEEDS_LAST_DAY' };
  if (successors?.includes(code)) return { pointer: '/successors', code: 'ITSELF' };
  const own = parents.findIndex((above) => above.code === code);
  if (parent === code || own >= 0) return { pointer: own >= 0 ? `/parents/${own}/code` : '/parent', code: 'ITSELF' };
  return (
    runsFault({ names, parents, provinces }) ?? mandateFault(mayCertify) ?? accreditationFault(input.accreditations)
  );
}

function runsFault(lists: Record<string, Span[]>): StateFault | null {
  for (const [field, runs] of Object.entries(lists)) {
    const fault = faultyRun(runs);
    if (fault) return { pointer: `/${field}/${fault.index}`, code: fault.code };
  }
  return null;
}

/** Mandates may overlap: one for a group beside one for all. */
function mandateFault(mandates: NonNullable<OrganisationChange['mayCertify']>): StateFault | null {
  const at = mandates.findIndex(
    (mandate) =>
      typeof mandate !== 'string' && [mandate, ...(mandate.suspended ?? [])].some((days) => faultyRun([days]) !== null),
  );
  return at < 0 ? null : { pointer: `/mayCertify/${at}`, code: 'ENDS_BEFORE_START' };
}

function accreditationFault(accreditations: OrganisationChange['accreditations'] = []): StateFault | null {
  const at = accreditations.findIndex((days) => faultyRun([days]) !== null);
  return at < 0 ? null : { pointer: `/accreditations/${at}`, code: 'ENDS_BEFORE_START' };
}

/** The runs with the code on the first days that they leave free; as they are where they name it; null where no day is free. */
function withFirst<T extends Span & { code: string }>(runs: T[], code: string | undefined): T[] | null {
  if (code === undefined || runs.some((run) => run.code === code)) return inOrder(runs);
  const [free] = gaps(runs);
  return free ? inOrder([...runs, { code, ...openEnded(free) } as T]) : null;
}

function isSame(one: Organisation['name'], other: Organisation['name']): boolean {
  return one.vi === other.vi && one.en === other.en;
}
