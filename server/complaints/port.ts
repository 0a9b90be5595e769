import type { ComplaintSubject } from '../../schemas/types.d.ts';

/** Whom a report of a record concerns: its holder, supplier or agency, and the label whose bodies may reply too. */
export interface Concerned {
  /** The record; none where a purchase that was named by agency and number is not there. */
  id?: string;
  party?: string;
  scheme?: string;
  body?: string;
}

/** Looks up what is reported; null for a record that there is not. */
export type FindConcerned = (subject: ComplaintSubject) => Promise<Concerned | null>;
