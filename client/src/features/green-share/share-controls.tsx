import { NativeSelect, Paper, SimpleGrid } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { AgencySelect } from '../../ui/agency-select.tsx';
import { DayInput } from '../../ui/day-input.tsx';
import { KnownAt } from '../../ui/known-at.tsx';
import { periods, tierChoices } from './share-state.ts';
import type { ShareState } from './share-state.ts';

interface ShareControlsProps {
  state: ShareState;
  today: string;
  onChange: (change: Partial<Record<keyof ShareState, string | undefined>>) => void;
}

/** Whose share, over which days, which tiers, and as known when. */
export function ShareControls({ state, today, onChange }: ShareControlsProps) {
  const { t } = useTranslation();
  return (
    <Paper p={{ base: 'md', sm: 'lg' }} className="xanh-soft">
      <SimpleGrid cols={{ base: 1, sm: 2, lg: 4 }} spacing="md">
        <AgencySelect
          label={t('share.agency')}
          placeholder={t('share.wholeCountry')}
          clearable
          clearButtonProps={{ 'aria-label': t('state.clear') }}
          value={state.agency ?? null}
          onChange={(agency) => onChange({ agency: agency ?? undefined })}
        />
        <PeriodSelect state={state} today={today} onChange={onChange} />
        <DayInput
          label={t('period.from')}
          required
          value={state.from}
          onChange={(from) => from !== '' && onChange({ from })}
        />
        <DayInput label={t('period.to')} required value={state.to} onChange={(to) => to !== '' && onChange({ to })} />
        <NativeSelect
          label={t('share.tiers')}
          value={state.tiers}
          onChange={({ currentTarget }) => onChange({ tiers: currentTarget.value })}
          data={tierChoices.map((tiers) => ({ value: tiers, label: t(`share.tierChoice.${tiers}`) }))}
        />
        <KnownAt value={state.knownAt} onChange={(knownAt) => onChange({ knownAt })} />
      </SimpleGrid>
    </Paper>
  );
}

function PeriodSelect({ state, today, onChange }: ShareControlsProps) {
  const { t } = useTranslation();
  const known = periods(today);
  const names = ['twoYears', 'thisYear', 'lastYear'] as const;
  const chosen = names.find((name) => known[name].from === state.from && known[name].to === state.to) ?? 'other';
  return (
    <NativeSelect
      label={t('period.label')}
      value={chosen}
      onChange={({ currentTarget }) => {
        const name = names.find((one) => one === currentTarget.value);
        if (name !== undefined) onChange(known[name]);
      }}
      data={[...names, 'other' as const].map((name) => ({
        value: name,
        label: t(`period.${name}`),
        disabled: name === 'other',
      }))}
    />
  );
}
