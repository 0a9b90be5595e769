/** `2026-03-14` as it is typed in both languages: `14/03/2026`. */
export function typedDay(day: string): string {
  return day === '' ? '' : day.split('-').reverse().join('/');
}

/** The calendar day that was typed, as `14/3/2026`, `14.03.2026` or `2026-03-14`; null where it is none. */
export function parseDay(typed: string): string | null {
  const [, day = '', month = '', year = ''] = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(typed.trim()) ?? [];
  const iso = day === '' ? typed.trim() : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isDay(iso) ? iso : null;
}

function isDay(iso: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(iso)) return false;
  const time = Date.parse(`${iso}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(iso);
}
