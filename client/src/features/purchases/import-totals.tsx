import { Stack, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PurchaseImport } from '../../../../schemas/types.d.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { Facts } from '../../ui/facts.tsx';
import { Money } from '../../ui/money.tsx';

/** The control totals, to be held against those of the ledger. */
export function ImportTotals({ job: { totals } }: { job: PurchaseImport }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (!totals) return null;
  return (
    <Stack gap="sm">
      <Title order={3}>{t('import.totals')}</Title>
      <Facts
        items={[
          { name: t('import.total.rows'), value: format.number(totals.rows) },
          { name: t('import.total.good'), value: format.number(totals.good) },
          { name: t('import.total.bad'), value: format.number(totals.bad) },
          { name: t('import.total.alreadyThere'), value: format.number(totals.alreadyThere) },
          { name: t('import.total.purchases'), value: format.number(totals.purchases) },
          { name: t('import.total.sum'), value: <Money amount={totals.sum} fw={600} /> },
          ...totals.years.map(({ year, sum }) => ({
            name: t('import.total.year', { year }),
            value: <Money amount={sum} />,
          })),
          totals.sumBad !== '0' && { name: t('import.total.sumBad'), value: <Money amount={totals.sumBad} /> },
        ]}
      />
    </Stack>
  );
}
