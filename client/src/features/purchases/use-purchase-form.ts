import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { MeActor } from '../../../../schemas/types.d.ts';
import { groupsQuery } from '../../api/reference.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useBasket } from '../../ui/basket.ts';
import { isUnitCode } from '../../ui/unit-codes.ts';
import { emptyLine, lineOf } from './form-values.ts';
import type { PurchaseValues } from './form-values.ts';

/** The form and what it holds. */
export type PurchaseFormState = ReturnType<typeof usePurchaseForm>;

/** A form that starts with what is in the basket, and with its supplier where there is only one. */
export function usePurchaseForm(actor: MeActor, today: string) {
  const format = useFormat();
  const unitOf = useUnits();
  const basket = useBasket();
  const suppliers = new Set(basket.map(({ supplier }) => supplier));
  return useForm<PurchaseValues>({
    initialValues: {
      agency: actor.org ?? '',
      reference: '',
      notice: '',
      method: 'quotation',
      kind: '',
      funding: '',
      basisDate: today,
      basisRule: '',
      awardedOn: '',
      currency: '',
      supplier: { code: suppliers.size === 1 ? [...suppliers].join('') : '', name: '', taxCode: '' },
      lines:
        basket.length === 0
          ? [emptyLine()]
          : basket.map((item) => lineOf(item, format.text(item.name), unitOf(item.group))),
    },
  });
}

/** The unit that a group is counted in, in words. */
function useUnits(): (group: string) => string {
  const { t } = useTranslation();
  const { data: groups = [] } = useQuery(groupsQuery);
  return (group) => {
    const unit = groups.find(({ code }) => code === group)?.baseUnit ?? '';
    return isUnitCode(unit) ? t(`unit.${unit}`) : unit;
  };
}
