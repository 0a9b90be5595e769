import { SimpleGrid, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import type { CriteriaDocument, CriteriaDocumentInput } from '../../../../schemas/types.d.ts';
import { DayInput } from '../../ui/day-input.tsx';
import { fieldErrors, shownPointers } from '../../ui/field-errors.ts';
import { localised, typedText } from '../../ui/localised.ts';
import type { TypedText } from '../../ui/localised.ts';
import { notify } from '../../ui/notify.ts';
import { isTaken, usePutCriterion } from './api.ts';
import { DatedChange } from './dated-change.tsx';
import { GroupPicker } from './group-picker.tsx';
import { SchemePicker } from './scheme-picker.tsx';

interface CriterionFormProps {
  /** The document that changes; a new one without it. */
  criterion: CriteriaDocument | undefined;
  today: string;
  onDone: () => void;
}

const lists = ['groups'];

/** Enters a criteria document, or what it says from a day on: its groups, its days, the day on which its certificates end. */
export function CriterionForm({ criterion, today, onDone }: CriterionFormProps) {
  const { t } = useTranslation();
  const form = useForm({ initialValues: valuesOf(criterion, today) });
  const put = usePutCriterion(() => {
    notify(t('reference.saved'));
    onDone();
  });
  const save = () =>
    put.mutate(
      { code: form.values.code.trim(), revision: criterion?.revision ?? 0, version: versionOf(form.values, criterion) },
      {
        onError: (error) =>
          form.setErrors(isTaken(error, criterion) ? { code: t('reference.codeTaken') } : fieldErrors(error, lists)),
      },
    );
  const field = form.getInputProps;
  return (
    <DatedChange
      title={criterion === undefined ? t('criterion.new') : t('reference.changeOf', { name: criterion.code })}
      isBusy={put.isPending}
      error={isTaken(put.error, criterion) ? null : put.error}
      shownAtFields={shownPointers(put.error, form.values, lists)}
      onSave={save}
      onCancel={onDone}
    >
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <TextInput
          label={t('criterion.code')}
          placeholder="NSTVN 01:2026"
          required
          maxLength={40}
          disabled={criterion !== undefined}
          {...field('code')}
        />
        <DayInput label={t('reference.validFrom')} required {...field('validFrom')} />
        <TextInput label={t('entry.nameVi')} required maxLength={1000} {...field('name.vi')} />
        <TextInput label={t('entry.nameEn')} maxLength={1000} {...field('name.en')} />
      </SimpleGrid>
      <SchemePicker
        value={form.values.scheme}
        onChange={(code) => form.setFieldValue('scheme', code)}
        error={form.errors['scheme']}
      />
      <GroupPicker
        value={form.values.groups}
        onChange={(groups) => form.setFieldValue('groups', groups)}
        error={form.errors['groups']}
      />
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <TextInput label={t('criterion.decision')} maxLength={200} {...field('decision')} />
        <DayInput label={t('criterion.from')} {...field('from')} />
        <DayInput label={t('criterion.through')} description={t('reference.openHint')} {...field('through')} />
        <DayInput
          label={t('criterion.certificatesEndOn')}
          description={t('criterion.certificatesEndOnHint')}
          {...field('certificatesEndOn')}
        />
      </SimpleGrid>
    </DatedChange>
  );
}

interface CriterionValues {
  code: string;
  validFrom: string;
  name: TypedText;
  scheme: string;
  groups: string[];
  decision: string;
  from: string;
  through: string;
  certificatesEndOn: string;
}

function valuesOf(criterion: CriteriaDocument | undefined, today: string): CriterionValues {
  return {
    code: criterion?.code ?? '',
    validFrom: today,
    name: typedText(criterion?.name),
    scheme: criterion?.scheme ?? '',
    groups: criterion?.groups ?? [],
    decision: criterion?.decision ?? '',
    from: criterion?.from ?? '',
    through: criterion?.through ?? '',
    certificatesEndOn: criterion?.certificatesEndOn ?? '',
  };
}

/** The whole version: what the form does not ask about stays as it is. */
function versionOf(values: CriterionValues, before: CriteriaDocument | undefined): CriteriaDocumentInput {
  const { validFrom, scheme, groups, name, decision } = values;
  const days = ['from', 'through', 'certificatesEndOn'] as const;
  return {
    validFrom,
    scheme,
    groups,
    name: localised(name),
    ...(decision.trim() !== '' && { decision: decision.trim() }),
    ...Object.fromEntries(days.filter((day) => values[day] !== '').map((day) => [day, values[day]])),
    ...(before?.status !== undefined && { status: before.status }),
    ...(before?.source !== undefined && { source: before.source }),
  };
}
