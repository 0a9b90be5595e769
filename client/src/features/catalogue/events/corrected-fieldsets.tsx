import { NativeSelect, SimpleGrid, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { DayInput } from '../../../ui/day-input.tsx';
import { SupplierSelect } from '../../../ui/supplier-select.tsx';
import { CriterionSelect } from '../../../ui/criterion-select.tsx';
import { PlacesFields } from '../fields/places-fields.tsx';
import { ProductsPicker } from '../../../ui/products-picker.tsx';
import { RenewsPicker } from '../fields/renews-picker.tsx';
import type { EventDetailsProps } from './use-event-form.ts';

/** What the entry should have said; what is left as it is stays as it was entered. */
export function CorrectedFieldsets({ form, scheme, certificate }: EventDetailsProps) {
  const { t } = useTranslation();
  const field = (name: string) => form.getInputProps(`fields.${name}`);
  return (
    <>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <TextInput label={t('certificate.number')} required maxLength={80} {...field('number')} />
        <SupplierSelect
          label={t('certificate.holder')}
          value={form.values.fields.holder}
          onChange={(holder) => form.setFieldValue('fields.holder', holder)}
          error={form.errors['fields.holder']}
        />
        <CriterionSelect scheme={scheme.code} field={field('criterion')} />
        {scheme.levels.length > 0 && (
          <NativeSelect label={t('certificate.level')} data={scheme.levels} {...field('level')} />
        )}
        <DayInput label={t('certificate.issuedOn')} required {...field('issuedOn')} />
        <DayInput label={t('certificate.validFrom')} required {...field('validFrom')} />
        <DayInput label={t('certificate.validThrough')} description={t('event.openEnd')} {...field('validThrough')} />
        <RenewsPicker
          scheme={scheme.code}
          holder={form.values.fields.holder}
          besides={certificate.id}
          value={form.values.fields.renews}
          onChange={(id) => form.setFieldValue('fields.renews', id)}
          error={form.errors['fields.renews']}
        />
      </SimpleGrid>
      {scheme.subject === 'product' && (
        <ProductsPicker
          label={t('certificate.covers')}
          holder={form.values.fields.holder}
          value={form.values.fields.products}
          error={form.errors['fields.products']}
          onChange={(products) => form.setFieldValue('fields.products', products)}
        />
      )}
      <PlacesFields
        value={form.values.fields.places}
        onChange={(places) => form.setFieldValue('fields.places', places)}
        errors={form.errors}
        path="fields.places"
      />
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <TextInput label={t('certificate.document')} maxLength={500} {...field('source.document')} />
        <TextInput label={t('certificate.url')} type="url" maxLength={500} {...field('source.url')} />
        <DayInput label={t('certificate.seenOn')} {...field('source.seenOn')} />
      </SimpleGrid>
    </>
  );
}
