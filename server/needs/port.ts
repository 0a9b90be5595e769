import type { NeedSeen } from '../../schemas/types.d.ts';
import type { Asked } from './publication.rules.ts';

/** A counter: what was looked for in vain, by whom and in which month. No person, no words. */
export interface Counter extends Omit<Asked, 'province' | 'agency'> {
  group: string;
  /** The agency whose officer asked; null for everybody else. */
  agency: string | null;
}

export interface StoredFollow {
  group: string;
  since: string;
  seen: NeedSeen;
  /** When that was; absent of what was followed before letters were sent. */
  seenAt?: string;
}

/** What a letter says of one group: what its follower knew, and what it is told. */
export interface ToldNeed {
  group: string;
  at: string;
  before: NeedSeen;
  now: NeedSeen;
}

/** The last letter to an organisation that follows needs, with what it and earlier ones told of each group. */
export interface StoredLetter {
  org: string;
  /** The day whose letter it is. */
  on: string;
  at: string;
  told: ToldNeed[];
  /** The mark that it is still to be sent: since when somebody is at it. */
  unsentSince?: string;
}

/** Where counters and what organisations follow are kept; one document each, one write each. */
export interface NeedStore {
  /** One more. */
  count(counter: Omit<Counter, 'count'>): Promise<void>;
  /** The counters of months up to this one. */
  counters(through: string): AsyncIterable<Counter>;
  /** Lines recorded up to the end of the month with the reason that no labelled product is there or fits, one by one. */
  justified(through: string): AsyncIterable<Omit<Counter, 'wants'>>;
  follow(org: string, follow: StoredFollow): Promise<void>;
  unfollow(org: string, group: string): Promise<void>;
  follows(org: string): Promise<StoredFollow[]>;
  everyFollow(): Promise<(StoredFollow & { org: string })[]>;
  letters(): Promise<StoredLetter[]>;
  /** Writes the letter of its day with the mark that it is to be sent; false where the day has one. */
  begin(letter: StoredLetter): Promise<boolean>;
  /** Takes over a letter that somebody began and did not send; false where another has taken it over. */
  takeOver(letter: StoredLetter, now: string): Promise<boolean>;
  /** Takes the mark off. */
  sent(letter: StoredLetter): Promise<void>;
}
