import { NativeSelect, Select, SimpleGrid, TagsInput, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { groupsQuery } from '../../api/reference.ts';
import { useFormat } from '../../i18n/use-format.ts';
import type { ProductFormState } from './use-product-form.ts';

interface FieldsProps {
  form: ProductFormState;
  isLocked: boolean;
}

/** What it is: good or service, its group, its names and a description in both languages. */
export function WhatFields({ form, isLocked }: FieldsProps) {
  const { t } = useTranslation();
  return (
    <>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <NativeSelect
          label={t('facet.kind')}
          disabled={isLocked}
          data={[
            { value: 'good', label: t('kind.good') },
            { value: 'service', label: t('kind.service') },
          ]}
          {...form.getInputProps('kind')}
        />
        <GroupSelect form={form} isLocked={isLocked} />
        <TextInput label={t('entry.nameVi')} required maxLength={1000} {...form.getInputProps('name.vi')} />
        <TextInput label={t('entry.nameEn')} maxLength={1000} {...form.getInputProps('name.en')} />
      </SimpleGrid>
      <Textarea
        label={t('entry.descriptionVi')}
        autosize
        minRows={2}
        maxLength={1000}
        {...form.getInputProps('description.vi')}
      />
      <Textarea
        label={t('entry.descriptionEn')}
        autosize
        minRows={2}
        maxLength={1000}
        {...form.getInputProps('description.en')}
      />
    </>
  );
}

/** What tells it from every other product: one model a product. */
export function IdentityFields({ form, isLocked }: FieldsProps) {
  const { t } = useTranslation();
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }}>
      <TextInput label={t('product.brand')} maxLength={120} disabled={isLocked} {...form.getInputProps('brand')} />
      <TextInput label={t('product.model')} maxLength={120} disabled={isLocked} {...form.getInputProps('model')} />
      <TagsInput
        label={t('product.aliases')}
        description={t('entry.aliasesHint')}
        maxTags={50}
        acceptValueOnBlur
        disabled={isLocked}
        {...form.getInputProps('aliases')}
      />
      <TextInput
        label={t('product.series')}
        description={t('entry.seriesHint')}
        maxLength={120}
        disabled={isLocked}
        {...form.getInputProps('series')}
      />
      <TextInput
        label={t('product.gtin')}
        description={t('entry.gtinHint')}
        inputMode="numeric"
        maxLength={14}
        disabled={isLocked}
        {...form.getInputProps('gtin')}
      />
    </SimpleGrid>
  );
}

function GroupSelect({ form, isLocked }: FieldsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data: groups = [] } = useQuery(groupsQuery);
  const { value, onChange, ...field } = form.getInputProps('group');
  return (
    <Select
      label={t('product.group')}
      required
      searchable
      disabled={isLocked}
      nothingFoundMessage={t('state.nothing')}
      {...field}
      value={value === '' ? null : value}
      onChange={(code) => onChange(code ?? '')}
      data={groups.map(({ code, name }) => ({ value: code, label: format.text(name) }))}
    />
  );
}
