import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { criteriaQuery } from '../api/reference.ts';

interface CriterionSelectProps {
  scheme: string;
  field: ReturnType<ReturnType<typeof useForm>['getInputProps']>;
}

/** One criteria document of the scheme, or none. */
export function CriterionSelect({ scheme, field: { value, onChange, ...field } }: CriterionSelectProps) {
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
