import { Checkbox, SimpleGrid, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SupplierSelect } from '../../ui/supplier-select.tsx';
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
          label={t('purchase.supplier')}
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
