import type { ApplicationEventType, ApplicationStatus } from '../../schemas/types.d.ts';
import type { Procedure } from './procedure.rules.ts';
import type { Transition } from './transition.rules.ts';

type Row = Omit<Transition, 'from' | 'event' | 'needs' | 'legal' | 'working'> &
  Partial<Pick<Transition, 'needs' | 'legal' | 'working'>>;

const own = ['applicant', 'preparer'] as const;
const reviewer = ['reviewer'] as const;
const decree = 'Decree 08/2022';
const complaints = 'Law on Complaints 02/2011/QH13';
const register = 'Register';
const ended = { legal: 'ends', working: 'ends' } as const;

/** The rows of an event that is possible in several states alike. */
function rows(
  from: ApplicationStatus | readonly ApplicationStatus[],
  event: ApplicationEventType,
  row: Row,
): Transition[] {
  return [from].flat().map((state) => ({ needs: [], legal: 'runs', working: 'runs', ...row, from: state, event }));
}

/** The rows of an event that leaves the state as it is. */
function staying(from: readonly ApplicationStatus[], event: ApplicationEventType, row: Omit<Row, 'to'>): Transition[] {
  return from.flatMap((state) => rows(state, event, { ...row, to: state }));
}

const open = ['draft', 'submitted', 'incomplete', 'underEvaluation', 'clarification'] as const;
const received = ['submitted', 'incomplete', 'underEvaluation', 'clarification'] as const;
const inHand = [...received, 'appealed'] as const;

/** The life of a dossier. */
export const transitions: readonly Transition[] = [
  ...staying(['draft', 'incomplete', 'clarification'], 'edited', { by: own, reference: register }),
  ...rows('draft', 'submitted', {
    to: 'submitted',
    by: own,
    needs: ['checklist'],
    legal: 'check',
    working: 'check',
    reference: `${decree} art. 146`,
  }),
  ...rows('submitted', 'foundIncomplete', {
    to: 'incomplete',
    by: reviewer,
    needs: ['text', 'items'],
    ...ended,
    reference: `${decree} art. 147(1)`,
  }),
  ...rows('incomplete', 'submitted', {
    to: 'submitted',
    by: own,
    needs: ['checklist'],
    legal: 'check',
    working: 'check',
    reference: `${decree} art. 147(1)`,
  }),
  ...rows('submitted', 'foundComplete', {
    to: 'underEvaluation',
    by: reviewer,
    where: 'evaluated',
    legal: 'evaluation',
    working: 'evaluation',
    reference: `${decree} art. 147(1)`,
  }),
  ...rows('underEvaluation', 'asked', {
    to: 'clarification',
    by: reviewer,
    needs: ['text'],
    working: 'stops',
    reference: register,
  }),
  ...rows('clarification', 'answered', {
    to: 'underEvaluation',
    by: own,
    needs: ['text', 'checklist'],
    working: 'resumes',
    reference: register,
  }),
  ...staying(['underEvaluation'], 'evaluated', { by: reviewer, needs: ['text'], reference: `${decree} art. 147(2)` }),
  ...rows('underEvaluation', 'approved', {
    to: 'approved',
    by: reviewer,
    where: 'evaluated',
    needs: ['reasons', 'evaluation', 'result'],
    ...ended,
    reference: `${decree} art. 147(1)(2)`,
  }),
  ...rows('submitted', 'approved', {
    to: 'approved',
    by: reviewer,
    where: 'notEvaluated',
    needs: ['reasons', 'result'],
    ...ended,
    reference: `${decree} art. 148(1)`,
  }),
  ...rows(['underEvaluation', 'clarification'], 'refused', {
    to: 'refused',
    by: reviewer,
    where: 'evaluated',
    needs: ['reasons', 'text'],
    ...ended,
    reference: `${decree} art. 147(1)(2)`,
  }),
  ...rows('submitted', 'refused', {
    to: 'refused',
    by: reviewer,
    where: 'notEvaluated',
    needs: ['reasons', 'text'],
    ...ended,
    reference: `${decree} art. 148(1)`,
  }),
  ...rows(open, 'withdrawn', { to: 'withdrawn', by: own, ...ended, reference: register }),
  ...rows(received, 'lapsed', {
    to: 'lapsed',
    by: ['system'],
    needs: ['lapse'],
    ...ended,
    reference: `${decree} art. 146`,
  }),
  ...staying(inHand, 'taken', { by: reviewer, reference: register }),
  ...staying(inHand, 'released', { by: ['reviewer', 'supervisor'], needs: ['reviewer', 'text'], reference: register }),
  ...staying(inHand, 'conflictDeclared', { by: reviewer, needs: ['text'], reference: 'ISO/IEC 17065:2012, 4.2' }),
  ...rows(['refused', 'appealRejected'], 'appealed', {
    to: 'appealed',
    by: own,
    needs: ['text', 'openStep'],
    legal: 'appeal',
    working: 'appeal',
    reference: `${complaints} arts 7, 9, 33`,
  }),
  // A complaint that is not decided in its time opens the next step (art. 33(1)).
  ...rows('appealed', 'appealed', {
    to: 'appealed',
    by: own,
    needs: ['text', 'openStep', 'overdue'],
    legal: 'appeal',
    working: 'appeal',
    reference: `${complaints} arts 7, 33`,
  }),
  ...rows('appealed', 'appealWithdrawn', { to: 'refusalFinal', by: own, ...ended, reference: `${complaints} art. 10` }),
  ...rows('appealed', 'appealUpheld', {
    to: 'submitted',
    by: reviewer,
    where: 'notEvaluated',
    needs: ['text'],
    legal: 'ends',
    working: 'check',
    reference: `${complaints} arts 31, 40`,
  }),
  ...rows('appealed', 'appealUpheld', {
    to: 'underEvaluation',
    by: reviewer,
    where: 'evaluated',
    needs: ['text'],
    legal: 'ends',
    working: 'evaluation',
    reference: `${complaints} arts 31, 40`,
  }),
  ...rows('appealed', 'appealDismissed', {
    to: 'appealRejected',
    by: reviewer,
    after: 'furtherStep',
    needs: ['text'],
    ...ended,
    reference: `${complaints} arts 31, 40`,
  }),
  ...rows('appealed', 'appealDismissed', {
    to: 'refusalFinal',
    by: reviewer,
    after: 'lastStep',
    needs: ['text'],
    ...ended,
    reference: `${complaints} arts 31, 40`,
  }),
  // The certificate could not be registered as decided: its number was taken meanwhile, say.
  ...staying(['approved'], 'resultCorrected', { by: reviewer, needs: ['problem', 'result'], reference: register }),
];

/** States that nothing leads out of. */
export const ends: readonly ApplicationStatus[] = ['approved', 'refusalFinal', 'withdrawn', 'lapsed'];

/** Who is to act next; null where nobody is awaited: against a refusal one may do something, but need not. */
export const awaited: Record<ApplicationStatus, 'applicant' | 'reviewer' | null> = {
  draft: 'applicant',
  submitted: 'reviewer',
  incomplete: 'applicant',
  underEvaluation: 'reviewer',
  clarification: 'applicant',
  approved: null,
  refused: null,
  appealed: 'reviewer',
  appealRejected: null,
  refusalFinal: null,
  withdrawn: null,
  lapsed: null,
};

/** The row of an event in a state, in a procedure and with or without a further step of appeal; none where it cannot happen. */
export function transitionOf(
  from: ApplicationStatus,
  event: ApplicationEventType,
  { evaluates, furtherStep }: Pick<Procedure, 'evaluates'> & { furtherStep: boolean },
): Transition | undefined {
  return transitions.find(
    (row) =>
      row.from === from &&
      row.event === event &&
      (row.where === undefined || (row.where === 'evaluated') === evaluates) &&
      (row.after === undefined || (row.after === 'furtherStep') === furtherStep),
  );
}
