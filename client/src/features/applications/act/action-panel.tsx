import { Alert, Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Application, ApplicationEventType, MeActor } from '../../../../../schemas/types.d.ts';
import { EventForm } from './event-form.tsx';
import { asked, type SentType } from './event-values.ts';

interface ActionPanelProps {
  application: Application;
  actor: MeActor;
  today: string;
  /** Events that another part of the page sends. */
  besides: readonly ApplicationEventType[];
}

/** The order in which they are offered; the first ones lead on. */
const order = Object.keys(asked) as SentType[];
const leading = new Set<SentType>(['foundComplete', 'foundIncomplete', 'evaluated', 'approved', 'refused', 'appealed']);

/** What the caller can do with the application now, as the server offers it. */
export function ActionPanel({ application, actor, today, besides }: ActionPanelProps) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<SentType | null>(null);
  const { possible = [], barred, reviewer } = application;
  const isHeld = reviewer !== undefined;
  const offered = order.filter(
    (type) => possible.includes(type) && !besides.includes(type) && !(type === 'taken' && isHeld),
  );
  if (offered.length === 0 && barred === undefined) return null;
  const open = chosen !== null && offered.includes(chosen) ? chosen : null;
  return (
    <Paper p={{ base: 'md', sm: 'lg' }} component="section" className="xanh-no-print">
      <Title order={2} size="h3" mb={4}>
        {t('application.yourTurn')}
      </Title>
      <Stack>
        {barred !== undefined && (
          <Alert color="amber" variant="light">
            {t(`application.barred.${barred}`)}
          </Alert>
        )}
        {actor.role !== 'supplier' && isHeld && (
          <Text size="sm" c="dimmed">
            {t(reviewer === actor.id ? 'application.heldByYou' : 'application.heldByAnother')}
          </Text>
        )}
        <Group gap="xs" display={offered.length === 0 ? 'none' : undefined}>
          {offered.map((type) => (
            <Button
              key={type}
              variant={type === open || leading.has(type) ? 'light' : 'default'}
              aria-expanded={type === open}
              onClick={() => setChosen(type === open ? null : type)}
            >
              {t(`application.do.${type}`)}
            </Button>
          ))}
        </Group>
        {open !== null && (
          <EventForm key={open} type={open} application={application} today={today} onDone={() => setChosen(null)} />
        )}
      </Stack>
    </Paper>
  );
}
