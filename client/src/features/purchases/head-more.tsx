import { NativeSelect, SimpleGrid, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { DayInput } from '../../ui/day-input.tsx';
import { More } from '../../ui/more.tsx';
import { basisRules, fundings, kinds } from './form-values.ts';
import type { PurchaseFormState } from './use-purchase-form.ts';

/** What few purchases need: framework or call-off, funding, which day the basis date is, the award, another currency. */
export function HeadMore({ form, today }: { form: PurchaseFormState; today: string }) {
  const { t } = useTranslation();
  const none = { value: '', label: t('purchase.notSaid') };
  return (
    <More label={t('purchase.moreFields')}>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <NativeSelect
          label={t('purchase.kind')}
          data={[none, ...kinds.map((kind) => ({ value: kind, label: t(`purchaseKind.${kind}`) }))]}
          {...form.getInputProps('kind')}
        />
        <NativeSelect
          label={t('purchase.funding')}
          data={[none, ...fundings.map((funding) => ({ value: funding, label: t(`funding.${funding}`) }))]}
          {...form.getInputProps('funding')}
        />
        <NativeSelect
          label={t('purchase.basisRule')}
          data={[none, ...basisRules.map((rule) => ({ value: rule, label: t(`basisRule.${rule}`) }))]}
          {...form.getInputProps('basisRule')}
        />
        <DayInput label={t('purchase.awardedOn')} max={today} {...form.getInputProps('awardedOn')} />
        <TextInput
          label={t('purchase.currency')}
          description={t('purchase.currencyHint')}
          placeholder="VND"
          maxLength={3}
          {...form.getInputProps('currency')}
        />
      </SimpleGrid>
    </More>
  );
}
