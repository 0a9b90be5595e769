import { Button, Group, NativeSelect, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Organisation } from '../../../../schemas/types.d.ts';
import { DayInput } from '../../ui/day-input.tsx';
import { fieldErrors } from '../../ui/field-errors.ts';
import { notify } from '../../ui/notify.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { useChangeOrganisation } from './api.ts';
import { ChangeDetails } from './change-details.tsx';
import type { ChangeValues } from './change-details.tsx';
import { accreditationsOn, changed, schemesOn, suspendedOn } from './change.ts';
import type { ChangeWish } from './change.ts';

interface ChangeFormProps {
  organisation: Organisation;
  today: string;
}

const types = [
  'rename',
  'move',
  'relocate',
  'mandate',
  'suspend',
  'accredit',
  'endAccreditation',
  'taxCode',
  'close',
] as const satisfies ChangeWish['type'][];

/** Renames, moves, empowers or closes an organisation on a day: the operator's form. */
export function ChangeForm({ organisation, today }: ChangeFormProps) {
  const { t } = useTranslation();
  const { code, kind, name, taxCode = '', mayCertify = [], accreditations = [], revision } = organisation;
  const open = accreditationsOn(accreditations, today);
  const [values, setValues] = useState<ChangeValues>({
    type: 'rename',
    on: today,
    vi: name.vi,
    en: name.en ?? '',
    agency: null,
    province: '',
    schemes: schemesOn(mayCertify, today),
    taxCode,
    number: '',
  });
  const change = useChangeOrganisation(code);
  const set = (part: Partial<ChangeValues>) => setValues((before) => ({ ...before, ...part }));
  const choose = (type: ChangeValues['type']) =>
    set({
      type,
      number: type === 'endAccreditation' ? (open[0] ?? '') : '',
      schemes: type === 'suspend' ? suspendedOn(mayCertify, today) : schemesOn(mayCertify, today),
    });
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
          data={types
            .filter((type) => type !== 'move' || kind === 'agency')
            .filter((type) => type !== 'accredit' || kind === 'laboratory')
            .filter((type) => type !== 'endAccreditation' || open.length > 0)
            .filter((type) => type !== 'suspend' || mayCertify.length > 0)
            .map((type) => ({ value: type, label: t(`organisation.types.${type}`) }))}
          value={values.type}
          onChange={({ currentTarget }) => choose(currentTarget.value as ChangeValues['type'])}
        />
        {values.type !== 'taxCode' && (
          <DayInput
            label={t(`organisation.dayOf.${values.type}`)}
            required
            value={values.on}
            onChange={(on) => set({ on })}
          />
        )}
        <ChangeDetails organisation={organisation} values={values} errors={fieldErrors(change.error)} onChange={set} />
        <Text size="sm" c="dimmed">
          {t(`organisation.effect.${values.type}`)}
        </Text>
        {change.isError && (
          <ProblemAlert error={change.error} shownAtFields={values.type === 'taxCode' ? ['/taxCode'] : []} />
        )}
        <Group>
          <Button type="submit" loading={change.isPending} disabled={values.on === ''}>
            {t('organisation.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function wishOf({ type, on, vi, en, agency, province, schemes, taxCode, number }: ChangeValues): ChangeWish {
  switch (type) {
    case 'rename':
      return { type, on, vi: vi.trim(), en: en.trim() };
    case 'move':
      return { type, on, parent: agency };
    case 'relocate':
      return { type, on, province };
    case 'mandate':
    case 'suspend':
      return { type, on, schemes };
    case 'accredit':
    case 'endAccreditation':
      return { type, on, number: number.trim() };
    case 'taxCode':
      return { type, taxCode: taxCode.trim() };
    default:
      return { type, on, successor: agency };
  }
}
