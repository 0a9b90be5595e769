import { NativeSelect, Paper, SimpleGrid } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Organisation } from '../../../../../schemas/types.d.ts';
import { organisationQuery } from '../../../api/reference.ts';
import { AgencySelect } from '../../../ui/agency-select.tsx';
import { OrganisationSelect } from '../../../ui/organisation-select.tsx';
import { SupplierSelect } from '../../../ui/supplier-select.tsx';

const kinds = ['agency', 'supplier', 'certifier', 'laboratory'] as const satisfies Organisation['kind'][];

interface OrganisationChoiceProps {
  value: string;
  onChange: (code: string) => void;
}

/** One organisation of any kind, or the whole register. */
export function OrganisationChoice({ value, onChange }: OrganisationChoiceProps) {
  const { t } = useTranslation();
  const { data: chosen } = useQuery({ ...organisationQuery(value), enabled: value !== '' });
  const [picked, setPicked] = useState<Organisation['kind'] | ''>('');
  const kind = picked === '' ? chosen?.kind : picked;
  const pick = (name: string) => {
    setPicked(kinds.find((known) => known === name) ?? '');
    onChange('');
  };
  return (
    <Paper p={{ base: 'md', sm: 'lg' }} className="xanh-soft">
      <SimpleGrid cols={{ base: 1, xs: 2 }} maw={720}>
        <NativeSelect
          label={t('people.whose')}
          value={kind ?? ''}
          onChange={({ currentTarget }) => pick(currentTarget.value)}
          data={[
            { value: '', label: t('people.everybody') },
            ...kinds.map((name) => ({ value: name, label: t(`organisation.kind.${name}`) })),
          ]}
        />
        {kind !== undefined && <One kind={kind} value={value} onChange={onChange} />}
      </SimpleGrid>
    </Paper>
  );
}

function One({ kind, value, onChange }: OrganisationChoiceProps & { kind: Organisation['kind'] }) {
  const { t } = useTranslation();
  const label = t('organisations.name');
  if (kind === 'supplier')
    return <SupplierSelect label={label} required={false} value={value} onChange={onChange} error={null} />;
  const rest = { label, value: value === '' ? null : value, onChange: (code: string | null) => onChange(code ?? '') };
  return kind === 'agency' ? <AgencySelect {...rest} /> : <OrganisationSelect kind={kind} {...rest} />;
}
