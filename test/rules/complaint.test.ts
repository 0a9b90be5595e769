import { describe, expect, it } from '@jest/globals';
import { array, assert, date, integer, property } from 'fast-check';
import type { ComplaintEventType, ComplaintStatus } from '../../schemas/types.d.ts';
import { afterEvent, seenAs, type StoredComplaint } from '../../server/complaints/case.rules.ts';
import { ends, open, transitionOf, transitions } from '../../server/complaints/lifecycle.rules.ts';
import { closenessOf, relationsOf, type Around, type Hands } from '../../server/complaints/relation.rules.ts';
import { isLate, isReplyTimeOver } from '../../server/complaints/term.rules.ts';
import { calendarOf, lastWorkingDay } from '../../server/reference/calendar.rules.ts';

const calendar = calendarOf([
  { code: '2026', holidays: [{ on: '2026-09-02' }], moved: [{ off: '2026-09-01', worked: '2026-08-29' }], unknown: [] },
]);
const everyStatus: ComplaintStatus[] = [...open, ...ends];
const everyEvent: ComplaintEventType[] = ['forwarded', 'replied', 'upheld', 'rejected', 'withdrawn'];

function aComplaint(over: Partial<StoredComplaint> = {}): StoredComplaint {
  return {
    id: '1',
    reference: 'PA-2026-7K2M9QXD',
    subject: { kind: 'certificate', id: '2' },
    ground: 'labelMisused',
    text: 'Nhãn in sai (hư cấu)',
    party: 'HOLDER',
    scheme: 'VN-ECOLABEL',
    status: 'received',
    receivedOn: '2026-08-24',
    checkDueOn: '2026-08-31',
    events: [],
    reportedBy: 'R',
    reporterOrg: 'RIVAL',
    changedAt: '',
    recordedAt: '',
    revision: 1,
    ...over,
  };
}

/** Everything that can be made of a report by at most so many events, by playing the table. */
function played(most: number): StoredComplaint[] {
  let last = [aComplaint()];
  const all = [...last];
  for (let step = 0; step < most; step++) {
    last = last.flatMap((before) =>
      transitions
        .filter(({ from }) => from === before.status)
        .map((row) =>
          afterEvent(before, {
            row,
            input: { type: row.event, text: 'x', reasons: ['other'] },
            by: { id: row.by, org: row.by === 'party' ? 'HOLDER' : undefined },
            now: '2026-08-25T02:00:00.000Z',
            today: '2026-08-25',
            calendar,
          }),
        ),
    );
    all.push(...last);
  }
  return all;
}

describe('the life of a report', () => {
  it('reaches every state, and nothing leads out of an end', () => {
    expect(new Set(played(3).map(({ status }) => status))).toEqual(new Set(everyStatus));
    expect(transitions.filter(({ from }) => ends.includes(from))).toEqual([]);
    for (const state of open)
      expect(transitions.some(({ from, to }) => from === state && ends.includes(to))).toBe(true);
  });

  it('has one row at the most for an event in a state, and every event has one', () => {
    const keys = transitions.map(({ from, event }) => `${from} ${event}`);
    expect(new Set(keys).size).toBe(keys.length);
    expect(new Set(transitions.map(({ event }) => event))).toEqual(new Set(everyEvent));
    expect(transitionOf('received', 'upheld')).toBeUndefined();
  });

  it('upholds nothing against a party that could not reply', () => {
    for (const complaint of played(4).filter(({ status }) => status === 'upheld')) {
      const told = new Set(complaint.events.map(({ type }) => type));
      const isHeard = told.has('replied') || transitionOf('withParty', 'upheld')!.needs.includes('heard');
      expect([told.has('forwarded'), isHeard]).toEqual([true, true]);
      expect(complaint.decision).toMatchObject({ result: 'upheld', on: '2026-08-25', text: 'x' });
    }
  });
});

describe('its days', () => {
  it('are working days: a holiday and a day off in exchange are none, a moved working Saturday is one', () => {
    expect(lastWorkingDay('2026-08-28', 1, calendar)).toBe('2026-08-29');
    expect(lastWorkingDay('2026-08-28', 3, calendar)).toBe('2026-09-03');
  });

  it('count as many worked days as the term has, for any days off', () => {
    const day = date({ min: new Date('2026-01-01'), max: new Date('2026-12-31'), noInvalidDate: true });
    const days = array(
      day.map((some) => some.toISOString().slice(0, 10)),
      { maxLength: 30 },
    );
    assert(
      property(day, integer({ min: 1, max: 30 }), days, (from, term, off) => {
        const start = from.toISOString().slice(0, 10);
        const some = calendarOf([{ code: '2026', holidays: off.map((on) => ({ on })), moved: [], unknown: [] }]);
        const last = lastWorkingDay(start, term, some);
        let worked = 0;
        for (let at = Date.parse(start) + 86_400_000; at <= Date.parse(last); at += 86_400_000) {
          const each = new Date(at);
          const isOff = each.getUTCDay() % 6 === 0 || off.includes(each.toISOString().slice(0, 10));
          worked += isOff ? 0 : 1;
          expect(each.toISOString().slice(0, 10) === last ? !isOff : true).toBe(true);
        }
        expect(worked).toBe(term);
      }),
      { numRuns: 100 },
    );
  });

  it('make the operator late, never the party; and are over the day after', () => {
    const complaint = aComplaint({ status: 'withParty', replyDueOn: '2026-09-10', decideDueOn: '2026-10-01' });
    expect([isLate(complaint, '2026-09-30'), isLate(complaint, '2026-10-02')]).toEqual([false, true]);
    expect([isReplyTimeOver(complaint, '2026-09-10'), isReplyTimeOver(complaint, '2026-09-11')]).toEqual([false, true]);
    expect(isLate(aComplaint({ status: 'upheld' }), '2027-01-01')).toBe(false);
    expect(isLate(aComplaint(), '2026-09-01')).toBe(true);
  });
});

describe('four eyes', () => {
  const around: Around = { lineage: ['HOLDER'], certifies: false, organisations: [] };
  const hands: Hands = aComplaint({
    events: [{ type: 'replied', status: 'replied', on: '', recordedAt: '', side: 'party', by: 'B', org: 'BODY' }],
  });
  it.each([
    ['who reported it', { id: 'R' }, [], 'reported'],
    ['who replied to it', { id: 'B' }, [], 'replied'],
    ['who acts for the party too', { id: 'O' }, ['HOLDER'], 'ofParty'],
    ['who acts for the body that replied', { id: 'O' }, ['BODY'], 'ofParty'],
    ['who acts for the reporter’s organisation', { id: 'O' }, ['RIVAL'], 'ofReporter'],
    ['anybody else', { id: 'O' }, ['ELSE'], null],
  ])('keep away %s', (_who, caller, organisations, closeness) => {
    const operator = { ...caller, role: 'operator' };
    expect(closenessOf(operator, hands, { ...around, organisations })).toBe(closeness);
    const isHandler = relationsOf(operator, hands, { ...around, organisations }).has('handler');
    expect(isHandler).toBe(closeness === null);
  });

  it.each([
    ['supplier', 'HOLDER', 'certificate', true],
    ['supplier', 'RIVAL', 'certificate', false],
    ['officer', 'HOLDER', 'certificate', false],
    ['officer', 'HOLDER', 'purchase', true],
    ['certifier', 'BODY', 'product', false],
  ] as const)('let a %s of %s reply about a %s: %s', (role, org, kind, isParty) => {
    const found = relationsOf({ id: 'X', role, org }, aComplaint({ subject: { kind, id: '2' } }), around);
    expect(found.has('party')).toBe(isParty);
  });
});

describe('what is seen', () => {
  const complaint = aComplaint({
    subject: { kind: 'purchase', id: '2', agency: 'A', reference: 'HD' },
    events: [
      { type: 'withdrawn', status: 'withdrawn', on: '', recordedAt: '', side: 'reporter', by: 'R', org: 'RIVAL' },
    ],
  });
  it('names the reporter to operator and auditor alone', () => {
    expect(JSON.stringify(seenAs(complaint, 'all', '2026-08-25'))).toContain('RIVAL');
    for (const view of ['party', 'reporter', 'public'] as const)
      expect(JSON.stringify(seenAs(complaint, view, '2026-08-25'))).not.toMatch(/RIVAL|"R"/);
  });
  it('says nothing of a purchase in public', () => {
    expect(seenAs(complaint, 'public', '2026-08-25').subject).toEqual({ kind: 'purchase' });
    expect(seenAs(complaint, 'public', '2026-08-25').text).toBeUndefined();
  });
});
