import type { Certificate } from '../../schemas/types.d.ts';
import { foldCode } from '../search/fold.rules.ts';
import type { Accreditation } from './accreditation.rules.ts';
import type { Endings } from './ending.rules.ts';
import { everyState, reachOf, stateOn, type Reach } from './state.rules.ts';
import { statusOn, statusRuns } from './validity.rules.ts';

/** What is kept beside a certificate, derived from its entry and events. */
interface Derived {
  /** Every run of days of one status as known now. */
  statusRuns: { status: string; from: string; through: string }[];
  /** What it says on any day, as known now; `codes` are its numbers as a search compares them. */
  found: { numbers: string[]; codes: string[]; holders: string[]; bodies: string[]; products: string[] };
  /** Scheme, day of issue and number, as no two certificates have them. */
  keys: string[];
  /** The products, holders, numbers and earlier certificates that it ever named, in any state of knowledge. */
  reach: Pick<Reach, 'products' | 'holders' | 'numbers' | 'renews'>;
}

/**
 * A certificate as it is stored: the fields as they were entered, and what is derived from it beside, with the groups of the
 * products that it ever covered. What its criteria documents and its body's accreditations say of its end is read with it
 * and never stored.
 */
export type StoredCertificate = Certificate &
  Derived & { groups?: string[]; endings?: Endings; accreditation?: Accreditation };

/** Stands for "without end", so that a query can compare it. */
const LAST_DAY = '9999-12-31';

/** The certificate as it is stored, with everything derived anew. */
export function toStoredCertificate<T extends Omit<Certificate, 'id' | 'revision'>>(
  certificate: T,
  now: string,
): T & Derived {
  const states = everyState(certificate);
  const { products, holders, numbers, renews } = reachOf(certificate);
  const found = unique(states.map(({ number }) => number));
  return {
    ...certificate,
    statusRuns: statusRuns(certificate, now).map((run) => ({ ...run, through: run.through ?? LAST_DAY })),
    found: {
      numbers: found,
      codes: unique(found.map(foldCode)),
      holders: unique(states.map(({ holder }) => holder)),
      bodies: unique(states.flatMap(({ body }) => body ?? [])),
      products: unique(states.flatMap((state) => state.products)),
    },
    keys: unique(states.map(({ scheme, issuedOn, number }) => [scheme, issuedOn, number].join('|'))),
    reach: { products, holders, numbers, renews },
  };
}

/**
 * The certificate as it is shown: what it says on the day as known at an instant, with everything that happened to it,
 * and its entry where that says something else.
 */
export function presentCertificate(
  recorded: Certificate,
  { on, knownAt, renewedBy }: { on: string; knownAt: string; renewedBy: string[] },
): Certificate {
  const state = stateOn(recorded, on, knownAt);
  const {
    number,
    criterion,
    level,
    holder,
    body,
    products,
    places,
    issuedOn,
    validFrom,
    validThrough,
    renews,
    source,
  } = recorded;
  const entry = {
    number,
    criterion,
    level,
    holder,
    body,
    products,
    places,
    issuedOn,
    validFrom,
    validThrough,
    renews,
    source,
  };
  return {
    ...state,
    status: statusOn(recorded, on, knownAt),
    ...(renewedBy.length > 0 && { renewedBy }),
    ...(state !== recorded && { entry }),
  };
}

/** What finds the certificates of a body, by their entry or a correction of it. */
export function ofBody(code: string): { $or: Record<string, string>[] } {
  return { $or: [{ body: code }, { 'events.fields.body': code }] };
}

/** What finds the certificates that stand under a criteria document, by their entry or a correction of it. */
export function underCriterion(code: string): { $or: Record<string, string>[] } {
  return { $or: [{ criterion: code }, { 'events.fields.criterion': code }] };
}

function unique(values: string[]): string[] {
  return [...new Set(values)];
}
