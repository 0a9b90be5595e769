import { useTranslation } from 'react-i18next';
import type { CertificateEvent } from '../../../../schemas/types.d.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { dayAfter, timelineScale } from './timeline-scale.ts';
import type { Run, Scale } from './timeline-scale.ts';

interface ValidityTimelineProps {
  runs: Run[];
  events: CertificateEvent[];
  today: string;
  /** The day that the reader asks about. */
  on: string;
}

/** A certificate over time: its runs, its events, today and the chosen day, drawn and in one sentence for those who hear it. */
export function ValidityTimeline({ runs, events, today, on }: ValidityTimelineProps) {
  const { t } = useTranslation();
  const words = useRunWords();
  const format = useFormat();
  const scale = timelineScale(runs, [today, on]);
  const summary = runs.map((run) => words(run)).join('; ');
  const chosen = on === today ? '' : ` ${t('timeline.chosen')}: ${format.day(on)}.`;
  return (
    <svg
      role="img"
      aria-label={`${t('timeline.label')}: ${summary}. ${t('timeline.today')}: ${format.day(today)}.${chosen}`}
      className="xanh-timeline"
      width="100%"
      height={96}
    >
      <Years scale={scale} />
      <rect x="0" y={44} width="100%" height={12} rx={6} className="xanh-run-none" />
      {runs.map((run) => (
        <RunBar key={run.from} run={run} scale={scale} />
      ))}
      {events.map((event) => (
        <circle
          key={event.recordedAt + event.type}
          cx={`${scale.at(event.on)}%`}
          cy={50}
          r={6}
          className="xanh-run-event"
        >
          <title>{`${t(`event.${event.type}`)} · ${format.day(event.on)}`}</title>
        </circle>
      ))}
      <Marker scale={scale} day={today} label={t('timeline.today')} row={30} kind="today" />
      {on !== today && <Marker scale={scale} day={on} label={format.day(on)} row={12} kind="chosen" />}
    </svg>
  );
}

/** `còn hiệu lực từ … đến …` for one run of days. */
export function useRunWords(): (run: Run) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return ({ from, through, reason }) => {
    const state = t(`timeline.state.${reason}`);
    if (through === null) return t('timeline.runOpen', { state, from: format.day(from) });
    return t('timeline.run', { state, from: format.day(from), through: format.day(through) });
  };
}

function RunBar({ run, scale }: { run: Run; scale: Scale }) {
  const left = scale.at(run.from);
  const right = run.through === null ? 100 : scale.at(dayAfter(run.through));
  const kind = run.reason === 'VALID' ? 'valid' : run.reason === 'SUSPENDED' ? 'suspended' : 'over';
  return (
    <rect x={`${left}%`} y={44} width={`${Math.max(right - left, 0.4)}%`} height={12} className={`xanh-run-${kind}`} />
  );
}

function Years({ scale }: { scale: Scale }) {
  return (
    <g aria-hidden>
      {scale.years.map((day) => (
        <g key={day}>
          <line x1={`${scale.at(day)}%`} x2={`${scale.at(day)}%`} y1={62} y2={70} className="xanh-year" />
          <text x={`${scale.at(day)}%`} y={86} textAnchor="middle" className="xanh-year-name">
            {day.slice(0, 4)}
          </text>
        </g>
      ))}
    </g>
  );
}

interface MarkerProps {
  scale: Scale;
  day: string;
  label: string;
  row: number;
  kind: 'today' | 'chosen';
}

function Marker({ scale, day, label, row, kind }: MarkerProps) {
  const x = scale.at(day);
  const anchor = x < 12 ? 'start' : x > 88 ? 'end' : 'middle';
  return (
    <g className={`xanh-marker-${kind}`} aria-hidden>
      <line x1={`${x}%`} x2={`${x}%`} y1={row + 5} y2={62} />
      <text x={`${x}%`} y={row} textAnchor={anchor}>
        {label}
      </text>
    </g>
  );
}
