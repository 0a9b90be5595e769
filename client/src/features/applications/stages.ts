import type { Application, ApplicationEventType } from '../../../../schemas/types.d.ts';

/** A stage on the way of an application; `on` is the day on which it was done. */
export interface Stage {
  name: 'prepare' | 'check' | 'evaluation' | 'decision' | 'appeal' | 'result';
  state: 'done' | 'now' | 'coming' | 'stopped';
  on?: string;
}

/** The events of which the last one ends each stage. */
const endings: Partial<Record<Stage['name'], readonly ApplicationEventType[]>> = {
  prepare: ['submitted'],
  check: ['foundComplete'],
  evaluation: ['evaluated'],
  decision: ['approved', 'refused'],
  appeal: ['appealUpheld', 'appealDismissed', 'appealWithdrawn'],
};

const places: Partial<Record<Application['status'], Stage['name']>> = {
  draft: 'prepare',
  submitted: 'check',
  incomplete: 'check',
  underEvaluation: 'evaluation',
  clarification: 'evaluation',
  refused: 'decision',
  refusalFinal: 'decision',
  appealed: 'appeal',
  appealRejected: 'appeal',
};

/** The stages of an application in its procedure, and how far it has come. */
export function stagesOf(application: Application): Stage[] {
  const { procedure, status, events, outcome } = application;
  const isEvaluated = procedure.endsWith('Evaluation');
  const isAppealed = events.some(({ type }) => type === 'appealed');
  const names: Stage['name'][] = [
    'prepare',
    'check',
    ...(isEvaluated ? (['evaluation'] as const) : []),
    'decision',
    ...(isAppealed ? (['appeal'] as const) : []),
    'result',
  ];
  const at = status === 'approved' ? names.length - 1 : placeOf(application, names);
  return names.map((name, index): Stage => {
    // Without an evaluation the check ends with the decision.
    const ending = endings[name === 'check' && !isEvaluated ? 'decision' : name];
    const on = events.findLast(({ type }) => ending?.includes(type))?.on;
    if (index < at) return { name, state: 'done', ...(on !== undefined && { on }) };
    if (index > at) return { name, state: 'coming' };
    if (status === 'approved') return { name, state: outcome?.problem === undefined && outcome ? 'done' : 'now' };
    const isOver = ['refused', 'refusalFinal', 'appealRejected', 'withdrawn', 'lapsed'].includes(status);
    return { name, state: isOver ? 'stopped' : 'now', ...(isOver && on !== undefined && { on }) };
  });
}

function placeOf({ status, events, procedure }: Application, names: Stage['name'][]): number {
  const isAppealed = names.includes('appeal');
  if (status === 'refusalFinal' && isAppealed) return names.indexOf('appeal');
  const place = places[status] ?? places[events.at(-2)?.status ?? 'draft'] ?? 'prepare';
  // Without an evaluation the check ends with the decision.
  if (place === 'evaluation' && !procedure.endsWith('Evaluation')) return names.indexOf('check');
  return names.indexOf(place);
}
