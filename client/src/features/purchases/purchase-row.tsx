import { Anchor, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Purchase } from '../../../../schemas/types.d.ts';
import { DayText } from '../../ui/date-text.tsx';
import { Money } from '../../ui/money.tsx';
import { AgencyName, OrganisationName } from '../../ui/names.tsx';
import { totalsOf } from './amounts.ts';

const statuses = ['green', 'notGreen', 'unknown'] as const;

/** One purchase of the list. */
export function PurchaseRow({ purchase }: { purchase: Purchase }) {
  const { t } = useTranslation();
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
          {supplier.code === undefined ? supplier.name : <OrganisationName code={supplier.code} />}
        </Text>
      </div>
      <Text size="sm" className="xanh-row-agency">
        <AgencyName code={purchase.agency} />
      </Text>
      <Text size="sm" c="dimmed" className="xanh-row-status">
        {counts.length === 0 ? t('totals.none') : counts.join(' · ')}
      </Text>
      <Money amount={total} fw={600} className="xanh-figure xanh-row-amount" />
    </li>
  );
}
