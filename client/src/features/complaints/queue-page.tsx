import { Anchor, Badge, Group, Paper, SegmentedControl, Stack, Text, Title } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import IconChecks from '@tabler/icons-react/icons/IconChecks';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Complaint } from '../../../../schemas/types.d.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { EmptyNote } from '../../ui/empty-note.tsx';
import { NextPage } from '../../ui/next-page.tsx';
import { OnlyFor } from '../../ui/only-for.tsx';
import { Page } from '../../ui/page.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { useAddress } from '../../ui/use-address.ts';
import { queueQuery } from './api.ts';
import { ComplaintStatus } from './complaint-status.tsx';
import { DueText } from './due-text.tsx';
import { SubjectLink } from './subject-link.tsx';

/** The reports that concern the caller, with what is due by when. */
export function QueuePage() {
  const { t } = useTranslation();
  return (
    <Page title={t('complaint.queueTitle')} lead={t('complaint.queueLead')}>
      <OnlyFor may={() => true} title={t('complaint.signInFirst')}>
        {(_actor, today) => <Queue today={today} />}
      </OnlyFor>
    </Page>
  );
}

function Queue({ today }: { today: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [params, set] = useAddress();
  const filter = { open: params.get('show') !== 'decided', late: params.get('show') === 'late' };
  const queue = useInfiniteQuery(queueQuery(filter));
  return (
    <Stack gap="lg">
      <SegmentedControl
        aria-label={t('complaint.show')}
        w="fit-content"
        value={params.get('show') ?? 'open'}
        onChange={(show) => set({ show: show === 'open' ? undefined : show })}
        data={[
          { value: 'open', label: t('complaint.showOpen') },
          { value: 'late', label: t('complaint.showLate') },
          { value: 'decided', label: t('complaint.showDecided') },
        ]}
      />
      <QueryState query={queue}>
        {({ pages }) => {
          const total = pages[0]?.total ?? 0;
          if (total === 0) {
            return (
              <EmptyNote icon={<IconChecks />} title={t('complaint.queueNone')}>
                {t('complaint.queueNoneWhy')}
              </EmptyNote>
            );
          }
          return (
            <Stack gap="md">
              <Text component="output" fw={600}>
                {t('complaint.queueCount', { count: total, total: format.number(total) })}
              </Text>
              {pages
                .flatMap(({ items }) => items)
                .map((complaint) => (
                  <Row key={complaint.id} complaint={complaint} today={today} />
                ))}
            </Stack>
          );
        }}
      </QueryState>
      <NextPage query={queue} />
    </Stack>
  );
}

function Row({ complaint, today }: { complaint: Complaint; today: string }) {
  const { t } = useTranslation();
  const { id, reference, ground, subject, status, text, late } = complaint;
  return (
    <Paper component="article" p={{ base: 'md', sm: 'lg' }} aria-label={reference}>
      <Group justify="space-between" align="flex-start" gap="md">
        <div className="xanh-result-body">
          <Title order={2} size="h4">
            <Anchor component={Link} to={`/complaints/${id}`} inherit>
              {t(`complaint.ground.${ground}`)}
            </Anchor>
          </Title>
          <Text size="sm">
            <SubjectLink subject={subject} />
          </Text>
          {text !== undefined && (
            <Text size="sm" c="dimmed" lineClamp={2} mt={4}>
              {text}
            </Text>
          )}
          <Text size="sm" c="dimmed" mt={4} className="xanh-figure">
            {reference}
          </Text>
        </div>
        <Stack gap={6} align="flex-start">
          <ComplaintStatus status={status} />
          {late === true && (
            <Badge color="clay" variant="filled" className="xanh-badge">
              {t('complaint.late')}
            </Badge>
          )}
          <DueText complaint={complaint} today={today} />
          {isTurnOf(complaint) && (
            <Text size="sm" fw={600} c="leaf.8">
              {t('complaint.yourTurn')}
            </Text>
          )}
        </Stack>
      </Group>
    </Paper>
  );
}

/** Whether the caller is the one who is waited for. */
function isTurnOf({ status, possible = [] }: Complaint): boolean {
  if (status === 'withParty' && possible.includes('replied')) return true;
  return possible.includes('forwarded') || possible.includes('upheld');
}
