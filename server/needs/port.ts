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
}
