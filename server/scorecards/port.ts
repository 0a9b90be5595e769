import type { ApplicationEvent } from '../../schemas/types.d.ts';

/** What a scorecard is counted from. */
export interface TallyStore {
  /** How many certificates of the body stand how on the day. */
  statuses(body: string, today: string): Promise<{ status: string; count: number }[]>;
  /** How many were revoked, by cause; null where none was named. */
  revocations(body: string): Promise<{ cause: string | null; count: number }[]>;
  /** The dossiers that the body had in hand, one after the other. */
  dossiers(body: string): AsyncIterable<{ events: Pick<ApplicationEvent, 'type' | 'on' | 'org'>[] }>;
}
