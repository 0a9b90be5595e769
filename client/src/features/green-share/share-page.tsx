import { Alert, Button, Group, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import IconFlask from '@tabler/icons-react/icons/IconFlask';
import IconHourglass from '@tabler/icons-react/icons/IconHourglass';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import type { ShareReport } from '../../../../schemas/types.d.ts';
import { meQuery } from '../../api/me.ts';
import { targetsQuery } from '../../api/reference.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { Page } from '../../ui/page.tsx';
import { PrintButton } from '../../ui/print-button.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { SavedMenu } from '../../ui/saved/saved-menu.tsx';
import { SlowNote } from '../../ui/slow-note.tsx';
import { useAddress } from '../../ui/use-address.ts';
import { shareQuery } from './api.ts';
import { Assumptions } from './assumptions.tsx';
import { LeftApart } from './left-apart.tsx';
import { ShareQuestion } from './lines-link.tsx';
import { ShareBreakdown } from './share-breakdown.tsx';
import { ShareControls } from './share-controls.tsx';
import { ShareHeadline } from './share-headline.tsx';
import { readShare, targetOf, toQuery } from './share-state.ts';
import type { ShareState } from './share-state.ts';
import { ShareTrend } from './share-trend.tsx';

/** The green share, with everything that it rests on. */
export function SharePage() {
  const { t } = useTranslation();
  const me = useQuery(meQuery);
  const { search } = useLocation();
  const [params, change] = useAddress();
  return (
    <Page
      title={t('share.title')}
      lead={t('share.lead')}
      actions={
        <Group gap="xs" className="xanh-no-print">
          <Button
            component={Link}
            to={`/share/simulation${search}`}
            variant="default"
            leftSection={<IconFlask size={18} aria-hidden />}
          >
            {t('simulation.title')}
          </Button>
          <SavedMenu page="share" />
          <PrintButton />
        </Group>
      }
    >
      <QueryState query={me}>
        {({ today }) => {
          const state = { ...readShare(params, today), edition: undefined };
          return (
            <ShareQuestion value={state}>
              <Stack gap={40}>
                <ShareControls state={state} today={today} onChange={change} />
                <Figures state={state} onChange={change} />
              </Stack>
            </ShareQuestion>
          );
        }}
      </QueryState>
    </Page>
  );
}

interface FiguresProps {
  state: ShareState;
  onChange: (values: Partial<Record<keyof ShareState, string | undefined>>) => void;
}

function Figures({ state, onChange }: FiguresProps) {
  const tierA = useQuery(shareQuery(toQuery(state, { groupBy: 'quarter', tiers: 'A' })));
  const tierAB = useQuery(shareQuery(toQuery(state, { groupBy: 'quarter', tiers: 'A,B' })));
  const { data: targets = [] } = useQuery(targetsQuery);
  const target = targetOf(state, targets);
  if (tierA.data === undefined || tierAB.data === undefined) {
    return (
      <>
        <SlowNote isBusy={tierA.isFetching || tierAB.isFetching} />
        <QueryState query={tierA.data === undefined ? tierA : tierAB}>{() => null}</QueryState>
      </>
    );
  }
  return (
    <>
      <SlowNote isBusy={tierA.isPlaceholderData || tierAB.isPlaceholderData} />
      <Pending report={tierA.data} />
      <ShareHeadline tierA={tierA.data} tierAB={tierAB.data} target={target} />
      <ShareTrend tierA={tierA.data} tierAB={tierAB.data} target={target} />
      <ShareBreakdown state={state} onChange={onChange} />
      <LeftApart report={tierA.data} />
      <Assumptions report={tierA.data} knownAt={state.knownAt} />
    </>
  );
}

function Pending({ report }: { report: ShareReport }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (report.pending !== true) return null;
  return (
    <Alert color="amber" variant="light" icon={<IconHourglass aria-hidden />} title={t('share.pending')}>
      {t('share.pendingUntil', { cutOff: format.instant(report.cutOff) })}
    </Alert>
  );
}
