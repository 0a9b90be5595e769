const milliseconds = 86_400_000;
const first = Date.parse('2023-06-01') / milliseconds;
const last = Date.parse('2032-12-31') / milliseconds;

/** Every day that a walk over the calendar visits. */
export const calendar: string[] = Array.from({ length: last - first + 1 }, (_, at) =>
  new Date((first + at) * milliseconds).toISOString().slice(0, 10),
);

/** Days since 1970, to count with. */
export function dayNumber(day: string): number {
  return Date.parse(day) / milliseconds;
}

/** The day of a number, on the calendar. */
export function dayText(number: number): string {
  return calendar[number - first]!;
}

/** The day so many days later, on the calendar. */
export function daysAfter(day: string, days: number): string {
  return dayText(dayNumber(day) + days);
}
