import { Checkbox, Select, SimpleGrid, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { organisationQuery } from '../../api/reference.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { suppliersQuery } from './api.ts';
import type { PurchaseFormState } from './use-purchase-form.ts';

/** From whom: a supplier of the register, or another one by name and tax code. */
export function SupplierFields({ form }: { form: PurchaseFormState }) {
  const { t } = useTranslation();
  const { code, name, taxCode } = form.values.supplier;
  const [isOther, setOther] = useState(code === '' && (name !== '' || taxCode !== ''));
  const change = (other: boolean) => {
    setOther(other);
    form.setFieldValue('supplier', { code: '', name: '', taxCode: '' });
  };
  return (
    <>
      {isOther ? (
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <TextInput
            label={t('purchase.supplierName')}
            required
            maxLength={300}
            {...form.getInputProps('supplier.name')}
          />
          <TextInput
            label={t('purchase.supplierTaxCode')}
            description={t('purchase.taxCodeHint')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            {...form.getInputProps('supplier.taxCode')}
          />
        </SimpleGrid>
      ) : (
        <SupplierSelect
          value={code}
          onChange={(chosen) => form.setFieldValue('supplier.code', chosen)}
          error={form.errors['supplier.code'] ?? form.errors['supplier']}
        />
      )}
      <Checkbox
        label={t('purchase.supplierOther')}
        checked={isOther}
        onChange={({ currentTarget }) => change(currentTarget.checked)}
      />
    </>
  );
}

interface SupplierSelectProps {
  value: string;
  onChange: (code: string) => void;
  error: ReactNode;
}

function SupplierSelect({ value, onChange, error }: SupplierSelectProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [typed, setTyped] = useState('');
  const { data: chosen } = useQuery({ ...organisationQuery(value), enabled: value !== '' });
  const chosenName = chosen === undefined ? '' : format.text(chosen.name);
  const [asked] = useDebouncedValue(typed === chosenName ? '' : typed, 200);
  const { data: found } = useQuery({ ...suppliersQuery(asked), placeholderData: keepPreviousData });
  const others = (found?.items ?? []).filter(({ code }) => code !== value);
  return (
    <Select
      label={t('purchase.supplier')}
      placeholder={t('purchase.supplierFind')}
      required
      searchable
      nothingFoundMessage={t('state.nothing')}
      filter={({ options }) => options}
      value={value === '' ? null : value}
      onChange={(next) => onChange(next ?? '')}
      searchValue={typed}
      onSearchChange={setTyped}
      data={[...(chosen === undefined ? [] : [chosen]), ...others].map(({ code, name }) => ({
        value: code,
        label: format.text(name),
      }))}
      error={error}
    />
  );
}
