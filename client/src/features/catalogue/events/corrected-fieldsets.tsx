import { NativeSelect, Select, SimpleGrid, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { criteriaQuery } from '../../../api/reference.ts';
import { DayInput } from '../../../ui/day-input.tsx';
import { SupplierSelect } from '../../../ui/supplier-select.tsx';
import { ProductsPicker } from './products-picker.tsx';
import { errorBelow } from './use-event-form.ts';
import type { EventDetailsProps } from './use-event-form.ts';

/** What the entry should have said; what is left as it is stays as it was entered. */
export function CorrectedFieldsets({ form, scheme }: EventDetailsProps) {
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
      </SimpleGrid>
      {scheme.subject === 'product' && (
        <ProductsPicker
          label={t('certificate.covers')}
          holder={form.values.fields.holder}
          value={form.values.fields.products}
          error={errorBelow(form.errors, 'fields.products')}
          onChange={(products) => form.setFieldValue('fields.products', products)}
        />
      )}
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <TextInput label={t('certificate.document')} maxLength={500} {...field('source.document')} />
        <TextInput label={t('certificate.url')} type="url" maxLength={500} {...field('source.url')} />
        <DayInput label={t('certificate.seenOn')} {...field('source.seenOn')} />
      </SimpleGrid>
    </>
  );
}

interface CriterionSelectProps {
  scheme: string;
  field: ReturnType<EventDetailsProps['form']['getInputProps']>;
}

function CriterionSelect({ scheme, field: { value, onChange, ...field } }: CriterionSelectProps) {
  const { t } = useTranslation();
  const { data: criteria = [] } = useQuery(criteriaQuery);
  const own = criteria.filter((criterion) => criterion.scheme === scheme).map(({ code }) => code);
  return (
    <Select
      label={t('certificate.criterion')}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t('state.clear') }}
      nothingFoundMessage={t('state.nothing')}
      {...field}
      value={value === '' ? null : value}
      onChange={(code) => onChange(code ?? '')}
      data={[...new Set([...own, ...(value === '' ? [] : [String(value)])])]}
    />
  );
}
