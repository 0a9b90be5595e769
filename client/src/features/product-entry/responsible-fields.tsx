import { MultiSelect, Select, SimpleGrid, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { MeActor } from '../../../../schemas/types.d.ts';
import { organisationsQuery, provincesQuery } from '../../api/reference.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { countriesIn } from '../../ui/countries.ts';
import { SupplierSelect } from '../../ui/supplier-select.tsx';
import type { ProductFormState } from './use-product-form.ts';

interface ResponsibleFieldsProps {
  form: ProductFormState;
  actor: MeActor;
  isLocked: boolean;
}

/** Who answers for the model, who makes it, who may hold certificates for it, and where it comes from and is offered. */
export function ResponsibleFields({ form, actor, isLocked }: ResponsibleFieldsProps) {
  const { t } = useTranslation();
  const { value, onChange, error } = form.getInputProps('supplier');
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }}>
      <SupplierSelect
        label={t('product.supplier')}
        description={t(actor.role === 'supplier' ? 'entry.supplierOwn' : 'entry.supplierHint')}
        disabled={isLocked || actor.role === 'supplier'}
        value={value}
        onChange={onChange}
        error={error}
      />
      <TextInput
        label={t('product.maker')}
        description={t('entry.makerHint')}
        maxLength={200}
        {...form.getInputProps('maker')}
      />
      <AuthorisedSelect form={form} />
      <OriginSelect form={form} />
      <PlacesSelect form={form} />
    </SimpleGrid>
  );
}

function AuthorisedSelect({ form }: { form: ProductFormState }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data: suppliers = [] } = useQuery(organisationsQuery('supplier'));
  return (
    <MultiSelect
      label={t('product.authorised')}
      description={t('entry.authorisedHint')}
      searchable
      limit={50}
      maxValues={50}
      nothingFoundMessage={t('state.nothing')}
      {...form.getInputProps('authorised')}
      data={suppliers.map(({ code, name }) => ({ value: code, label: format.text(name) }))}
    />
  );
}

function OriginSelect({ form }: { form: ProductFormState }) {
  const { t } = useTranslation();
  const { language } = useFormat();
  const { value, onChange, ...field } = form.getInputProps('origin');
  return (
    <Select
      label={t('product.origin')}
      description={t('entry.originHint')}
      searchable
      clearable
      limit={50}
      clearButtonProps={{ 'aria-label': t('state.clear') }}
      nothingFoundMessage={t('state.nothing')}
      {...field}
      value={value === '' ? null : value}
      onChange={(code) => onChange(code ?? '')}
      data={countriesIn(language)}
    />
  );
}

function PlacesSelect({ form }: { form: ProductFormState }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data: provinces = [] } = useQuery(provincesQuery(undefined));
  return (
    <MultiSelect
      label={t('product.places')}
      description={t('entry.placesHint')}
      searchable
      nothingFoundMessage={t('state.nothing')}
      {...form.getInputProps('places')}
      data={provinces.map(({ code, name }) => ({ value: code, label: format.text(name) }))}
    />
  );
}
