import { Grid, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import type { ShareGroup, ShareReport } from '../../../../schemas/types.d.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { QueryState } from '../../ui/query-state.tsx';
import { shareQuery } from './api.ts';
import { MeasuresTable } from './measures-table.tsx';
import { toQuery } from './share-state.ts';
import type { ShareState } from './share-state.ts';
import { ShareTable } from './share-table.tsx';

/** The share by agency and by group, and every measure, for the tiers that the reader chose. */
export function ShareBreakdown({ state }: { state: ShareState }) {
  const { t } = useTranslation();
  const byAgency = useQuery(shareQuery(toQuery(state, { groupBy: 'agency' })));
  const byGroup = useQuery(shareQuery(toQuery(state, { groupBy: 'group' })));
  const tiers = t(`share.tierChoice.${state.tiers === 'A,B' || state.tiers === 'A,B,C' ? state.tiers : 'A'}`);
  const toRows = useRows();
  return (
    <Grid gap={{ base: 40, md: 40 }}>
      <Grid.Col span={{ base: 12, md: 6 }}>
        <Title order={2}>{t('share.byAgency')}</Title>
        <QueryState query={byAgency}>
          {(report) => <ShareTable caption={tiers} nameHead={t('share.agency')} rows={toRows(report, true)} />}
        </QueryState>
        <Title order={2} mt={40}>
          {t('measures.title')}
        </Title>
        <QueryState query={byAgency}>{(report) => <MeasuresTable report={report.measures} />}</QueryState>
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 6 }}>
        <Title order={2}>{t('share.byGroup')}</Title>
        <QueryState query={byGroup}>
          {(report) => <ShareTable caption={tiers} nameHead={t('share.group')} rows={toRows(report, false)} />}
        </QueryState>
      </Grid.Col>
    </Grid>
  );
}

/** The largest first; an agency leads to its own share. */
function useRows() {
  const { t } = useTranslation();
  const format = useFormat();
  const [params] = useSearchParams();
  const linkTo = (agency: string) => {
    const next = new URLSearchParams(params);
    next.set('agency', agency);
    return `/share?${next.toString()}`;
  };
  return (report: ShareReport, isAgency: boolean) => {
    const rows = report.groups.map(({ key, name, measures }) => ({
      key,
      name: key === 'none' ? t('share.noGroup') : format.text(name),
      share: measures.M1,
      to: isAgency && key !== 'self' && key !== 'none' ? linkTo(key) : undefined,
    }));
    rows.sort(byDenominator);
    if (report.others === undefined) return rows;
    return [...rows, { key: '', name: t('share.others'), share: report.others.measures.M1 }];
  };
}

function byDenominator(a: { share: ShareGroup['measures']['M1'] }, b: { share: ShareGroup['measures']['M1'] }): number {
  const difference = BigInt(b.share.denominator) - BigInt(a.share.denominator);
  return difference > 0n ? 1 : difference < 0n ? -1 : 0;
}
