import { NativeSelect, Paper, SimpleGrid, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { schemesQuery } from '../../api/reference.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { DayInput } from '../../ui/day-input.tsx';
import { OrganisationSelect } from '../../ui/organisation-select.tsx';

interface RegisterFiltersProps {
  params: URLSearchParams;
  onChange: (name: string, value: string) => void;
}

const statuses = ['valid', 'notYetValid', 'suspended', 'ended', 'surrendered', 'revoked'] as const;

/** A certificate by its number, or many by label, holder and standing; and the day that is asked about. */
export function RegisterFilters({ params, onChange }: RegisterFiltersProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data: schemes = [] } = useQuery(schemesQuery);
  const find = useDebouncedCallback((number: string) => onChange('number', number.trim()), 300);
  return (
    <Paper p={{ base: 'md', sm: 'lg' }} className="xanh-soft xanh-no-print">
      <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} spacing="md">
        <TextInput
          label={t('register.number')}
          description={t('register.numberHint')}
          maxLength={80}
          defaultValue={params.get('number') ?? ''}
          onChange={({ currentTarget }) => find(currentTarget.value)}
        />
        <DayInput
          label={t('register.day')}
          description={t('register.dayHint')}
          value={params.get('on') ?? ''}
          onChange={(day) => onChange('on', day)}
        />
        <NativeSelect
          label={t('facet.scheme')}
          description={t('register.schemeHint')}
          value={params.get('scheme') ?? ''}
          onChange={({ currentTarget }) => onChange('scheme', currentTarget.value)}
          data={[
            { value: '', label: t('register.any') },
            ...schemes.map(({ code, name }) => ({ value: code, label: format.text(name) })),
          ]}
        />
        <OrganisationSelect
          kind="supplier"
          label={t('certificate.holder')}
          description={t('register.holderHint')}
          placeholder={t('register.any')}
          value={params.get('holder')}
          onChange={(code) => onChange('holder', code ?? '')}
        />
        <NativeSelect
          label={t('certificate.statusLabel')}
          description={t('register.statusHint')}
          value={params.get('status') ?? ''}
          onChange={({ currentTarget }) => onChange('status', currentTarget.value)}
          data={[
            { value: '', label: t('register.any') },
            ...statuses.map((status) => ({ value: status, label: t(`certificate.status.${status}`) })),
          ]}
        />
        <DayInput
          label={t('register.changedSince')}
          description={t('register.changedSinceHint')}
          value={params.get('changedSince') ?? ''}
          onChange={(day) => onChange('changedSince', day)}
        />
      </SimpleGrid>
    </Paper>
  );
}
