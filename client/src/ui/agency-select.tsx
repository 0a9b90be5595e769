import { Select } from '@mantine/core';
import type { SelectProps } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { organisationsQuery } from '../api/reference.ts';
import { useFormat } from '../i18n/use-format.ts';
import { listTree } from './agency-tree.ts';

interface AgencySelectProps extends Omit<SelectProps, 'data'> {
  /** Offers this agency and those below it only. */
  root?: string | undefined;
}

/** One agency out of the tree, found by typing. */
export function AgencySelect({ root, ...props }: AgencySelectProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data: agencies = [] } = useQuery(organisationsQuery('agency'));
  const tree = listTree(agencies, root);
  const depths = new Map(tree.map(({ agency, depth }) => [agency.code, depth]));
  return (
    <Select
      searchable
      nothingFoundMessage={t('state.nothing')}
      data={tree.map(({ agency }) => ({ value: agency.code, label: format.text(agency.name) }))}
      renderOption={({ option }) => (
        <span style={{ paddingInlineStart: `${(depths.get(option.value) ?? 0) * 1.25}rem` }}>{option.label}</span>
      )}
      {...props}
    />
  );
}
