import type { CertificateEvent } from '../../schemas/types.d.ts';

/** How a certificate stands inside its own dates; `void` is as if it had never been issued. */
export type Standing = 'valid' | 'suspended' | 'surrendered' | 'revoked' | 'void';

type EventType = CertificateEvent['type'];

/** Every event that can happen, and what becomes of a certificate that stands so; what is not here cannot happen. */
const TRANSITIONS: Record<Standing, Partial<Record<EventType, Standing>>> = {
  valid: { suspended: 'suspended', surrendered: 'surrendered', revoked: 'revoked', revokedAbInitio: 'void' },
  suspended: { reinstated: 'valid', surrendered: 'surrendered', revoked: 'revoked', revokedAbInitio: 'void' },
  surrendered: { revokedAbInitio: 'void' },
  revoked: { revokedAbInitio: 'void' },
  void: {},
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
