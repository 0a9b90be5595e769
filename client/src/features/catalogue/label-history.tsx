import { Box, Skeleton, Text } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ProductLabel, Validity } from '../../../../schemas/types.d.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { validityQuery } from './api.ts';
import type { Moment } from './api.ts';
import type { Run } from './timeline-scale.ts';
import { useRunWords, ValidityTimeline } from './validity-timeline.tsx';

/** What a certificate needs to be shown over time. */
export type DatedLabel = Pick<ProductLabel, 'certificate' | 'validFrom' | 'events'>;

interface LabelHistoryProps {
  label: DatedLabel;
  runs: Run[] | undefined;
  moment: Moment;
  today: string;
}

/** The certificate's runs of days as the server answers for them; undefined until every answer is there. */
export function useLabelRuns(label: DatedLabel, product: string | undefined, moment: Moment): Run[] | undefined {
  const turns = [...new Set([label.validFrom, ...label.events.map(({ on }) => on)])];
  const answers = useQueries({
    queries: turns.map((on) => validityQuery(label.certificate, product, { on, knownAt: moment.knownAt })),
  });
  const known = answers.flatMap(({ data }) => (data === undefined ? [] : [data]));
  return known.length < turns.length ? undefined : toRuns(known);
}

/** The runs of days, drawn and written out. */
export function LabelHistory({ label, runs, moment, today }: LabelHistoryProps) {
  const { t } = useTranslation();
  if (runs === undefined) return <Skeleton height={96} mt="md" />;
  return (
    <Box mt="md">
      <ValidityTimeline runs={runs} events={label.events} today={today} on={moment.on ?? today} />
      <Text size="sm" fw={600} mt="xs">
        {t('timeline.history')}
      </Text>
      <RunList runs={runs} events={label.events} />
    </Box>
  );
}

function RunList({ runs, events }: { runs: Run[]; events: ProductLabel['events'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useRunWords();
  return (
    <ul className="xanh-history">
      {runs.map((run) => (
        <li key={run.from} data-reason={run.reason}>
          {words(run)}
        </li>
      ))}
      {events.map((event) => (
        <li key={event.recordedAt + event.type} data-reason="EVENT">
          <b>{t(`event.${event.type}`)}</b>{' '}
          {t('event.told', {
            day: format.day(event.on),
            reason: event.reason,
            recordedAt: format.instant(event.recordedAt),
          })}
        </li>
      ))}
    </ul>
  );
}

/** The runs in order, each once. */
function toRuns(answers: Validity[]): Run[] {
  const runs = new Map<string, Run>();
  for (const { interval, reason } of answers) {
    if (interval !== null) runs.set(interval.from, { ...interval, reason });
  }
  return [...runs.values()].sort((a, b) => (a.from < b.from ? -1 : 1));
}
