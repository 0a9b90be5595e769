import { MultiSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { groupsQuery } from '../../api/reference.ts';
import { useFormat } from '../../i18n/use-format.ts';

interface GroupPickerProps {
  value: string[];
  onChange: (codes: string[]) => void;
  error: ReactNode;
}

/** Product groups, chosen by name. */
export function GroupPicker(props: GroupPickerProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data: groups = [] } = useQuery(groupsQuery);
  return (
    <MultiSelect
      label={t('reference.groups')}
      required
      searchable
      hidePickedOptions
      nothingFoundMessage={t('state.nothing')}
      data={groups.map(({ code, name }) => ({ value: code, label: format.text(name) }))}
      {...props}
    />
  );
}
