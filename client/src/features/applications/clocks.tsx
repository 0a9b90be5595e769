import { Alert, Paper, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Application } from '../../../../schemas/types.d.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { DayText } from '../../ui/date-text.tsx';
import { legalReference } from '../../ui/legal-reference.ts';
import { awaitedOf, reviewerOf } from './due.tsx';
import { daysBetween } from './next-day.ts';

interface ClocksProps {
  application: Application;
  today: string;
}

/** Who is to act, by when and by which text: the law's clock, and the working one beside it. */
export function Clocks({ application, today }: ClocksProps) {
  const { t } = useTranslation();
  const { lapsesAfter, awaits, status } = application;
  return (
    <Paper p={{ base: 'md', sm: 'lg' }} component="section" className="xanh-soft">
      <Title order={2} size="h3" mb={4}>
        {t('application.next')}
      </Title>
      <Text fw={500}>{t(`application.awaitsNow.${awaitedOf(application)}`)}</Text>
      <Stack gap="md" mt="md">
        <Late application={application} today={today} />
        <LegalTime application={application} />
        <WorkingTime application={application} />
        <AppealTimes application={application} />
        {awaits !== null && status !== 'draft' && lapsesAfter !== undefined && (
          <Text size="sm">
            {t('application.lapsesAfter')} <DayText day={lapsesAfter} />
          </Text>
        )}
      </Stack>
    </Paper>
  );
}

function Late({ application, today }: ClocksProps) {
  const { t } = useTranslation();
  const { legalClock, workingClock } = application;
  const who = t(`application.who.${reviewerOf(application)}`);
  if (legalClock?.late)
    return (
      <Alert color="clay" variant="light" p="sm">
        {t('application.lateLegal', { count: daysBetween(legalClock.dueOn, today), who })}
      </Alert>
    );
  if (!workingClock?.late || workingClock.dueOn === undefined) return null;
  return (
    <Alert color="amber" variant="light" p="sm">
      {t('application.lateWorking', { count: daysBetween(workingClock.dueOn, today), who })}
    </Alert>
  );
}

function LegalTime({ application: { legalClock } }: Pick<ClocksProps, 'application'>) {
  const { t } = useTranslation();
  const format = useFormat();
  if (!legalClock) return null;
  const { phase, startedOn, days, dueOn, certain, reference } = legalClock;
  return (
    <div>
      <Text fw={600} size="sm">
        {t('application.legalClock')}
      </Text>
      <Text>
        {t(`application.phase.${phase}`)} <b className="xanh-figure">{format.day(dueOn)}</b>
      </Text>
      <Text size="sm" c="dimmed">
        {t('application.legalDays', { count: days, day: format.day(startedOn) })}
        {' · '}
        {legalReference(reference, format.language)}
      </Text>
      {!certain && <p className="xanh-note">{t('application.uncertain')}</p>}
    </div>
  );
}

function WorkingTime({ application: { workingClock } }: Pick<ClocksProps, 'application'>) {
  const { t } = useTranslation();
  const format = useFormat();
  if (!workingClock) return null;
  const { workedDays, pausedDays, pausedSince, dueOn } = workingClock;
  return (
    <div>
      <Text fw={600} size="sm">
        {t('application.workingClock')}
      </Text>
      <Text>
        {pausedSince !== undefined && t('application.pausedSince', { day: format.day(pausedSince) })}
        {pausedSince === undefined && dueOn !== undefined && (
          <>
            {t('application.workingDue')} <b className="xanh-figure">{format.day(dueOn)}</b>
          </>
        )}
        {pausedSince === undefined && dueOn === undefined && t('application.noTerm')}
      </Text>
      <Text size="sm" c="dimmed">
        {t('application.worked', { count: workedDays })}
        {pausedDays > 0 && ` · ${t('application.paused', { count: pausedDays })}`}
      </Text>
    </div>
  );
}

function AppealTimes({ application }: Pick<ClocksProps, 'application'>) {
  const { t } = useTranslation();
  const format = useFormat();
  const { appealSteps = [] } = application;
  if (appealSteps.length === 0) return null;
  return (
    <div>
      <Text fw={600} size="sm">
        {t('application.appealOpen')}
      </Text>
      <ul className="xanh-list">
        {appealSteps.map(({ step, lodgeThrough, reference }) => (
          <li key={step}>
            <Text>
              {t(`application.appealStep.${step}`)}
              {lodgeThrough !== undefined && (
                <>
                  {': '}
                  {t('application.lodgeThrough')} <b className="xanh-figure">{format.day(lodgeThrough)}</b>
                </>
              )}
            </Text>
            <Text size="sm" c="dimmed">
              {legalReference(reference, format.language)}
            </Text>
          </li>
        ))}
      </ul>
    </div>
  );
}
