import { useFormat } from '../i18n/use-format.ts';

/** A calendar day in the reader's way. */
export function DayText({ day }: { day: string }) {
  const format = useFormat();
  return (
    <time dateTime={day} className="xanh-figure">
      {format.day(day)}
    </time>
  );
}

/** A moment in Vietnam's time. */
export function InstantText({ instant }: { instant: string }) {
  const format = useFormat();
  return (
    <time dateTime={instant} className="xanh-figure">
      {format.instant(instant)}
    </time>
  );
}
