import { Select } from '@mantine/core';
import type { SelectProps } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Organisation } from '../../../schemas/types.d.ts';
import { organisationsQuery } from '../api/reference.ts';
import { useFormat } from '../i18n/use-format.ts';

interface OrganisationSelectProps extends Omit<SelectProps, 'data'> {
  kind: Organisation['kind'];
}

/** One organisation of a kind, found by typing its name. */
export function OrganisationSelect({ kind, ...props }: OrganisationSelectProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data: organisations = [] } = useQuery(organisationsQuery(kind));
  return (
    <Select
      searchable
      clearable
      limit={50}
      clearButtonProps={{ 'aria-label': t('state.clear') }}
      nothingFoundMessage={t('state.nothing')}
      data={organisations.map(({ code, name }) => ({ value: code, label: format.text(name) }))}
      {...props}
    />
  );
}
