import type { ApplicationEventType, ApplicationStatus } from '../../schemas/types.d.ts';

/** How a caller stands to a dossier (`relation.rules.ts`). */
export type Relation = 'applicant' | 'preparer' | 'reviewer' | 'supervisor' | 'system';

/** What an event must bring, or the dossier have, beside the state that it is possible in. */
export type Need =
  | 'checklist'
  | 'text'
  | 'items'
  | 'reasons'
  | 'result'
  | 'evaluation'
  | 'reviewer'
  | 'openStep'
  | 'overdue'
  | 'lapse'
  | 'problem';

/**
 * What an event does to a clock: starts the time of the check or of the evaluation or of an appeal, ends it, stops it while an
 * answer is awaited, goes on with it, or leaves it as it is.
 */
export type ClockEffect = 'check' | 'evaluation' | 'appeal' | 'ends' | 'stops' | 'resumes' | 'runs';

/** Everything that can happen to a dossier: one row for each event in each state. What has no row cannot happen. */
export interface Transition {
  from: ApplicationStatus;
  event: ApplicationEventType;
  to: ApplicationStatus;
  by: readonly Relation[];
  /** Only in procedures with an evaluation, or only in those without one. */
  where?: 'evaluated' | 'notEvaluated';
  /** Only while a further step of appeal is open, or only where none is. */
  after?: 'furtherStep' | 'lastStep';
  needs: readonly Need[];
  /** The clock of the law, which nothing stops unless a text says so, and the register's own beside it. */
  legal: ClockEffect;
  working: ClockEffect;
  /** The text it rests on; `Register` where it is a rule of this register. */
  reference: string;
}
