import type { Organisation } from '../../schemas/types.d.ts';
import { dayOfCode, type ProvinceCode } from './codes.rules.ts';
import { atDay, common, dayAfter, FIRST_DAY, holdsOn, LAST_DAY, overlap, type Span } from './span.rules.ts';

/** An agency and those that it stood below, one after the other; `from` and `through` are its own first and last day. */
export interface AgencyPlace extends Span {
  code: string;
  parents: (Span & { code: string })[];
  provinces?: (Span & { code: string })[];
  level?: Level;
  reportsFrom?: string;
}

export type Level = NonNullable<Organisation['level']>;

/** Agencies that stood at or below another one during the same days. */
export interface Members extends Required<Span> {
  agencies: string[];
}

/**
 * The tree of agencies, which is another one from day to day: agencies are moved, merged and closed. It is drawn from what
 * was known at one instant; a closed agency keeps the place that it had.
 */
export interface DatedTree {
  has(code: string): boolean;
  /** Whether the agency was there on a day of the period. */
  isOpenWithin(code: string, from: string, to: string): boolean;
  /** The agency and all below it on the day. */
  subtreeOn(code: string, day: string): string[];
  /** Agencies directly below on the day; the roots for null. */
  childrenOn(code: string | null, day: string): string[];
  /** The agency and those above it on the day, up to the root; empty where there is no such agency. */
  lineageOn(code: string, day: string): string[];
  /**
   * To which of the children of `top` (of the roots for null) the agency belongs on the day: that child's code, `self` for
   * `top` itself, `unknown` where it does not stand below `top`.
   */
  branchOn(top: string | null, agency: string, day: string): string;
  /** When which agencies stood at or below `top`: each agency in each run of days once, so that a filter finds a purchase by agency and basis date. */
  membersOf(top: string): Members[];
  /** The days after `from`, up to `to`, on which somebody stands elsewhere than the day before, in the tree or on the map; between two both are one. */
  changesWithin(from: string, to: string): string[];
  /**
   * The province of the agency on the day, its own or else that of the nearest above, as a code and a day on which the
   * code means it; null where none has one.
   */
  provinceOn(code: string, day: string): ProvinceCode | null;
  /** The level of government on the day, its own or else that of the nearest above; null where none has one. */
  levelOn(code: string, day: string): Level | null;
  /** The first day from which the agency is expected to record its purchases; undefined where it is not said. */
  reportsFrom(code: string): string | undefined;
  /** Every agency, by code. */
  codes: string[];
}

/** The tree that the agencies' dated parents draw. No agency stands above itself on any day. */
export function datedTree(agencies: AgencyPlace[]): DatedTree {
  const places = new Map(agencies.map((place) => [place.code, place]));
  const below = runsBelow(agencies);
  const parentOn = (code: string, day: string): string | null => {
    const parent = atDay(places.get(code)?.parents ?? [], day)?.code;
    return parent !== undefined && places.has(parent) ? parent : null;
  };
  const up = walkUp(places, parentOn);
  return {
    ...walkDown(places, below, parentOn),
    ...up,
    ...inherited(places, up.lineageOn),
    reportsFrom: (code) => places.get(code)?.reportsFrom,
    codes: [...places.keys()].toSorted(),
    has: (code) => places.has(code),
    isOpenWithin: (code, from, to) => places.has(code) && overlap(places.get(code)!, { from, through: to }),
    membersOf: (top) => membersOf(top, below),
    changesWithin: (from, to) => changeDays(agencies).filter((day) => from < day && day <= to),
  };
}

type Places = Map<string, AgencyPlace>;
type ParentOn = (code: string, day: string) => string | null;

function walkDown(places: Places, below: RunsBelow, parentOn: ParentOn): Pick<DatedTree, 'subtreeOn' | 'childrenOn'> {
  const childrenOn = (code: string | null, day: string): string[] =>
    code === null
      ? [...places.keys()].filter((candidate) => parentOn(candidate, day) === null)
      : (below.get(code) ?? []).flatMap((run) => (holdsOn(run, day) ? [run.code] : []));
  return {
    childrenOn,
    subtreeOn(code, day) {
      const found = new Set([code]);
      // A set is walked on while it grows, and whoever is in it already is not visited again.
      for (const at of found) for (const child of childrenOn(at, day)) found.add(child);
      return [...found];
    },
  };
}

/**
 * Entry refuses whoever would stand above itself; two processes that enter at once could still make a round, so every walk
 * ends where it would begin again.
 */
function walkUp(places: Places, parentOn: ParentOn): Pick<DatedTree, 'lineageOn' | 'branchOn'> {
  return {
    lineageOn(code, day) {
      const found = new Set<string>();
      for (let at = places.has(code) ? code : null; at !== null && !found.has(at); at = parentOn(at, day))
        found.add(at);
      return [...found];
    },
    branchOn(top, agency, day) {
      if (agency === top) return 'self';
      if (!places.has(agency)) return 'unknown';
      const passed = new Set<string>();
      for (let at = agency; !passed.has(at);) {
        passed.add(at);
        const parent = parentOn(at, day);
        if (parent === top) return at;
        if (parent === null) return 'unknown';
        at = parent;
      }
      return 'unknown';
    },
  };
}

/** What an agency has of its own, or else takes from the nearest above on the day. */
function inherited(places: Places, lineageOn: DatedTree['lineageOn']): Pick<DatedTree, 'provinceOn' | 'levelOn'> {
  return {
    provinceOn(code, day) {
      for (const at of lineageOn(code, day)) {
        const run = atDay(places.get(at)?.provinces ?? [], day);
        if (run !== undefined) return { code: run.code, on: dayOfCode(run) };
      }
      return null;
    },
    levelOn(code, day) {
      for (const at of lineageOn(code, day)) {
        const level = places.get(at)?.level;
        if (level !== undefined) return level;
      }
      return null;
    },
  };
}

type RunsBelow = Map<string, (Span & { code: string })[]>;

function runsBelow(agencies: AgencyPlace[]): RunsBelow {
  const below: RunsBelow = new Map();
  for (const { code, parents } of agencies) {
    for (const { code: parent, ...days } of parents) {
      const runs = below.get(parent);
      if (runs === undefined) below.set(parent, [{ ...days, code }]);
      else runs.push({ ...days, code });
    }
  }
  return below;
}

function membersOf(top: string, below: RunsBelow): Members[] {
  const found = new Map<string, Members>();
  const above = new Set<string>();
  const add = (agency: string, days: Required<Span>): void => {
    if (above.has(agency)) return;
    above.add(agency);
    const key = `${days.from} ${days.through}`;
    const members = found.get(key);
    if (members === undefined) found.set(key, { ...days, agencies: [agency] });
    else members.agencies.push(agency);
    for (const run of below.get(agency) ?? []) {
      const both = common(run, days);
      if (both !== null) add(run.code, both);
    }
    above.delete(agency);
  };
  add(top, { from: FIRST_DAY, through: LAST_DAY });
  return [...found.values()];
}

function changeDays(agencies: AgencyPlace[]): string[] {
  const runs: Span[] = agencies.flatMap(({ parents, provinces = [] }) => [...parents, ...provinces]);
  const days = runs.flatMap((run) => [run.from, dayAfter(run)]);
  return [...new Set(days.filter((day) => day !== undefined && day !== null))].toSorted();
}
