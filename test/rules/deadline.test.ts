import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import holidays from '../../seed/data/holidays.json' with { type: 'json' };
import type { DeadlineStep } from '../../schemas/types.d.ts';
import { calendarOf } from '../../server/reference/calendar.rules.ts';
import {
  daysBetween,
  deadlineRule,
  earliestRenewal,
  isFresh,
  lapsesAfter,
  lastDay,
  lastDayOfMonths,
} from '../../server/applications/deadline.rules.ts';
import { naiveLastDay, naiveLastDayOfMonths } from './naive/terms.ts';

const calendar = calendarOf(holidays);
const day = (from: string, to: string) =>
  fc
    .date({ min: new Date(from), max: new Date(to), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10));

describe('the text that a step follows', () => {
  it.each<[DeadlineStep, string, boolean, number | undefined]>([
    ['completeness', '2026-01-28', false, 5],
    ['completeness', '2026-01-29', false, 4],
    ['evaluation', '2026-01-28', false, 30],
    ['evaluation', '2026-01-29', false, 26],
    ['details', '2026-01-28', false, 15],
    ['details', '2026-01-29', false, 10],
    ['evaluation', '2026-01-28', true, 26],
    ['completeness', '2025-06-01', true, 4],
    ['revocation', '2026-05-01', false, 15],
    ['revocation', '2023-05-01', false, 15],
    ['evaluation', '2022-01-10', false, 30],
    ['evaluation', '2022-01-09', false, undefined],
  ])('%s of a dossier received on %s, new rules asked for: %s', (step, receivedOn, prefersNewRules, days) => {
    expect(deadlineRule(step, { receivedOn, prefersNewRules })?.days).toBe(days);
  });
});

describe('the last day', () => {
  it.each([
    ['does not count the first day', '2026-11-02', 4, '2026-11-06'],
    ['moves from a Saturday to Monday', '2026-11-03', 4, '2026-11-09'],
    ['moves from a Sunday to Monday', '2026-11-04', 4, '2026-11-09'],
    ['moves over the whole Lunar New Year', '2026-01-20', 26, '2026-02-23'],
    ['moves over a day given in place of a holiday', '2026-04-22', 4, '2026-04-28'],
    ['moves over a day that is off for another', '2026-08-27', 4, '2026-09-03'],
    ['stays on a Saturday that is worked', '2026-08-18', 4, '2026-08-22'],
  ])('%s', (_what, from, days, last) => {
    expect(lastDay(from, days, calendar)).toEqual({ day: last, certain: true });
  });

  it('is not certain where a day off is not yet announced, or the year is not known at all', () => {
    expect(lastDay('2027-02-01', 4, calendar)).toEqual({ day: '2027-02-05', certain: false });
    expect(lastDay('2027-01-28', 4, calendar)).toEqual({ day: '2027-02-01', certain: true });
    expect(lastDay('2031-01-06', 4, calendar)).toEqual({ day: '2031-01-10', certain: false });
    // It stands on a known Saturday and moves into days that are not known.
    expect(lastDay('2027-08-24', 4, calendar).certain).toBe(false);
  });

  it('is that of a wall calendar, day by day and month by month', () => {
    const wall = {
      off: holidays.flatMap((year) => [...year.holidays.map(({ on }) => on), ...year.moved.map(({ off }) => off)]),
      worked: holidays.flatMap((year) => year.moved.map(({ worked }) => worked)),
    };
    let moved = 0;
    fc.assert(
      fc.property(day('2023-12-01', '2027-10-01'), fc.nat(60), fc.nat(15), (from, days, months) => {
        const found = lastDay(from, days, calendar).day;
        if (daysBetween(from, found) > days) moved++;
        expect(found).toBe(naiveLastDay(from, days, wall));
        expect(lastDayOfMonths(from, months, calendar).day).toBe(naiveLastDayOfMonths(from, months, wall));
      }),
      { numRuns: 500 },
    );
    expect(moved).toBeGreaterThan(100);
  });
});

describe('six months and three', () => {
  it.each([
    ['2026-03-02', '2026-09-03'],
    ['2026-08-31', '2027-03-01'],
    ['2025-11-24', '2026-05-25'],
  ])('a dossier received on %s is good through %s', (receivedOn, last) => {
    expect(lapsesAfter(receivedOn, calendar)).toBe(last);
  });

  it.each([
    ['2026-05-24', '2026-11-24', true],
    ['2026-05-23', '2026-11-24', false],
    ['2026-08-31', '2027-02-28', true],
    ['2026-08-31', '2027-03-01', false],
    ['2026-11-25', '2026-11-24', false],
    ['2026-11-24', '2026-11-24', true],
  ])('a report of %s on %s is fresh: %s', (issuedOn, validOn, fresh) => {
    expect(isFresh(issuedOn, validOn)).toBe(fresh);
  });

  it.each([
    ['2027-05-31', '2027-02-28'],
    ['2027-06-01', '2027-03-01'],
  ])('a certificate valid through %s is renewed from %s on', (through, from) => {
    expect(earliestRenewal(through)).toBe(from);
  });
});

describe('the known days off', () => {
  it('hold every day of the Labour Code art. 112, with a day in place of each that falls on a rest day', () => {
    for (const { code, holidays: days, unknown } of holidays) {
      const of = (name: string) => days.filter((holiday) => holiday.name.en === name).length;
      expect([
        code,
        of('New Year'),
        of("Hùng Kings' Commemoration"),
        of('Reunification Day'),
        of('Labour Day'),
      ]).toEqual([code, 1, 1, 1, 1]);
      const isOpen = unknown.length > 1;
      expect([code, of('Lunar New Year'), of('National Day')]).toEqual([code, isOpen ? 3 : 5, isOpen ? 1 : 2]);
      const resting = days.filter(({ on }) => [0, 6].includes(new Date(`${on}T00:00:00Z`).getUTCDay()));
      const inPlace = days.filter(({ name }) => name.en.startsWith('In place of'));
      expect([code, inPlace.length]).toEqual([code, resting.length - (isOpen ? 2 : 0)]);
    }
  });

  it('move only a working day against a day of rest', () => {
    const weekday = (on: string) => new Date(`${on}T00:00:00Z`).getUTCDay();
    for (const { off, worked } of holidays.flatMap(({ moved }) => moved)) {
      expect([off, weekday(off) % 6 === 0]).toEqual([off, false]);
      expect([worked, weekday(worked) % 6 === 0]).toEqual([worked, true]);
    }
  });
});
