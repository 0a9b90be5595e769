import { Badge, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Application } from '../../../../schemas/types.d.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { nextDayOf } from './next-day.ts';

/** The day that matters next, and who is late by how much. */
export function Due({ application, today }: { application: Application; today: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const next = nextDayOf(application, today);
  const { workingClock } = application;
  const isLate = next !== null && next.lateBy > 0 && next.kind !== 'appeal';
  return (
    <Group gap={6}>
      {next !== null && (
        <Text size="sm">
          {t(`application.due.${next.kind}`)} <b className="xanh-figure">{format.day(next.day)}</b>
        </Text>
      )}
      {isLate && (
        <Badge color="clay" variant="light" className="xanh-badge">
          {t('application.lateBy', { count: next.lateBy, who: t(`application.who.${reviewerOf(application)}`) })}
        </Badge>
      )}
      {workingClock?.pausedSince !== undefined && (
        <Text size="sm" c="dimmed">
          {t('application.pausedSince', { day: format.day(workingClock.pausedSince) })}
        </Text>
      )}
    </Group>
  );
}

/** Whose office it is to review such an application. */
export function reviewerOf({ kind }: Pick<Application, 'kind'>): 'body' | 'operator' {
  return kind === 'listing' ? 'operator' : 'body';
}

/** Who is to act next, by a name that has a word. */
export function awaitedOf(application: Application): 'applicant' | 'body' | 'operator' | 'nobody' {
  if (application.awaits === 'applicant') return 'applicant';
  return application.awaits === 'reviewer' ? reviewerOf(application) : 'nobody';
}
