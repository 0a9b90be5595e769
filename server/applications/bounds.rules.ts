import type { ApplicationEventType } from '../../schemas/types.d.ts';
import type { HistoryEntry } from '../core/history.rules.ts';

/** So many drafts one person or key keeps for one applicant: by each, so that nobody uses up another's. */
export const mostDrafts = 100;
/** So many steps a dossier goes through before only its decision, an appeal, an answer or its withdrawal are taken. */
export const mostEvents = 500;
/** So much of the document the history of a dossier may fill: the store takes 16 MB. */
export const mostHistoryMb = 4;

/** What can go on for ever, one way and back. What answers one of these is taken, so that nobody is left in the middle. */
const repeatable = new Set<ApplicationEventType>([
  'foundIncomplete',
  'asked',
  'evaluated',
  'taken',
  'released',
  'conflictDeclared',
  'resultCorrected',
]);

/** Whether a dossier has gone through too much for the event. */
export function isOneTooMany({ events }: { events: readonly unknown[] }, event: ApplicationEventType): boolean {
  return events.length >= mostEvents && repeatable.has(event);
}

/** Whether what is kept of earlier drafts leaves no room for another edit. */
export function isFull(dossier: object): boolean {
  const { history = [] } = dossier as { history?: readonly HistoryEntry[] };
  return JSON.stringify(history).length > mostHistoryMb * 1_000_000;
}
