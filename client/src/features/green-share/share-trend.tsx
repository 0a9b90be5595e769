import { Grid, Skeleton, Title } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import type { ShareReport, Target } from '../../../../schemas/types.d.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { ShareTable } from './share-table.tsx';
import { trendOf } from './trend.ts';

const TrendChart = lazy(async () => ({ default: (await import('./trend-chart.tsx')).TrendChart }));

interface ShareTrendProps {
  tierA: ShareReport;
  tierAB: ShareReport;
  target: Target | undefined;
}

/** The share by quarter: drawn, and in figures beside it. */
export function ShareTrend({ tierA, tierAB, target }: ShareTrendProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const points = trendOf(tierA, tierAB);
  if (points.length === 0) return null;
  const rows = tierAB.groups.map(({ key, name, measures }) => ({
    key,
    name: format.text(name),
    share: measures.M1,
    group: { by: 'quarter' as const, key },
  }));
  return (
    <section>
      <Title order={2} mb="md">
        {t('share.trend')}
      </Title>
      <Grid gap={{ base: 'lg', md: 40 }}>
        <Grid.Col span={{ base: 12, md: 7 }}>
          <Suspense fallback={<Skeleton height={420} />}>
            <TrendChart points={points} target={target} />
          </Suspense>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 5 }}>
          <ShareTable caption={t('share.trendCaption')} nameHead={t('share.by.quarter')} rows={rows} tiers="A,B" />
        </Grid.Col>
      </Grid>
    </section>
  );
}
