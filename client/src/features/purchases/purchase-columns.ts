import { useTranslation } from 'react-i18next';
import type { Purchase, PurchaseLine } from '../../../../schemas/types.d.ts';
import { inMajorUnits } from '../../i18n/format.ts';
import type { LoadRows } from '../../ui/export/load-all.ts';
import type { Column } from '../../ui/export/table-file.ts';

interface LineOfPurchase {
  purchase: Purchase;
  line: PurchaseLine;
}

/** One row a line, corrections as the lines that they are: the amounts of a file sum to what the register holds. */
export function linesOf(load: LoadRows<Purchase>): LoadRows<LineOfPurchase> {
  return async (how) => {
    const { rows, ...whole } = await load(how);
    return { ...whole, rows: rows.flatMap((purchase) => purchase.lines.map((line) => ({ purchase, line }))) };
  };
}

/** The columns of a file of purchase lines. */
export function usePurchaseColumns(): Column<LineOfPurchase>[] {
  const { t } = useTranslation();
  return [
    { name: t('purchase.agency'), value: ({ purchase }) => purchase.agency },
    { name: t('purchase.reference'), value: ({ purchase }) => purchase.reference },
    { name: t('purchase.notice'), value: ({ purchase }) => purchase.notice },
    { name: t('purchase.basisDate'), kind: 'day', value: ({ purchase }) => purchase.basisDate },
    { name: t('purchase.method'), value: ({ purchase }) => t(`method.${purchase.method}`) },
    {
      name: t('purchase.supplier'),
      value: ({ purchase: { supplier } }) => supplier.name ?? supplier.code ?? supplier.taxCode,
    },
    { name: t('line.no'), kind: 'number', value: ({ line }) => line.lineNo },
    { name: t('line.description'), value: ({ line }) => line.description },
    { name: t('line.group'), value: ({ line }) => line.group },
    { name: t('line.quantity'), kind: 'number', value: ({ line }) => line.quantity },
    { name: t('line.unit'), value: ({ line }) => line.unit },
    {
      name: t('line.amountNet'),
      kind: 'money',
      value: ({ purchase, line }) => (purchase.currency === 'VND' ? line.amountNet : null),
    },
    { name: t('purchase.currency'), value: ({ purchase }) => purchase.currency },
    {
      name: t('line.amountForeign'),
      kind: 'number',
      value: ({ purchase: { currency }, line }) => (currency === 'VND' ? null : inMajorUnits(line.amountNet, currency)),
    },
    { name: t('line.status'), value: ({ line }) => t(`decision.status.${line.green.status}`) },
    { name: t('facet.tier'), value: ({ line }) => line.green.tier },
    { name: t('line.reasons'), value: ({ line }) => line.green.reasons.join(' ') },
    { name: t('line.certificate'), value: ({ line }) => line.green.certificate },
    { name: 'id', value: ({ purchase }) => purchase.id },
  ];
}
