import { SimpleGrid, TagsInput, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import type { ProductGroup, ProductGroupInput } from '../../../../schemas/types.d.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { DayInput } from '../../ui/day-input.tsx';
import { fieldErrors, shownPointers } from '../../ui/field-errors.ts';
import { localised } from '../../ui/localised.ts';
import { notify } from '../../ui/notify.ts';
import { usePutGroup } from './api.ts';
import { DatedChange } from './dated-change.tsx';

interface GroupFormProps {
  group: ProductGroup;
  today: string;
  onDone: () => void;
}

/** What a product group is called, counted in and found by from a day on. */
export function GroupForm({ group, today, onDone }: GroupFormProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { code, name, family, synonyms, baseUnit, cpv, attributes, advice, source, revision } = group;
  const form = useForm({
    initialValues: {
      validFrom: today,
      name: { vi: name.vi, en: name.en ?? '' },
      baseUnit,
      synonyms,
      cpv: [...(cpv ?? [])],
      advice: { vi: advice?.vi ?? '', en: advice?.en ?? '' },
    },
  });
  const put = usePutGroup(() => {
    notify(t('reference.saved'));
    onDone();
  });
  const save = () => {
    const { validFrom, name: typed, baseUnit: unit, synonyms: also, cpv: codes, advice: told } = form.values;
    const version: ProductGroupInput = {
      validFrom,
      name: localised(typed),
      family,
      baseUnit: unit.trim(),
      synonyms: also,
      ...(codes.length > 0 && { cpv: codes }),
      ...(attributes !== undefined && { attributes }),
      ...(told.vi.trim() !== '' && { advice: localised(told) }),
      ...(source !== undefined && { source }),
    };
    put.mutate({ code, revision, version }, { onError: (error) => form.setErrors(fieldErrors(error)) });
  };
  const field = form.getInputProps;
  return (
    <DatedChange
      title={t('reference.changeOf', { name: format.text(name) })}
      isBusy={put.isPending}
      error={put.error}
      shownAtFields={shownPointers(put.error, form.values)}
      onSave={save}
      onCancel={onDone}
    >
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <DayInput label={t('reference.validFrom')} required {...field('validFrom')} />
        <TextInput
          label={t('reference.baseUnit')}
          description={t('reference.baseUnitHint')}
          required
          maxLength={10}
          {...field('baseUnit')}
        />
        <TextInput label={t('entry.nameVi')} required maxLength={1000} {...field('name.vi')} />
        <TextInput label={t('entry.nameEn')} maxLength={1000} {...field('name.en')} />
        <TagsInput
          label={t('reference.synonyms')}
          description={t('reference.synonymsHint')}
          acceptValueOnBlur
          {...field('synonyms')}
        />
        <TagsInput label={t('product.cpv')} acceptValueOnBlur {...field('cpv')} />
      </SimpleGrid>
      <Textarea
        label={t('reference.adviceVi')}
        description={t('reference.adviceHint')}
        autosize
        minRows={2}
        {...field('advice.vi')}
      />
      <Textarea label={t('reference.adviceEn')} autosize minRows={2} {...field('advice.en')} />
    </DatedChange>
  );
}
