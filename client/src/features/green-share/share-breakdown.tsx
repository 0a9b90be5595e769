import { Grid, Group, NativeSelect, Title } from '@mantine/core';
import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import type { ShareGroup, ShareReport } from '../../../../schemas/types.d.ts';
import { meQuery } from '../../api/me.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { QueryState } from '../../ui/query-state.tsx';
import { SlowNote } from '../../ui/slow-note.tsx';
import { shareQuery } from './api.ts';
import { MeasuresTable } from './measures-table.tsx';
import { groupings, provinceMaps, toQuery } from './share-state.ts';
import type { GroupBy, ShareState } from './share-state.ts';
import { ShareTable } from './share-table.tsx';

interface ShareBreakdownProps {
  state: ShareState;
  onChange: (change: Partial<Record<'groupBy' | 'provinces', string>>) => void;
}

/** The share by agency and by what the reader chose, and every measure, for the chosen tiers. */
export function ShareBreakdown({ state, onChange }: ShareBreakdownProps) {
  const { t } = useTranslation();
  const { groupBy } = state;
  const byAgency = useQuery(shareQuery(toQuery(state, { groupBy: 'agency' })));
  const byOther = useQuery(shareQuery(toQuery(state, { groupBy })));
  const tiers = t(`share.tierChoice.${state.tiers === 'A,B' || state.tiers === 'A,B,C' ? state.tiers : 'A'}`);
  const toRows = useRows();
  return (
    <Grid gap={{ base: 40, md: 40 }}>
      <Grid.Col span={{ base: 12, md: 6 }}>
        <Title order={2}>{t('share.byAgency')}</Title>
        <SlowNote isBusy={isAwaited(byAgency)} />
        <QueryState query={byAgency}>
          {(report) => <ShareTable caption={tiers} nameHead={t('share.agency')} rows={toRows(report, 'agency')} />}
        </QueryState>
        <Title order={2} mt={40}>
          {t('measures.title')}
        </Title>
        <QueryState query={byAgency}>{(report) => <MeasuresTable report={report.measures} />}</QueryState>
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 6 }}>
        <Group justify="space-between" align="center" gap="sm" className="xanh-beside-select">
          <Title order={2}>{t('share.byOther', { what: t(`share.by.${groupBy}`).toLocaleLowerCase() })}</Title>
          <GroupingSelect state={state} onChange={onChange} />
        </Group>
        <SlowNote isBusy={isAwaited(byOther)} />
        <QueryState query={byOther}>
          {(report) => (
            <ShareTable caption={tiers} nameHead={t(`share.by.${groupBy}`)} rows={toRows(report, groupBy)} />
          )}
        </QueryState>
      </Grid.Col>
    </Grid>
  );
}

/** Whether the figures for what is asked are still on their way; those of the question before may be on the screen. */
function isAwaited({ isFetching, isPending, isPlaceholderData }: UseQueryResult): boolean {
  return isFetching && (isPending || isPlaceholderData);
}

function GroupingSelect({ state, onChange }: ShareBreakdownProps) {
  const { t } = useTranslation();
  const { data: me } = useQuery(meQuery);
  const seesSuppliers = me?.actor?.role === 'operator' || me?.actor?.role === 'auditor';
  return (
    <Group gap="xs" className="xanh-no-print">
      <NativeSelect
        size="sm"
        aria-label={t('share.groupBy')}
        value={state.groupBy}
        onChange={({ currentTarget }) => onChange({ groupBy: currentTarget.value })}
        data={groupings
          .filter((one) => one !== 'supplier' || seesSuppliers)
          .map((one) => ({ value: one, label: t(`share.by.${one}`) }))}
      />
      {state.groupBy === 'province' && (
        <NativeSelect
          size="sm"
          aria-label={t('share.provinces')}
          value={state.provinces}
          onChange={({ currentTarget }) => onChange({ provinces: currentTarget.value })}
          data={provinceMaps.map((map) => ({ value: map, label: t(`share.provinceMap.${map}`) }))}
        />
      )}
    </Group>
  );
}

const inTime = new Set<GroupBy>(['month', 'quarter', 'year']);

/** The largest first, periods in their order; an agency leads to its own share. */
function useRows() {
  const { t } = useTranslation();
  const format = useFormat();
  const [params] = useSearchParams();
  const linkTo = (agency: string) => {
    const next = new URLSearchParams(params);
    next.set('agency', agency);
    return `/share?${next.toString()}`;
  };
  return (report: ShareReport, by: GroupBy) => {
    const rows = report.groups.map(({ key, name, measures }) => ({
      key,
      name: key === 'none' && by === 'group' ? t('share.noGroup') : format.text(name),
      share: measures.M1,
      to: by === 'agency' && !notAgencies.has(key) ? linkTo(key) : undefined,
      group: { by, key },
    }));
    if (!inTime.has(by)) rows.sort(byDenominator);
    if (report.others === undefined) return rows;
    return [...rows, { key: '', name: t('share.others'), share: report.others.measures.M1 }];
  };
}

const notAgencies = new Set(['self', 'none', 'unknown', 'withheld']);

function byDenominator(a: { share: ShareGroup['measures']['M1'] }, b: { share: ShareGroup['measures']['M1'] }): number {
  const difference = BigInt(b.share.denominator) - BigInt(a.share.denominator);
  return difference > 0n ? 1 : difference < 0n ? -1 : 0;
}
