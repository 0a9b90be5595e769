import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { organisationQuery, suppliersQuery } from '../api/reference.ts';
import { useFormat } from '../i18n/use-format.ts';

interface SupplierSelectProps {
  label: string;
  description?: string;
  disabled?: boolean;
  required?: boolean;
  value: string;
  onChange: (code: string) => void;
  error: ReactNode;
  'data-path'?: string;
}

/** One supplier of the register, asked for by the letters that its name begins with. */
export function SupplierSelect({ value, onChange, ...props }: SupplierSelectProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [typed, setTyped] = useState('');
  const { data: chosen } = useQuery({ ...organisationQuery(value), enabled: value !== '' });
  const chosenName = chosen === undefined ? '' : format.text(chosen.name);
  const [asked] = useDebouncedValue(typed === chosenName ? '' : typed, 200);
  const { data: found, isError } = useQuery(suppliersQuery(asked));
  // Until the answer to the letters is there nothing is offered: a quick Enter or click takes no name of the list before.
  const isAnswered = found !== undefined && (typed === chosenName || typed === asked);
  const unanswered = isError ? 'problem.unexpected' : 'state.loading';
  const others = isAnswered ? found.items.filter(({ code }) => code !== value) : [];
  return (
    <Select
      placeholder={t('purchase.supplierFind')}
      required
      searchable
      nothingFoundMessage={t(isAnswered ? 'state.nothing' : unanswered)}
      filter={({ options }) => options}
      value={value === '' ? null : value}
      onChange={(next) => onChange(next ?? '')}
      searchValue={typed}
      onSearchChange={setTyped}
      data={[...(chosen === undefined ? [] : [chosen]), ...others].map(({ code, name }) => ({
        value: code,
        label: format.text(name),
      }))}
      {...props}
    />
  );
}
