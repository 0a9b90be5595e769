import { MultiSelect } from '@mantine/core';
import type { MultiSelectProps } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { schemesQuery } from '../../api/reference.ts';
import { useFormat } from '../../i18n/use-format.ts';

/** The labels that an organisation may certify for. */
export function MandatesSelect(props: Omit<MultiSelectProps, 'data' | 'label'>) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data: schemes = [] } = useQuery(schemesQuery);
  return (
    <MultiSelect
      label={t('organisation.mandates')}
      searchable
      nothingFoundMessage={t('state.nothing')}
      data={schemes.map(({ code, name }) => ({ value: code, label: format.text(name) }))}
      {...props}
    />
  );
}
