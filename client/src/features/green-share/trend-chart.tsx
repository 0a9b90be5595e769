import '@mantine/charts/styles.css';
import { BarChart } from '@mantine/charts';
import { Paper, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Target } from '../../../../schemas/types.d.ts';
import { useFormat } from '../../i18n/use-format.ts';
import type { TrendPoint } from './trend.ts';

interface TrendChartProps {
  points: TrendPoint[];
  target: Target | undefined;
}

/** The share by quarter; the table beside it has the same numbers. */
export function TrendChart({ points, target }: TrendChartProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const top = Math.max(...points.map(({ A, B }) => A + B), Number(target?.value ?? 0), 0.1);
  return (
    <figure className="xanh-figure-of" aria-label={t('share.trendLabel')}>
      <BarChart
        aria-hidden
        h={420}
        data={points}
        dataKey="quarter"
        type="stacked"
        withLegend
        legendProps={{ verticalAlign: 'bottom' }}
        maxBarWidth={44}
        tickLine="none"
        barChartProps={{ accessibilityLayer: false }}
        valueFormatter={(value) => format.percent(value)}
        yAxisProps={{ domain: [0, Math.ceil(top * 12) / 10], tickCount: 6, width: 52 }}
        xAxisProps={{ tickFormatter: (key: string) => quarterName(key) }}
        series={[
          { name: 'A', label: t('share.seriesA'), color: 'leaf.8' },
          { name: 'B', label: t('share.seriesB'), color: 'leaf.3' },
        ]}
        {...(target !== undefined && {
          referenceLines: [
            {
              y: Number(target.value),
              color: 'amber.7',
              label: t('share.targetShort', { value: format.percent(target.value), year: target.by.slice(0, 4) }),
              labelPosition: 'insideTopLeft' as const,
            },
          ],
        })}
        tooltipProps={{
          content: <Tooltip points={points} />,
        }}
      />
    </figure>
  );
}

/** `2026-Q1` is `Q1/26`. */
function quarterName(key: string): string {
  return `${key.slice(5)}/${key.slice(2, 4)}`;
}

/** The chart gives the quarter under the pointer as `label`. */
function Tooltip({ points, label }: { points: TrendPoint[]; label?: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const point = points.find(({ quarter }) => quarter === label);
  if (point === undefined) return null;
  const { A, B, numeratorA, numeratorAB, denominator } = point;
  const say = (share: number, numerator: string) =>
    `${format.share(share)} (${t('share.outOfShort', { numerator: format.shortMoney(numerator), denominator: format.shortMoney(denominator) })})`;
  return (
    <Paper p="sm" shadow="sm">
      <Text size="sm" fw={600}>
        {quarterName(point.quarter)}
      </Text>
      <Text size="sm">{`${t('share.tierA')}: ${say(A, numeratorA)}`}</Text>
      <Text size="sm">{`${t('share.tierAB')}: ${say(A + B, numeratorAB)}`}</Text>
    </Paper>
  );
}
