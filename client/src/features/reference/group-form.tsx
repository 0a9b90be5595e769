import { NativeSelect, SimpleGrid, TagsInput, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ProductGroup } from '../../../../schemas/types.d.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { DayInput } from '../../ui/day-input.tsx';
import { fieldErrors, shownPointers } from '../../ui/field-errors.ts';
import { notify } from '../../ui/notify.ts';
import { isTaken, usePutGroup } from './api.ts';
import { AttributesEditor } from './attributes-editor.tsx';
import { DatedChange } from './dated-change.tsx';
import { groupVersion } from './group-values.ts';
import { useGroupForm } from './use-group-form.ts';
import type { GroupFormState } from './use-group-form.ts';

interface GroupFormProps {
  /** The group that changes; a new one without it. */
  group: ProductGroup | undefined;
  /** Every group that is there: their families and attributes are offered. */
  groups: readonly ProductGroup[];
  today: string;
  onDone: () => void;
}

/** Enters a product group, or what it is called, counted in, found and compared by from a day on. */
export function GroupForm({ group, groups, today, onDone }: GroupFormProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const form = useGroupForm(group, today);
  const families = new Map(groups.map(({ family }) => [family.code, family]));
  const lists = ['synonyms', 'cpv', ...form.values.attributes.map((_, at) => `attributes.${at}.codes`)];
  const put = usePutGroup(() => {
    notify(t('reference.saved'));
    onDone();
  });
  const save = () => {
    const version = groupVersion(form.values, families, group);
    put.mutate(
      { code: form.values.code.trim(), revision: group?.revision ?? 0, version },
      {
        onError: (error) =>
          form.setErrors(isTaken(error, group) ? { code: t('reference.codeTaken') } : fieldErrors(error, lists)),
      },
    );
  };
  const field = form.getInputProps;
  return (
    <DatedChange
      title={group === undefined ? t('reference.newGroup') : t('reference.changeOf', { name: format.text(group.name) })}
      isBusy={put.isPending}
      error={isTaken(put.error, group) ? null : put.error}
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
          disabled={group !== undefined}
          {...field('code')}
        />
        <DayInput label={t('reference.validFrom')} required {...field('validFrom')} />
        <TextInput label={t('entry.nameVi')} required maxLength={1000} {...field('name.vi')} />
        <TextInput label={t('entry.nameEn')} maxLength={1000} {...field('name.en')} />
        <NativeSelect
          label={t('reference.family')}
          data={[
            { value: '', label: t('reference.newFamily') },
            ...[...families.values()].map(({ code, name }) => ({ value: code, label: format.text(name) })),
          ]}
          {...field('chosenFamily')}
        />
        <TextInput
          label={t('reference.baseUnit')}
          description={t('reference.baseUnitHint')}
          required
          maxLength={10}
          {...field('baseUnit')}
        />
      </SimpleGrid>
      {form.values.chosenFamily === '' && <NewFamily form={form} />}
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <TagsInput
          label={t('reference.synonyms')}
          description={t('reference.synonymsHint')}
          acceptValueOnBlur
          {...field('synonyms')}
        />
        <TagsInput label={t('product.cpv')} description={t('reference.cpvHint')} acceptValueOnBlur {...field('cpv')} />
      </SimpleGrid>
      <Textarea
        label={t('reference.adviceVi')}
        description={t('reference.adviceHint')}
        autosize
        minRows={2}
        {...field('advice.vi')}
      />
      <Textarea label={t('reference.adviceEn')} autosize minRows={2} {...field('advice.en')} />
      <AttributesEditor form={form} groups={groups} />
    </DatedChange>
  );
}

function NewFamily({ form }: { form: GroupFormState }) {
  const { t } = useTranslation();
  return (
    <SimpleGrid cols={{ base: 1, sm: 3 }}>
      <TextInput label={t('reference.familyCode')} required maxLength={64} {...form.getInputProps('family.code')} />
      <TextInput label={t('reference.familyVi')} required maxLength={1000} {...form.getInputProps('family.name.vi')} />
      <TextInput label={t('reference.familyEn')} maxLength={1000} {...form.getInputProps('family.name.en')} />
    </SimpleGrid>
  );
}
