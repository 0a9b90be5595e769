import { Button, Stack, Text } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import IconChecks from '@tabler/icons-react/icons/IconChecks';
import IconFilePlus from '@tabler/icons-react/icons/IconFilePlus';
import IconPlus from '@tabler/icons-react/icons/IconPlus';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { MeActor } from '../../../../schemas/types.d.ts';
import { mayEnter } from '../../api/may-enter.ts';
import { meQuery } from '../../api/me.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { EmptyNote } from '../../ui/empty-note.tsx';
import { NextPage } from '../../ui/next-page.tsx';
import { OnlyFor } from '../../ui/only-for.tsx';
import { Page } from '../../ui/page.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { useAddress } from '../../ui/use-address.ts';
import { applicationsQuery } from './api.ts';
import { ApplicationFilters } from './application-filters.tsx';
import { ApplicationRow } from './application-row.tsx';

const filters = ['status', 'mine', 'late'] as const;
const readers = new Set<MeActor['role']>(['supplier', 'certifier', 'operator', 'auditor']);

/** A supplier's own applications, or the work queue of who reviews them: what is due first comes first. */
export function ApplicationListPage() {
  const { t } = useTranslation();
  const { data: me } = useQuery(meQuery);
  const isSupplier = me?.actor?.role === 'supplier';
  return (
    <Page
      title={t(isSupplier ? 'application.listTitle' : 'application.queueTitle')}
      lead={t(isSupplier ? 'application.listLead' : 'application.queueLead')}
      actions={
        mayEnter(me?.actor ?? null) && (
          <Button
            component={Link}
            to="/applications/new"
            variant={isSupplier ? 'filled' : 'default'}
            leftSection={<IconPlus size={18} aria-hidden />}
          >
            {t(isSupplier ? 'application.apply' : 'application.applyFor')}
          </Button>
        )
      }
    >
      <OnlyFor may={({ role }) => readers.has(role)} title={t('application.readersOnly')}>
        {(actor, today) => <Queue actor={actor} today={today} />}
      </OnlyFor>
    </Page>
  );
}

interface QueueProps {
  actor: MeActor;
  today: string;
}

function Queue({ actor, today }: QueueProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [params, set] = useAddress();
  const asked = Object.fromEntries(
    filters.flatMap((name) => (params.get(name) ? [[name, params.get(name) ?? '']] : [])),
  );
  const queue = useInfiniteQuery(applicationsQuery(asked));
  return (
    <Stack gap="lg">
      <ApplicationFilters
        params={params}
        isReviewer={actor.role !== 'supplier'}
        onChange={(name, value) => set({ [name]: value })}
      />
      <QueryState query={queue} blocks={5}>
        {({ pages }) => {
          const total = pages[0]?.total ?? 0;
          if (total === 0) return <Nothing actor={actor} isNarrowed={Object.keys(asked).length > 0} />;
          return (
            <>
              <Text component="output" fw={600}>
                {t('application.count', { count: total, total: format.number(total) })}
              </Text>
              <ul className="xanh-list xanh-ledger">
                {pages
                  .flatMap(({ items }) => items)
                  .map((application) => (
                    <ApplicationRow key={application.id} application={application} actor={actor} today={today} />
                  ))}
              </ul>
            </>
          );
        }}
      </QueryState>
      <NextPage query={queue} />
    </Stack>
  );
}

/** Says what to do first, or that there is nothing to do. */
function Nothing({ actor, isNarrowed }: { actor: MeActor; isNarrowed: boolean }) {
  const { t } = useTranslation();
  if (isNarrowed)
    return (
      <EmptyNote icon={<IconChecks />} title={t('application.noneSuch')}>
        {t('application.noneSuchWhy')}
      </EmptyNote>
    );
  if (actor.role !== 'supplier')
    return (
      <EmptyNote icon={<IconChecks />} title={t('application.queueEmpty')}>
        {t('application.queueEmptyWhy')}
      </EmptyNote>
    );
  return (
    <EmptyNote icon={<IconFilePlus />} title={t('application.empty')}>
      <Text c="dimmed">{t('application.emptyWhy')}</Text>
      <Button component={Link} to="/applications/new">
        {t('application.apply')}
      </Button>
    </EmptyNote>
  );
}
