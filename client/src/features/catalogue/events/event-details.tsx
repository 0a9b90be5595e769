import { NativeSelect, SimpleGrid, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { RevocationCause } from '../../../../../schemas/types.d.ts';
import { SupplierSelect } from '../../../ui/supplier-select.tsx';
import { ProductsPicker } from '../../../ui/products-picker.tsx';
import { CorrectedFieldsets } from './corrected-fieldsets.tsx';
import type { EventDetailsProps } from './use-event-form.ts';

const causes: readonly RevocationCause[] = ['criteriaNotMet', 'commitmentsBroken', 'informationFalse', 'other'];

/** What an event says beside its day and its reason. */
export function EventDetails(props: EventDetailsProps) {
  const { t } = useTranslation();
  const { form, type, certificate } = props;
  if (type === 'corrected') return <CorrectedFieldsets {...props} />;
  if (type === 'amended') {
    return (
      <ProductsPicker
        label={t('event.products')}
        description={t('event.productsHint')}
        holder={certificate.holder}
        value={form.values.products}
        error={form.errors['products']}
        onChange={(products) => form.setFieldValue('products', products)}
      />
    );
  }
  if (type === 'revoked' || type === 'revokedAbInitio') {
    return (
      <NativeSelect
        label={t('event.cause')}
        data={[{ value: '', label: '' }, ...causes.map((cause) => ({ value: cause, label: t(`cause.${cause}`) }))]}
        {...form.getInputProps('cause')}
      />
    );
  }
  if (type !== 'reissued') return null;
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }}>
      <SupplierSelect
        label={t('event.newHolder')}
        description={t('event.asBefore')}
        required={false}
        value={form.values.holder}
        onChange={(holder) => form.setFieldValue('holder', holder)}
        error={form.errors['holder']}
      />
      <TextInput
        label={t('event.newNumber')}
        description={t('event.asBefore')}
        placeholder={certificate.number}
        maxLength={80}
        {...form.getInputProps('number')}
      />
    </SimpleGrid>
  );
}
