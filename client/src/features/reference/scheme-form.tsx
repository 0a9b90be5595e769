import { Checkbox, NativeSelect, NumberInput, SimpleGrid, TagsInput, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import type { LabelScheme } from '../../../../schemas/types.d.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { DayInput } from '../../ui/day-input.tsx';
import { fieldErrors, shownPointers } from '../../ui/field-errors.ts';
import { notify } from '../../ui/notify.ts';
import { isTaken, usePutScheme } from './api.ts';
import { DatedChange } from './dated-change.tsx';
import { bases, schemeValues, schemeVersion, subjects } from './scheme-values.ts';

interface SchemeFormProps {
  /** The label that changes; a new one without it. */
  scheme: LabelScheme | undefined;
  today: string;
  onDone: () => void;
}

const lists = ['levels'];

/** Enters a label, or what the law says of it from a day on. */
export function SchemeForm({ scheme, today, onDone }: SchemeFormProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const form = useForm({ initialValues: schemeValues(scheme, today) });
  const put = usePutScheme(() => {
    notify(t('reference.saved'));
    onDone();
  });
  const save = () =>
    put.mutate(
      { code: form.values.code.trim(), revision: scheme?.revision ?? 0, version: schemeVersion(form.values, scheme) },
      {
        onError: (error) =>
          form.setErrors(isTaken(error, scheme) ? { code: t('reference.codeTaken') } : fieldErrors(error, lists)),
      },
    );
  const field = form.getInputProps;
  return (
    <DatedChange
      title={
        scheme === undefined ? t('reference.newScheme') : t('reference.changeOf', { name: format.text(scheme.name) })
      }
      isBusy={put.isPending}
      error={isTaken(put.error, scheme) ? null : put.error}
      shownAtFields={shownPointers(put.error, form.values, lists)}
      onSave={save}
      onCancel={onDone}
    >
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <TextInput
          label={t('edition.code')}
          description={t('reference.codeHint')}
          required
          maxLength={64}
          disabled={scheme !== undefined}
          {...field('code')}
        />
        <DayInput label={t('reference.validFrom')} required {...field('validFrom')} />
        <TextInput label={t('entry.nameVi')} required maxLength={1000} {...field('name.vi')} />
        <TextInput label={t('entry.nameEn')} maxLength={1000} {...field('name.en')} />
        <TextInput label={t('reference.owner')} required maxLength={1000} {...field('owner.vi')} />
        <TextInput label={t('reference.ownerEn')} maxLength={1000} {...field('owner.en')} />
        <NativeSelect
          label={t('reference.basisLabel')}
          data={bases.map((basis) => ({ value: basis, label: t(`reference.basis.${basis}`) }))}
          {...field('basis')}
        />
        <NativeSelect
          label={t('reference.subject')}
          data={subjects.map((subject) => ({ value: subject, label: t(`reference.subjectOf.${subject}`) }))}
          {...field('subject')}
        />
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
        <TagsInput
          label={t('reference.levels')}
          description={t('reference.levelsHint')}
          acceptValueOnBlur
          maxTags={20}
          {...field('levels')}
        />
        <TextInput label={t('reference.website')} type="url" maxLength={300} {...field('website')} />
      </SimpleGrid>
      <MandateEnd field={field} isEnd={form.values.whenMandateEnds === 'end'} />
      <Checkbox label={t('reference.canSuspend')} {...form.getInputProps('canSuspend', { type: 'checkbox' })} />
      <Textarea label={t('reference.plainVi')} required autosize minRows={2} {...field('plain.vi')} />
      <Textarea label={t('reference.plainEn')} autosize minRows={2} {...field('plain.en')} />
    </DatedChange>
  );
}

interface MandateEndProps {
  field: (name: 'whenMandateEnds' | 'afterDays') => object;
  isEnd: boolean;
}

/** What becomes of certificates when the accreditation of their body ends. */
function MandateEnd({ field, isEnd }: MandateEndProps) {
  const { t } = useTranslation();
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }}>
      <NativeSelect
        label={t('reference.whenMandateEnds')}
        data={(['', 'stay', 'end'] as const).map((value) => ({
          value,
          label: t(`reference.mandateEnd.${value === '' ? 'unsaid' : value}`),
        }))}
        {...field('whenMandateEnds')}
      />
      {isEnd && (
        <NumberInput
          label={t('reference.afterDays')}
          hideControls
          allowNegative={false}
          allowDecimal={false}
          max={3650}
          {...field('afterDays')}
        />
      )}
    </SimpleGrid>
  );
}
