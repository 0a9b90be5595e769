import type { Organisation } from '../../schemas/types.d.ts';
import { refuseAct, type CertifyingAct } from '../organisations/mandate.rules.ts';

/** A certificate that names no body: what was certified on which day, and which organisation entered it. */
export interface Unnamed extends CertifyingAct {
  recordedBy?: string;
}

/** An organisation, by what it may certify. */
export type Certifier = Pick<Organisation, 'code' | 'mayCertify'>;

/**
 * Which body certified where nobody said it: the organisation that entered the certificate, where it might certify it on the
 * day of issue; else the only one that might, as the Vietnam Ecolabel has one authority. Null where neither tells: to give it
 * to one of several would be a guess.
 */
export function derivedBody({ recordedBy, ...act }: Unnamed, bodies: readonly Certifier[]): string | null {
  const able = bodies.filter((body) => refuseAct(body, act) === null).map(({ code }) => code);
  if (recordedBy !== undefined && able.includes(recordedBy)) return recordedBy;
  return able.length === 1 ? able[0]! : null;
}
