import type { ApplicationEvent } from '../../schemas/types.d.ts';
import type { Unnamed } from './body.rules.ts';

/** A certificate that names no body: how it stands, and for what it was revoked (null where no cause was named). */
export interface UnnamedCertificate extends Unnamed {
  status: string;
  causes: (string | null)[];
}

/** What a scorecard is counted from. */
export interface TallyStore {
  /** How many certificates of the body stand how on the day. */
  statuses(body: string, today: string): Promise<{ status: string; count: number }[]>;
  /** How many were revoked, by cause; null where none was named. */
  revocations(body: string): Promise<{ cause: string | null; count: number }[]>;
  /** The certificates of the schemes that name no body, one after the other, as they stand on the day. */
  unnamed(schemes: string[], today: string): AsyncIterable<UnnamedCertificate>;
  /** The dossiers that the body had in hand, one after the other. */
  dossiers(body: string): AsyncIterable<{ events: Pick<ApplicationEvent, 'type' | 'on' | 'org'>[] }>;
}
