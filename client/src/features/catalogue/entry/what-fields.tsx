import { NativeSelect, Select, SimpleGrid, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { LabelScheme } from '../../../../../schemas/types.d.ts';
import { criteriaQuery } from '../../../api/reference.ts';
import { useFormat } from '../../../i18n/use-format.ts';
import { CriterionSelect } from '../../../ui/criterion-select.tsx';
import type { CertificateFormState } from './use-certificate-form.ts';

interface WhatFieldsProps {
  form: CertificateFormState;
  schemes: LabelScheme[];
}

/** Which label, under which number, by which criteria and at which level. */
export function WhatFields({ form, schemes }: WhatFieldsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data: criteria = [] } = useQuery(criteriaQuery);
  const { scheme } = form;
  const { value, onChange: _chosen, ...field } = form.getInputProps('scheme');
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }}>
      <Select
        label={t('facet.scheme')}
        required
        searchable
        nothingFoundMessage={t('state.nothing')}
        {...field}
        value={value === '' ? null : value}
        onChange={(code) => form.chooseScheme(code ?? '')}
        data={schemes.map(({ code, name }) => ({ value: code, label: format.text(name) }))}
      />
      <TextInput
        label={t('certificate.number')}
        description={t('register.numberHint')}
        required
        maxLength={80}
        {...form.getInputProps('number')}
      />
      {criteria.some((one) => one.scheme === scheme?.code) && (
        <CriterionSelect scheme={form.values.scheme} field={form.getInputProps('criterion')} />
      )}
      {scheme !== undefined && scheme.levels.length > 0 && (
        <NativeSelect
          label={t('certificate.level')}
          required
          data={['', ...scheme.levels]}
          {...form.getInputProps('level')}
        />
      )}
    </SimpleGrid>
  );
}
