import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { SupplierSelect } from '../../../ui/supplier-select.tsx';
import { PlacesFields } from '../fields/places-fields.tsx';
import { ProductsPicker } from '../../../ui/products-picker.tsx';
import type { CertificateFormState } from './use-certificate-form.ts';

/** Whom and what it certifies: the holder's products, or the holder itself, and the places. */
export function ScopeFields({ form }: { form: CertificateFormState }) {
  const { t } = useTranslation();
  const { holder, products, places } = form.values;
  return (
    <>
      <SupplierSelect
        label={t('certificate.holder')}
        data-path="holder"
        value={holder}
        onChange={(code) => form.setFieldValue('holder', code)}
        error={form.errors['holder']}
      />
      {form.scheme?.subject === 'organisation' ? (
        <Text size="sm" c="dimmed">
          {t('certificate.coversHolder')}
        </Text>
      ) : (
        <ProductsPicker
          label={t('certificateEntry.products')}
          description={t('certificateEntry.productsHint')}
          data-path="products"
          holder={holder}
          value={products}
          error={form.errors['products']}
          onChange={(ids) => form.setFieldValue('products', ids)}
        />
      )}
      <PlacesFields
        value={places}
        onChange={(changed) => form.setFieldValue('places', changed)}
        errors={form.errors}
        path="places"
      />
    </>
  );
}
