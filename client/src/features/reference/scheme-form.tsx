import { Checkbox, NativeSelect, NumberInput, SimpleGrid, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import type { LabelScheme, LabelSchemeInput } from '../../../../schemas/types.d.ts';
import { DayInput } from '../../ui/day-input.tsx';
import { fieldErrors, shownPointers } from '../../ui/field-errors.ts';
import { localised } from '../../ui/localised.ts';
import { notify } from '../../ui/notify.ts';
import { usePutScheme } from './api.ts';
import { DatedChange } from './dated-change.tsx';

interface SchemeFormProps {
  scheme: LabelScheme;
  today: string;
  onDone: () => void;
}

const bases = [
  'statutory',
  'legacy-transitional',
  'statutory-preference',
  'equivalent-buyer-decides',
  'information-only',
] as const satisfies LabelScheme['basis'][];

/** What the law says of a label from a day on. */
export function SchemeForm({ scheme, today, onDone }: SchemeFormProps) {
  const { t } = useTranslation();
  const form = useForm({ initialValues: valuesOf(scheme, today) });
  const put = usePutScheme(() => {
    notify(t('reference.saved'));
    onDone();
  });
  const save = () =>
    put.mutate(
      { code: scheme.code, revision: scheme.revision, version: versionOf(form.values, scheme) },
      { onError: (error) => form.setErrors(fieldErrors(error)) },
    );
  const field = form.getInputProps;
  return (
    <DatedChange
      title={t('reference.changeOf', { name: scheme.name.vi })}
      isBusy={put.isPending}
      error={put.error}
      shownAtFields={shownPointers(put.error, form.values)}
      onSave={save}
      onCancel={onDone}
    >
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <DayInput label={t('reference.validFrom')} required {...field('validFrom')} />
        <NativeSelect
          label={t('reference.basisLabel')}
          data={bases.map((basis) => ({ value: basis, label: t(`reference.basis.${basis}`) }))}
          {...field('basis')}
        />
        <TextInput label={t('entry.nameVi')} required maxLength={1000} {...field('name.vi')} />
        <TextInput label={t('entry.nameEn')} maxLength={1000} {...field('name.en')} />
        <DayInput label={t('reference.from')} {...field('from')} />
        <DayInput label={t('reference.through')} description={t('reference.openHint')} {...field('through')} />
        <NumberInput
          label={t('reference.validityMonths')}
          description={t('reference.validityHint')}
          hideControls
          allowNegative={false}
          allowDecimal={false}
          {...field('validityMonths')}
        />
      </SimpleGrid>
      <Checkbox label={t('reference.canSuspend')} {...form.getInputProps('canSuspend', { type: 'checkbox' })} />
      <Textarea label={t('reference.plainVi')} required autosize minRows={2} {...field('plain.vi')} />
      <Textarea label={t('reference.plainEn')} autosize minRows={2} {...field('plain.en')} />
    </DatedChange>
  );
}

interface SchemeValues {
  validFrom: string;
  basis: LabelScheme['basis'];
  name: { vi: string; en: string };
  plain: { vi: string; en: string };
  from: string;
  through: string;
  validityMonths: number | string;
  canSuspend: boolean;
}

function valuesOf({ basis, name, plain, from, through, validityMonths, canSuspend }: LabelScheme, today: string) {
  const values: SchemeValues = {
    validFrom: today,
    basis,
    name: { vi: name.vi, en: name.en ?? '' },
    plain: { vi: plain.vi, en: plain.en ?? '' },
    from: from ?? '',
    through: through ?? '',
    validityMonths: validityMonths ?? '',
    canSuspend,
  };
  return values;
}

/** The whole version: what the form does not ask about stays as it is. */
function versionOf(values: SchemeValues, before: LabelScheme): LabelSchemeInput {
  const { owner, subject, levels, website, isoType, source } = before;
  const { validFrom, basis, name, plain, from, through, validityMonths, canSuspend } = values;
  return {
    validFrom,
    basis,
    name: localised(name),
    plain: localised(plain),
    owner,
    subject,
    levels,
    canSuspend,
    validityMonths: validityMonths === '' ? null : Number(validityMonths),
    ...(from !== '' && { from }),
    ...(through !== '' && { through }),
    ...(website !== undefined && { website }),
    ...(isoType !== undefined && { isoType }),
    ...(source !== undefined && { source }),
  };
}
