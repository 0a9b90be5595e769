import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Purchase } from '../../../../schemas/types.d.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { totalsOf } from './amounts.ts';

const statuses = ['green', 'notGreen', 'unknown'] as const;

/** What a purchase comes to and how much of it is green, as a bar and in words. */
export function TotalsLine({ purchase }: { purchase: Pick<Purchase, 'lines' | 'currency'> }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { total, byStatus } = totalsOf(purchase);
  const shown = statuses.filter((status) => byStatus[status].lines > 0);
  return (
    <div className="xanh-totals">
      <div className="xanh-bar" aria-hidden>
        {shown.map((status) => (
          <span key={status} data-status={status} style={{ flexGrow: Number(byStatus[status].amount) }} />
        ))}
      </div>
      <Text size="sm">
        {shown
          .map((status) =>
            t(`totals.${status}`, {
              amount: format.money(byStatus[status].amount, purchase.currency),
              count: byStatus[status].lines,
            }),
          )
          .join(' · ')}
        {' — '}
        {t('totals.of', { total: format.money(total, purchase.currency) })}
      </Text>
    </div>
  );
}
