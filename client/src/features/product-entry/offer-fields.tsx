import { Autocomplete, NumberInput, SimpleGrid, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { DayInput } from '../../ui/day-input.tsx';
import { unitCodes } from '../../ui/unit-codes.ts';
import type { ProductFormState } from './use-product-form.ts';

/** What it is offered at, and its codes in trade. */
export function OfferFields({ form }: { form: ProductFormState }) {
  const { t } = useTranslation();
  const isPriced = form.values.price.amountNet !== '';
  return (
    <>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <PriceField form={form} />
        <DayInput label={t('entry.priceAsOf')} required={isPriced} {...form.getInputProps('price.asOf')} />
        <Autocomplete
          label={t('entry.priceUnit')}
          description={t('entry.priceUnitHint')}
          required={isPriced}
          maxLength={30}
          data={unitCodes.map((code) => t(`unit.${code}`))}
          {...form.getInputProps('price.unit')}
        />
        <TextInput
          label={t('line.packFactor')}
          description={t('entry.packFactorHint')}
          inputMode="decimal"
          maxLength={20}
          {...form.getInputProps('price.packFactor')}
        />
      </SimpleGrid>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <TextInput
          label={t('product.cpv')}
          description={t('entry.cpvHint')}
          maxLength={10}
          {...form.getInputProps('cpv')}
        />
        <TextInput
          label={t('product.hs')}
          description={t('entry.hsHint')}
          maxLength={13}
          {...form.getInputProps('hs')}
        />
      </SimpleGrid>
    </>
  );
}

function PriceField({ form }: { form: ProductFormState }) {
  const { t } = useTranslation();
  const { language } = useFormat();
  const { onChange, ...field } = form.getInputProps('price.amountNet');
  return (
    <NumberInput
      label={t('entry.price')}
      hideControls
      allowNegative={false}
      allowDecimal={false}
      thousandSeparator={language === 'vi' ? '.' : ','}
      decimalSeparator={language === 'vi' ? ',' : '.'}
      valueIsNumericString
      {...field}
      onChange={(value) => onChange(String(value))}
    />
  );
}
