import { Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Organisation } from '../../../../schemas/types.d.ts';
import { AgencySelect } from '../../ui/agency-select.tsx';
import { DayInput } from '../../ui/day-input.tsx';
import { notify } from '../../ui/notify.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { useChangeOrganisation } from './api.ts';
import { changed } from './change.ts';
import type { ChangeWish } from './change.ts';

interface ChangeFormProps {
  organisation: Organisation;
  today: string;
}

interface Values {
  type: ChangeWish['type'];
  on: string;
  vi: string;
  en: string;
  agency: string | null;
}

/** Renames, moves or closes an organisation on a day: the operator's form. */
export function ChangeForm({ organisation, today }: ChangeFormProps) {
  const { t } = useTranslation();
  const { code, kind, name, revision } = organisation;
  const [values, setValues] = useState<Values>({
    type: 'rename',
    on: today,
    vi: name.vi,
    en: name.en ?? '',
    agency: null,
  });
  const change = useChangeOrganisation(code);
  const set = (part: Partial<Values>) => setValues((before) => ({ ...before, ...part }));
  const types = kind === 'agency' ? (['rename', 'move', 'close'] as const) : (['rename', 'close'] as const);
  const save = (event: FormEvent) => {
    event.preventDefault();
    change.mutate(
      { change: changed(organisation, wishOf(values)), revision },
      { onSuccess: () => notify(t('organisation.changed')) },
    );
  };
  return (
    <form onSubmit={save}>
      <Stack maw={520}>
        <NativeSelect
          label={t('organisation.type')}
          data={types.map((type) => ({ value: type, label: t(`organisation.types.${type}`) }))}
          value={values.type}
          onChange={({ currentTarget }) => set({ type: currentTarget.value as Values['type'] })}
        />
        <DayInput
          label={t(`organisation.dayOf.${values.type}`)}
          required
          value={values.on}
          onChange={(on) => set({ on })}
        />
        <Details organisation={organisation} values={values} onChange={set} />
        <Text size="sm" c="dimmed">
          {t(`organisation.effect.${values.type}`)}
        </Text>
        {change.isError && <ProblemAlert error={change.error} />}
        <Group>
          <Button type="submit" loading={change.isPending} disabled={values.on === ''}>
            {t('organisation.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface DetailsProps {
  organisation: Organisation;
  values: Values;
  onChange: (part: Partial<Values>) => void;
}

function Details({ organisation, values, onChange }: DetailsProps) {
  const { t } = useTranslation();
  const { type, vi, en, agency } = values;
  if (type === 'rename') {
    return (
      <>
        <TextInput
          label={t('organisation.nameVi')}
          required
          maxLength={1000}
          value={vi}
          onChange={({ currentTarget }) => onChange({ vi: currentTarget.value })}
        />
        <TextInput
          label={t('organisation.nameEn')}
          maxLength={1000}
          value={en}
          onChange={({ currentTarget }) => onChange({ en: currentTarget.value })}
        />
      </>
    );
  }
  if (type === 'close' && organisation.kind !== 'agency') return null;
  return (
    <AgencySelect
      label={t(type === 'move' ? 'organisation.newParent' : 'organisation.successor')}
      placeholder={t(type === 'move' ? 'organisation.atTheTop' : 'organisation.noSuccessor')}
      clearable
      value={agency}
      onChange={(chosen) => onChange({ agency: chosen })}
    />
  );
}

function wishOf({ type, on, vi, en, agency }: Values): ChangeWish {
  if (type === 'rename') return { type, on, vi: vi.trim(), en: en.trim() };
  return type === 'move' ? { type, on, parent: agency } : { type, on, successor: agency };
}
