import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Certificate } from '../../../../../schemas/types.d.ts';
import { certificateQuery } from '../../../api/registry.ts';
import { useFormat } from '../../../i18n/use-format.ts';
import { renewableQuery } from '../api.ts';

interface RenewsPickerProps {
  scheme: string;
  /** Whose certificates are offered; others are found by their whole number. */
  holder: string;
  /** A certificate that cannot be chosen: it does not renew itself. */
  besides?: string;
  value: string;
  onChange: (id: string) => void;
  error: ReactNode;
}

/** The earlier certificate of the same scheme that is renewed, by its number. */
export function RenewsPicker({ scheme, holder, besides, value, onChange, error }: RenewsPickerProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = ({ number, issuedOn }: Certificate) => `${number} · ${format.day(issuedOn)}`;
  const [typed, setTyped] = useState('');
  const { data: chosen } = useQuery({ ...certificateQuery(value), enabled: value !== '' });
  const isChosen = chosen !== undefined && typed === nameOf(chosen);
  const [number] = useDebouncedValue(isChosen ? '' : typed.trim(), 250);
  const { data: theirs } = useQuery({ ...renewableQuery({ scheme, holder }), enabled: scheme !== '' });
  const { data: numbered } = useQuery({
    ...renewableQuery({ scheme, number }),
    enabled: scheme !== '' && number !== '',
    placeholderData: keepPreviousData,
  });
  const offered = [...(chosen === undefined ? [] : [chosen]), ...(theirs?.items ?? []), ...(numbered?.items ?? [])];
  const names = new Map(offered.filter(({ id }) => id !== besides).map((one) => [one.id, nameOf(one)]));
  return (
    <Select
      label={t('certificate.renews')}
      description={t('certificateEntry.renewsHint')}
      searchable
      clearable
      limit={50}
      disabled={scheme === ''}
      clearButtonProps={{ 'aria-label': t('state.clear') }}
      nothingFoundMessage={t('state.nothing')}
      error={error}
      value={value === '' ? null : value}
      onChange={(id) => onChange(id ?? '')}
      searchValue={typed}
      onSearchChange={setTyped}
      maxLength={80}
      data={[...names].map(([id, label]) => ({ value: id, label }))}
    />
  );
}
