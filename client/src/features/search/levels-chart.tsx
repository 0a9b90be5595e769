import '@mantine/charts/styles.css';
import { BarChart } from '@mantine/charts';
import { useTranslation } from 'react-i18next';
import type { LevelCount } from '../../../../schemas/types.d.ts';
import { useFormat } from '../../i18n/use-format.ts';

/** Models and suppliers by level; the table below has the same numbers. */
export function LevelsChart({ levels }: { levels: LevelCount[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <BarChart
      aria-hidden
      h={220}
      mt="xs"
      data={levels.map(({ level, ...counts }) => ({ level: t('levels.at', { level }), ...counts }))}
      dataKey="level"
      withLegend
      legendProps={{ verticalAlign: 'bottom' }}
      maxBarWidth={36}
      tickLine="none"
      barChartProps={{ accessibilityLayer: false }}
      valueFormatter={(value) => format.number(value)}
      yAxisProps={{ allowDecimals: false, width: 40 }}
      series={[
        { name: 'models', label: t('levels.models'), color: 'leaf.8' },
        { name: 'suppliers', label: t('levels.suppliers'), color: 'leaf.3' },
      ]}
    />
  );
}
