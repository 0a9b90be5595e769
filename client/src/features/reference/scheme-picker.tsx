import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { schemesQuery } from '../../api/reference.ts';
import { useFormat } from '../../i18n/use-format.ts';

interface SchemePickerProps {
  value: string;
  onChange: (code: string) => void;
  error: ReactNode;
}

/** One label scheme, found by typing its name. */
export function SchemePicker({ value, onChange, error }: SchemePickerProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data: schemes = [] } = useQuery(schemesQuery);
  return (
    <Select
      label={t('facet.scheme')}
      required
      searchable
      nothingFoundMessage={t('state.nothing')}
      error={error}
      value={value === '' ? null : value}
      onChange={(code) => onChange(code ?? '')}
      data={schemes.map(({ code, name }) => ({ value: code, label: format.text(name) }))}
    />
  );
}
