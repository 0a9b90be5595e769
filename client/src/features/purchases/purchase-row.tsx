import { Anchor, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Purchase } from '../../../../schemas/types.d.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { DayText } from '../../ui/date-text.tsx';
import { Money } from '../../ui/money.tsx';
import { totalsOf } from './amounts.ts';

const statuses = ['green', 'notGreen', 'unknown'] as const;

/** One purchase of the list. */
export function PurchaseRow({ purchase }: { purchase: Purchase }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { total, byStatus } = totalsOf(purchase);
  const { supplier } = purchase;
  const counts = statuses
    .filter((status) => byStatus[status].lines > 0)
    .map((status) => t(`totals.count.${status}`, { count: byStatus[status].lines }));
  return (
    <li className="xanh-row">
      <Text span size="sm" c="dimmed" className="xanh-row-day">
        <DayText day={purchase.basisDate} />
      </Text>
      <div className="xanh-row-what">
        <Anchor component={Link} to={`/purchases/${purchase.id}`} fw={600}>
          {purchase.reference}
        </Anchor>
        <Text size="sm" c="dimmed">
          {purchase.supplierName === undefined
            ? (supplier.name ?? supplier.taxCode)
            : format.text(purchase.supplierName)}
        </Text>
      </div>
      <Text size="sm" className="xanh-row-agency">
        {purchase.agencyName === undefined ? purchase.agency : format.text(purchase.agencyName)}
      </Text>
      <Text size="sm" c="dimmed" className="xanh-row-status">
        {counts.length === 0 ? t('totals.none') : counts.join(' · ')}
        {purchase.redecidedAt !== undefined && (
          <Text span size="sm" display="block" fw={600}>
            {t('purchase.redecided', { since: format.instant(purchase.redecidedAt) })}
          </Text>
        )}
      </Text>
      <Money amount={total} currency={purchase.currency} fw={600} className="xanh-figure xanh-row-amount" />
    </li>
  );
}
