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

/** Letters to people: who they are is known to the accounts alone. */
export interface Post {
  post(to: string, letter: { subject: string; text: string }): void;
  /** Does work in the background that ends in letters. */
  later(work: () => Promise<void>): void;
  /** Where the people of an organisation are reached: those who manage it, else all. */
  addressesOf(org: string): Promise<string[]>;
  /** Where people reach the register, for links. */
  address: string;
}
