import { Anchor, NativeSelect, Select, Stack, Text, Textarea } from '@mantine/core';
import { useQueries, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Application } from '../../../../../schemas/types.d.ts';
import { criteriaQuery, schemesQuery } from '../../../api/reference.ts';
import { productQuery } from '../../../api/registry.ts';
import { useFormat } from '../../../i18n/use-format.ts';
import { FormPart } from '../../../ui/form-part.tsx';
import { ProductsPicker } from '../../../ui/products-picker.tsx';
import { heldQuery } from '../api.ts';
import { ApplicationStart } from './application-start.tsx';
import type { Draft } from './use-draft.ts';

interface DetailsFieldsProps {
  application: Application;
  draft: Draft;
}

/** The first step: for which products, over which certificate, by which criteria. */
export function DetailsFields({ application, draft: { values, change } }: DetailsFieldsProps) {
  const { t } = useTranslation();
  const { kind, applicant } = application;
  return (
    <Stack gap="lg" maw={860}>
      <ApplicationStart application={application} />
      <FormPart title={t('application.about')}>
        {kind !== 'listing' && kind !== 'new' && (
          <CertificateField
            application={application}
            value={values.certificate}
            onChange={(certificate) => change({ certificate })}
          />
        )}
        <ProductsPicker
          label={t('application.productsLabel')}
          description={t('application.productsHint')}
          holder={applicant}
          value={values.products}
          onChange={(products) => change({ products })}
          error={null}
        />
        <Text size="sm" c="dimmed">
          {t('application.productMissing')}{' '}
          <Anchor component={Link} to="/products/new" underline="always" target="_blank" rel="noreferrer">
            {t('nav.newProduct')}
          </Anchor>
        </Text>
        <CriterionField
          application={application}
          products={values.products}
          value={values.criterion}
          onChange={(criterion) => change({ criterion })}
        />
        <LevelField application={application} value={values.level} onChange={(level) => change({ level })} />
        <Textarea
          label={t('application.note')}
          description={t(`application.noteHint.${kind === 'details' || kind === 'technicalChange' ? 'change' : 'any'}`)}
          autosize
          minRows={3}
          maxLength={5000}
          value={values.note}
          onChange={({ currentTarget }) => change({ note: currentTarget.value })}
        />
      </FormPart>
    </Stack>
  );
}

interface FieldProps {
  application: Application;
  value: string;
  onChange: (value: string) => void;
}

function CertificateField({ application: { scheme = '', applicant }, value, onChange }: FieldProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data: held } = useQuery(heldQuery(scheme, applicant));
  return (
    <>
      <Select
        label={t('application.certificate')}
        required
        searchable
        clearable
        clearButtonProps={{ 'aria-label': t('state.clear') }}
        nothingFoundMessage={t('state.nothing')}
        value={value === '' ? null : value}
        onChange={(id) => onChange(id ?? '')}
        data={(held ?? []).map(({ id, number, validThrough }) => ({
          value: id,
          label: validThrough === null ? number : `${number} · ${t('label.until', { day: format.day(validThrough) })}`,
        }))}
      />
      {held?.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('application.holdsNone')}
        </Text>
      )}
    </>
  );
}

/** The criteria documents of the scheme; those about the chosen products' groups where there are any. */
function CriterionField({ application: { scheme }, products, value, onChange }: FieldProps & { products: string[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data: criteria = [] } = useQuery(criteriaQuery);
  const chosen = useQueries({ queries: products.map((id) => productQuery(id)) });
  const groups = new Set(chosen.flatMap(({ data }) => data?.group ?? []));
  const own = criteria.filter((one) => one.scheme === scheme);
  const fitting = own.filter((one) => one.groups.some((group) => groups.has(group)));
  const offered = fitting.length > 0 ? fitting : own;
  if (own.length === 0) return null;
  return (
    <Select
      label={t('certificate.criterion')}
      description={t(fitting.length > 0 ? 'application.criterionFits' : 'application.criterionHint')}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t('state.clear') }}
      nothingFoundMessage={t('state.nothing')}
      value={value === '' ? null : value}
      onChange={(code) => onChange(code ?? '')}
      data={offered.map(({ code, name }) => ({ value: code, label: `${code} · ${format.text(name)}` }))}
    />
  );
}

function LevelField({ application: { scheme: code, kind }, value, onChange }: FieldProps) {
  const { t } = useTranslation();
  const { data: schemes = [] } = useQuery(schemesQuery);
  const levels = schemes.find((one) => one.code === code)?.levels ?? [];
  if (levels.length === 0 || kind === 'extension' || kind === 'details') return null;
  return (
    <NativeSelect
      label={t('certificate.level')}
      required
      data={['', ...levels]}
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  );
}
