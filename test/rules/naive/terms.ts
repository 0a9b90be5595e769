/** Terms counted day by day on a wall calendar: what `deadline.rules.ts` is compared with. */
interface Wall {
  off: string[];
  worked: string[];
}

/** The last day of a term of days that begins the day after; one that is not worked gives way to the next that is. */
export function naiveLastDay(from: string, days: number, wall: Wall): string {
  let day = from;
  for (let counted = 0; counted < days; counted++) day = dayAfter(day);
  return nextWorked(day, wall);
}

/** The same for months: leaf by leaf to the same number on the page, or to the page's last. */
export function naiveLastDayOfMonths(from: string, months: number, wall: Wall): string {
  const number = Number(from.slice(8));
  let day = from;
  for (let turned = 0; turned < months; turned++) {
    const page = day.slice(0, 7);
    while (day.slice(0, 7) === page) day = dayAfter(day);
  }
  while (Number(day.slice(8)) < number && dayAfter(day).slice(0, 7) === day.slice(0, 7)) day = dayAfter(day);
  return nextWorked(day, wall);
}

function nextWorked(from: string, { off, worked }: Wall): string {
  let day = from;
  for (;;) {
    const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
    const isRest = weekday === 0 || weekday === 6;
    if (!off.includes(day) && (!isRest || worked.includes(day))) return day;
    day = dayAfter(day);
  }
}

function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}
