import { describe, expect, it } from '@jest/globals';
import eventInput from '../../schemas/application-event-input.json' with { type: 'json' };
import application from '../../schemas/application.json' with { type: 'json' };
import holidays from '../../seed/data/holidays.json' with { type: 'json' };
import type { Application, ApplicationEvent, Attachment } from '../../schemas/types.d.ts';
import { appealStepsOf, lodgeThrough, openSteps } from '../../server/applications/appeal.rules.ts';
import { calendarOf } from '../../server/reference/calendar.rules.ts';
import { checkedItems, checklists } from '../../server/applications/checklist.rules.ts';
import { clocksOf, type Timed } from '../../server/applications/clock.rules.ts';
import { awaited, ends, transitionOf, transitions } from '../../server/applications/lifecycle.rules.ts';
import { procedureOf, procedures, restsOn } from '../../server/applications/procedure.rules.ts';
import { closenessOf, relationsOf, type Around, type Hands } from '../../server/applications/relation.rules.ts';

const calendar = calendarOf(holidays);
const statuses = application.properties.status.enum;
const sent = eventInput.properties.type.enum;

/** Every state that one comes to from a draft, in procedures with an evaluation or without one. */
function reachable(where: 'evaluated' | 'notEvaluated'): Set<string> {
  const found = new Set<string>(['draft']);
  for (let size = 0; size < found.size;) {
    size = found.size;
    for (const row of transitions) if (found.has(row.from) && (row.where ?? where) === where) found.add(row.to);
  }
  return found;
}

it('cites no law for a step of a procedure that the law does not know', () => {
  for (const procedure of Object.values(procedures)) {
    const cited = new Set(transitions.map(({ reference }) => restsOn(reference, procedure)));
    const decree = [...cited].some((text) => text.startsWith('Decree 08/2022'));
    expect([procedure.code, decree]).toEqual([procedure.code, procedure.basis.startsWith('Decree 08/2022')]);
    const complaints = [...cited].some((text) => text.startsWith('Law on Complaints'));
    expect([procedure.code, complaints]).toEqual([procedure.code, !procedure.basis.startsWith('The rules of')]);
  }
});

describe('the table of what can happen to a dossier', () => {
  it('reaches every state, and in a procedure without evaluation all but those of the evaluation', () => {
    expect([...reachable('evaluated')].toSorted()).toEqual(statuses.toSorted());
    const withoutEvaluation = statuses.filter((status) => status !== 'underEvaluation' && status !== 'clarification');
    expect([...reachable('notEvaluated')].toSorted()).toEqual(withoutEvaluation.toSorted());
  });

  it('ends in the ends, out of which nothing leads, and from every other state an end is reached', () => {
    for (const status of statuses) {
      const leadsOut = transitions.some(({ from, to }) => from === status && to !== status);
      expect([status, leadsOut]).toEqual([status, !ends.includes(status as Application['status'])]);
    }
    const leading = new Set<string>(ends);
    for (let size = 0; size < leading.size;) {
      size = leading.size;
      for (const { from, to } of transitions) if (leading.has(to)) leading.add(from);
    }
    expect([...leading].toSorted()).toEqual(statuses.toSorted());
  });

  it('has one row for an event in a state of a procedure, and a row for every event that can be sent', () => {
    for (const evaluates of [true, false])
      for (const furtherStep of [true, false])
        for (const { from, event } of transitions) {
          const rows = transitions.filter(
            (row) =>
              row.from === from &&
              row.event === event &&
              (row.where ?? (evaluates ? 'evaluated' : 'notEvaluated')) ===
                (evaluates ? 'evaluated' : 'notEvaluated') &&
              (row.after ?? (furtherStep ? 'furtherStep' : 'lastStep')) === (furtherStep ? 'furtherStep' : 'lastStep'),
          );
          expect([from, event, rows.length <= 1]).toEqual([from, event, true]);
          expect(transitionOf(from, event, { evaluates, furtherStep })).toBe(rows[0]);
        }
    expect([...new Set(transitions.map(({ event }) => event as string))].toSorted()).toEqual(
      [...sent, 'edited', 'lapsed'].toSorted(),
    );
  });

  it('awaits whoever can lead on: the applicant, or the reviewer, and nobody at an end or where one only may appeal', () => {
    for (const status of statuses as Application['status'][]) {
      const on = transitions.filter(({ from, to, event }) => from === status && to !== status && event !== 'withdrawn');
      const who = awaited[status];
      const isLedOn = on.some(({ by }) => (who === 'applicant' ? by.includes('applicant') : by.includes('reviewer')));
      expect([status, isLedOn]).toEqual([status, who !== null]);
    }
  });

  it('stops the clock of the law nowhere, because no text does, and the working clock only while an answer is awaited', () => {
    expect(transitions.filter(({ legal }) => legal === 'stops' || legal === 'resumes')).toEqual([]);
    expect(transitions.filter(({ working }) => working === 'stops').map(({ to }) => to)).toEqual(['clarification']);
  });

  it('lets no one but a reviewer decide, and no reviewer speak for the applicant', () => {
    const deciding = new Set([
      'approved',
      'refused',
      'appealUpheld',
      'appealDismissed',
      'foundComplete',
      'resultCorrected',
    ]);
    const decided = transitions.filter(({ event }) => deciding.has(event));
    expect(new Set(decided.flatMap(({ by }) => by))).toEqual(new Set(['reviewer']));
    const spoken = transitions.filter(({ by }) => by.includes('applicant'));
    expect(new Set(spoken.flatMap(({ by }) => by))).toEqual(new Set(['applicant', 'preparer']));
  });

  it('names the text that each row rests on', () => {
    for (const { event, reference } of transitions)
      expect([
        event,
        /^(Decree 08\/2022 art|Law on Complaints 02\/2011\/QH13 art|ISO\/IEC 17065|Register$)/.test(reference),
      ]).toEqual([event, true]);
  });
});

const event = (type: ApplicationEvent['type'], on: string, status: ApplicationEvent['status']): ApplicationEvent => ({
  type,
  on,
  status,
  recordedAt: `${on}T02:00:00.000Z`,
  by: 'x',
  role: 'supplier',
});

describe('the two clocks', () => {
  const ecolabel = (...events: ApplicationEvent[]): Timed => ({
    kind: 'new',
    scheme: 'VN-ECOLABEL',
    ...(events[0] && { receivedOn: events[0].on }),
    events,
  });
  const submitted = event('submitted', '2026-10-01', 'submitted');
  const complete = event('foundComplete', '2026-10-05', 'underEvaluation');
  const asked = event('asked', '2026-10-12', 'clarification');
  const answered = event('answered', '2026-10-22', 'underEvaluation');
  const on = (dossier: Timed, today: string) => clocksOf(dossier, { calendar, today });

  it('do not run for a draft, nor after an end', () => {
    expect(on(ecolabel(), '2026-10-01')).toEqual({ legal: null, working: null });
    const over = ecolabel(submitted, event('withdrawn', '2026-10-02', 'withdrawn'));
    expect(on(over, '2026-10-03')).toEqual({ legal: null, working: null });
  });

  it('count the check from the receipt and begin anew when the dossier is completed', () => {
    expect(on(ecolabel(submitted), '2026-10-05').legal).toMatchObject({
      phase: 'check',
      days: 4,
      dueOn: '2026-10-05',
      late: false,
    });
    expect(on(ecolabel(submitted), '2026-10-06')).toMatchObject({ legal: { late: true }, working: { late: true } });
    const noticed = event('foundIncomplete', '2026-10-05', 'incomplete');
    expect(on(ecolabel(submitted, noticed), '2026-10-20')).toEqual({ legal: null, working: null });
    const again = ecolabel(submitted, noticed, event('submitted', '2026-10-20', 'submitted'));
    expect(on(again, '2026-10-20').legal).toMatchObject({ startedOn: '2026-10-20', dueOn: '2026-10-26' });
  });

  it('part where an answer is awaited: the law’s goes on, the register’s stands still and ends as many days later', () => {
    const waiting = ecolabel(submitted, complete, asked);
    expect(on(waiting, '2026-10-20')).toMatchObject({
      legal: { phase: 'evaluation', days: 26, dueOn: '2026-11-02', late: false },
      working: { pausedSince: '2026-10-12', pausedDays: 8, workedDays: 7, late: false },
    });
    expect(on(waiting, '2026-10-20').working).not.toHaveProperty('dueOn');
    const after = ecolabel(submitted, complete, asked, answered);
    expect(on(after, '2026-11-03')).toMatchObject({
      legal: { dueOn: '2026-11-02', late: true },
      working: { pausedDays: 10, workedDays: 19, dueOn: '2026-11-10', late: false },
    });
  });

  it('follow the rules of the day of receipt, unless the applicant asked for the new ones', () => {
    const old = ecolabel(event('submitted', '2026-01-28', 'submitted'));
    expect(on(old, '2026-01-28').legal).toMatchObject({ days: 5, dueOn: '2026-02-02' });
    expect(on({ ...old, prefersNewRules: true }, '2026-01-28').legal).toMatchObject({ days: 4, dueOn: '2026-02-02' });
    const details = { ...old, kind: 'details' as const };
    expect(on(details, '2026-01-28').legal).toMatchObject({ days: 15, dueOn: '2026-02-12' });
  });

  it('measure an appeal by its step, and what follows a success by the working clock alone', () => {
    const refused = event('refused', '2026-10-07', 'refused');
    const appealed = { ...event('appealed', '2026-10-08', 'appealed'), step: 'complaint' as const };
    const base = ecolabel(submitted, complete, refused, appealed);
    expect(on(base, '2026-10-09').legal).toMatchObject({ phase: 'appeal', days: 40, dueOn: '2026-11-17' });
    const inCourt = ecolabel(submitted, complete, refused, { ...appealed, step: 'court' });
    expect(on(inCourt, '2026-10-09')).toMatchObject({ legal: null, working: { phase: 'appeal' } });
    const upheld = ecolabel(
      submitted,
      complete,
      refused,
      appealed,
      event('appealUpheld', '2026-11-02', 'underEvaluation'),
    );
    expect(on(upheld, '2026-11-09')).toMatchObject({
      legal: null,
      working: { phase: 'evaluation', dueOn: '2026-11-30' },
    });
  });

  it.each([
    ['listing', undefined],
    ['new', 'VN-ENERGY-COMPARATIVE'],
    ['new', 'FSC'],
  ] as const)('know no statutory time for %s %s', (kind, scheme) => {
    const dossier: Timed = { kind, ...(scheme && { scheme }), receivedOn: '2026-10-01', events: [submitted] };
    expect(on(dossier, '2026-12-01')).toMatchObject({ legal: null, working: { workedDays: 61, late: false } });
  });
});

describe('the checklist', () => {
  const file = (kind: Attachment['kind'], over: Partial<Attachment> = {}): Attachment => ({
    kind,
    evidence: '0'.repeat(24),
    addedBy: 'x',
    ...over,
  });
  const laboratory = { name: 'Lab', accreditation: 'VILAS 0000' };
  const all = ['form', 'report', 'drawing', 'description'] as const;
  const ecolabel = procedures.ecolabelEvaluation;
  const faults = (report: Partial<Attachment>[], validOn = '2026-11-24', procedure = ecolabel) => {
    const given = [...all.map((kind) => file(kind)), ...report.map((over) => file('testReport', over))];
    return checkedItems(procedure, given, validOn).flatMap(({ kind, fault }) => (fault ? [`${kind} ${fault}`] : []));
  };

  it.each([
    ['nothing', [], ['testReport MISSING_ITEM']],
    ['a report without its day', [{ laboratory }], ['testReport REPORT_WITHOUT_DATE']],
    ['a report six months and a day old', [{ laboratory, issuedOn: '2026-05-23' }], ['testReport REPORT_TOO_OLD']],
    ['a report of no laboratory', [{ issuedOn: '2026-06-01' }], ['testReport REPORT_OF_NO_LABORATORY']],
    ['a report six months old', [{ laboratory, issuedOn: '2026-05-24' }], []],
    [
      'an old report and a fresh one',
      [
        { laboratory, issuedOn: '2020-01-01' },
        { laboratory, issuedOn: '2026-10-01' },
      ],
      [],
    ],
  ])('for the Vietnam Ecolabel with %s', (_what, reports, expected) => {
    expect(faults(reports)).toEqual(expected);
  });

  it('asks no age of an energy label’s report, and nothing of a listing', () => {
    const energy = procedures.energyRegistration;
    const given = [file('declaration'), file('labelSample'), file('testReport', { laboratory })];
    expect(checkedItems(energy, given, '2026-11-24').every(({ present }) => present)).toBe(true);
    expect(checkedItems(procedures.listing, [], '2026-11-24')).toEqual([]);
  });

  it('names every missing item with its text', () => {
    const missing = checkedItems(ecolabel, [], '2026-11-24');
    expect(missing.map(({ kind }) => kind)).toEqual(['form', 'report', 'testReport', 'drawing', 'description']);
    expect(missing.every(({ reference }) => reference.startsWith('Decree 08/2022 art'))).toBe(true);
    expect(Object.keys(checklists).toSorted()).toEqual(Object.keys(procedures).toSorted());
  });
});

describe('the procedure', () => {
  it.each([
    ['listing', undefined, 'listing'],
    ['new', 'VN-ECOLABEL', 'ecolabelEvaluation'],
    ['extension', 'VN-ECOLABEL', 'ecolabelEvaluation'],
    ['technicalChange', 'VN-ECOLABEL', 'ecolabelEvaluation'],
    ['renewal', 'VN-ECOLABEL', 'ecolabelEvaluation'],
    ['details', 'VN-ECOLABEL', 'ecolabelDetails'],
    ['new', 'VN-ENERGY-ENDORSEMENT', 'energyRegistration'],
    ['details', 'VN-ENERGY-COMPARATIVE', 'energyRegistration'],
    ['new', 'EU-ECOLABEL', 'schemeEvaluation'],
    ['details', 'EU-ECOLABEL', 'schemeDetails'],
  ] as const)('of %s %s is %s', (kind, scheme, code) => {
    expect(procedureOf({ kind, scheme }).code).toBe(code);
  });
});

describe('an appeal', () => {
  const codes = (after: 'refusal' | 'complaint' | 'secondComplaint' | 'court') =>
    openSteps(procedures.ecolabelEvaluation, after).map(({ code }) => code);

  it('against an authority is a complaint, then a second one, or the court at any point, and nothing after the court', () => {
    expect(codes('refusal')).toEqual(['complaint', 'court']);
    expect(codes('complaint')).toEqual(['secondComplaint', 'court']);
    expect(codes('secondComplaint')).toEqual(['court']);
    expect(codes('court')).toEqual([]);
  });

  it.each([
    ['complaint', '2026-11-02', '2027-02-01'],
    ['secondComplaint', '2026-11-02', '2026-12-02'],
    ['court', '2026-11-02', '2027-11-02'],
  ])('by %s against a decision of %s is lodged through %s', (code, decidedOn, last) => {
    const step = appealStepsOf(procedures.ecolabelDetails).find((candidate) => candidate.code === code)!;
    expect(lodgeThrough(step, decidedOn, calendar)?.day).toBe(last);
  });

  it('against a private body or the register is one objection, without a statutory time', () => {
    for (const procedure of [procedures.schemeEvaluation, procedures.listing]) {
      const steps = appealStepsOf(procedure);
      expect(steps.map(({ code }) => code)).toEqual(['complaint']);
      expect(lodgeThrough(steps[0]!, '2026-11-02', calendar)).toBeNull();
    }
  });
});

describe('how a caller stands to a dossier', () => {
  const hands: Hands = { applicant: 'S', preparedBy: ['p'], conflicts: ['c'], refusedBy: ['r'], reviewer: 'v' };
  const around: Around = { procedure: { decidedBy: 'body' }, certifies: true, uploaders: ['u'], lineage: ['S', 'UP'] };
  const certifier = (id: string, org = 'BODY') => ({ id, role: 'certifier', org });

  it.each([
    ['p', 'BODY', 'prepared'],
    ['u', 'BODY', 'uploaded'],
    ['a', 'BODY', 'uploaded'],
    ['x', 'S', 'belongs'],
    ['x', 'UP', 'belongs'],
    ['c', 'BODY', 'conflict'],
    ['r', 'BODY', 'refused'],
    ['x', 'BODY', null],
  ])('%s of %s is too close: %s', (id, org, closeness) => {
    const attachments: Attachment[] = [{ kind: 'form', evidence: '0'.repeat(24), addedBy: 'a' }];
    expect(closenessOf(certifier(id, org), { ...hands, attachments }, around)).toBe(closeness);
    expect(relationsOf(certifier(id, org), { ...hands, attachments }, around).has('reviewer')).toBe(closeness === null);
  });

  it.each([
    ['supplier', 'S', {}, ['applicant']],
    ['supplier', 'T', {}, []],
    ['certifier', 'BODY', {}, ['reviewer']],
    ['certifier', 'BODY', { certifies: false }, []],
    ['certifier', 'BODY', { procedure: { decidedBy: 'operator' } }, []],
    ['operator', undefined, {}, ['supervisor']],
    ['operator', undefined, { procedure: { decidedBy: 'operator' } }, ['supervisor', 'reviewer']],
    ['auditor', undefined, {}, []],
    ['officer', 'S', {}, []],
  ] as const)('%s of %s with %j', (role, org, over, relations) => {
    expect([...relationsOf({ id: 'x', role, org }, hands, { ...around, ...over })]).toEqual(relations);
  });

  it('speaks for the applicant also where it wrote the dossier for it, and then never decides', () => {
    expect([...relationsOf(certifier('p'), hands, around)]).toEqual(['preparer']);
    expect([...relationsOf({ id: 'p', role: 'officer' }, hands, around)]).toEqual([]);
  });
});
