import type { CertificateEvent } from '../../schemas/types.d.ts';

/** How a certificate stands inside its own dates; `void` is as if it had never been issued. */
export type Standing = 'valid' | 'suspended' | 'surrendered' | 'revoked' | 'void';

type EventType = CertificateEvent['type'];

type Transitions = Partial<Record<EventType, Standing>>;

/** What ends a certificate that has not ended. */
const ENDINGS: Transitions = { surrendered: 'surrendered', revoked: 'revoked', revokedAbInitio: 'void' };

/**
 * Every event that can happen, and what becomes of a certificate that stands so; what is not here cannot happen. A
 * correction is about the entry and can always be made: it is `corrected` that leaves every standing as it is.
 */
const TRANSITIONS: Record<Standing, Transitions> = {
  valid: { ...ENDINGS, suspended: 'suspended', amended: 'valid', reissued: 'valid', corrected: 'valid' },
  suspended: { ...ENDINGS, reinstated: 'valid', amended: 'suspended', reissued: 'suspended', corrected: 'suspended' },
  surrendered: { revokedAbInitio: 'void', corrected: 'surrendered' },
  revoked: { revokedAbInitio: 'void', corrected: 'revoked' },
  void: { corrected: 'void' },
};

/** How a certificate stands after an event; null where the event cannot happen to it. */
export function standingAfter(standing: Standing, type: EventType): Standing | null {
  return TRANSITIONS[standing][type] ?? null;
}

/**
 * Events as they take effect: by day, those of one day as they were recorded. `revokedAbInitio` comes last whatever its
 * day, because it voids the certificate from its start and nothing can be recorded after it.
 */
export function inOrder<E extends Pick<CertificateEvent, 'type' | 'on'>>(events: readonly E[]): E[] {
  const isLast = (event: E) => Number(event.type === 'revokedAbInitio');
  return [...events].sort((a, b) => isLast(a) - isLast(b) || (a.on < b.on ? -1 : Number(a.on > b.on)));
}
