import { Alert, Paper, SimpleGrid, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Application, LegalClock, OpenAppealStep, WorkingClock } from '../../../../schemas/types.d.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { DayText } from '../../ui/date-text.tsx';
import { legalReference } from '../../ui/legal-reference.ts';
import { awaitedOf, reviewerOf } from './due.tsx';
import { daysBetween, lapseDayOf } from './next-day.ts';

interface ClocksProps {
  application: Application;
  today: string;
}

/** Who is to act, by when and by which text: the law's clock, and the working one beside it. */
export function Clocks({ application, today }: ClocksProps) {
  const { t } = useTranslation();
  const { awaits, legalClock, workingClock, appealSteps = [] } = application;
  const lapsesAfter = lapseDayOf(application);
  if (awaits === null && appealSteps.length === 0) return null;
  return (
    <Paper p={{ base: 'md', sm: 'lg' }} component="section" className="xanh-soft">
      <SimpleGrid cols={{ base: 1, sm: 2, md: 3 }} spacing="xl" verticalSpacing="md">
        <div>
          <Title order={2} size="h3" mb={4}>
            {t('application.next')}
          </Title>
          <Text>{t(`application.awaitsNow.${awaitedOf(application)}`)}</Text>
          <Late application={application} today={today} />
          {lapsesAfter !== undefined && (
            <Text size="sm" mt="xs">
              {t('application.lapsesAfter')} <DayText day={lapsesAfter} />
            </Text>
          )}
        </div>
        {legalClock && <LegalTime clock={legalClock} />}
        {workingClock && <WorkingTime clock={workingClock} />}
        {appealSteps.length > 0 && <AppealTimes steps={appealSteps} />}
      </SimpleGrid>
    </Paper>
  );
}

function Late({ application, today }: ClocksProps) {
  const { t } = useTranslation();
  const { legalClock, workingClock } = application;
  const who = t(`application.who.${reviewerOf(application)}`);
  if (legalClock?.late)
    return (
      <Alert color="clay" variant="light" p="sm" mt="xs">
        {t('application.lateLegal', { count: daysBetween(legalClock.dueOn, today), who })}
      </Alert>
    );
  if (!workingClock?.late || workingClock.dueOn === undefined) return null;
  return (
    <Alert color="amber" variant="light" p="sm" mt="xs">
      {t('application.lateWorking', { count: daysBetween(workingClock.dueOn, today), who })}
    </Alert>
  );
}

function LegalTime({ clock }: { clock: LegalClock }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { phase, startedOn, days, dueOn, certain, reference } = clock;
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

function WorkingTime({ clock }: { clock: WorkingClock }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { workedDays, pausedDays, pausedSince, dueOn } = clock;
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

function AppealTimes({ steps }: { steps: OpenAppealStep[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div>
      <Text fw={600} size="sm">
        {t('application.appealOpen')}
      </Text>
      <ul className="xanh-list">
        {steps.map(({ step, lodgeThrough, reference }) => (
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
