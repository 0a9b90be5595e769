import { Paper, Stack, Text, Title } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import IconMailOff from '@tabler/icons-react/icons/IconMailOff';
import { useTranslation } from 'react-i18next';
import type { Letter } from '../../../../../schemas/types.d.ts';
import { isOperator } from '../../../api/may-enter.ts';
import { CopyLine } from '../../../ui/copy-line.tsx';
import { InstantText } from '../../../ui/date-text.tsx';
import { EmptyNote } from '../../../ui/empty-note.tsx';
import { NextPage } from '../../../ui/next-page.tsx';
import { OnlyFor } from '../../../ui/only-for.tsx';
import { Page } from '../../../ui/page.tsx';
import { QueryState } from '../../../ui/query-state.tsx';
import { outboxQuery } from './api.ts';

/** Letters that no mail server took, for the operator to hand on. */
export function OutboxPage() {
  const { t } = useTranslation();
  return (
    <Page title={t('outbox.title')} lead={t('outbox.lead')}>
      <OnlyFor may={isOperator} title={t('outbox.operatorOnly')}>
        {() => <Letters />}
      </OnlyFor>
    </Page>
  );
}

function Letters() {
  const { t } = useTranslation();
  const found = useInfiniteQuery(outboxQuery);
  return (
    <QueryState query={found}>
      {({ pages }) => {
        const letters = pages.flatMap(({ items }) => items);
        if (letters.length === 0)
          return (
            <EmptyNote icon={<IconMailOff />} title={t('outbox.none')}>
              {t('outbox.noneWhy')}
            </EmptyNote>
          );
        return (
          <Stack gap="md">
            {letters.map((letter) => (
              <OneLetter key={letter.id} letter={letter} />
            ))}
            <NextPage query={found} />
          </Stack>
        );
      }}
    </QueryState>
  );
}

function OneLetter({ letter: { to, subject, text, recordedAt } }: { letter: Letter }) {
  const { t } = useTranslation();
  const link = /https?:\/\/\S+/.exec(text)?.[0];
  return (
    <Paper component="article" p={{ base: 'md', sm: 'lg' }} aria-label={`${to}: ${subject}`}>
      <Stack gap="sm">
        <div>
          <Title order={2} size="h3">
            {subject}
          </Title>
          <Text size="sm" c="dimmed" className="xanh-any-break">
            {t('outbox.to', { to })} · <InstantText instant={recordedAt} />
          </Text>
        </div>
        <Text size="sm" className="xanh-letter">
          {text.replace(link ?? '', '').trim()}
        </Text>
        {link !== undefined && <CopyLine text={link} label={t('outbox.link')} />}
      </Stack>
    </Paper>
  );
}
