import { SimpleGrid, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { DayInput } from '../../ui/day-input.tsx';
import type { DraftForm } from './use-draft-form.ts';

/** What stands on top of an edition: its names, its document, the day it starts. */
export function DraftHead({ form }: { form: DraftForm }) {
  const { t } = useTranslation();
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
      <TextInput label={t('edition.titleVi')} required maxLength={300} {...form.getInputProps('title.vi')} />
      <TextInput label={t('edition.titleEn')} maxLength={300} {...form.getInputProps('title.en')} />
      <TextInput
        label={t('edition.legalBasis')}
        description={t('edition.legalBasisHint')}
        required
        maxLength={500}
        {...form.getInputProps('legalBasis')}
      />
      <DayInput
        label={t('edition.effectiveFrom')}
        description={t('edition.effectiveFromHint')}
        required
        {...form.getInputProps('effectiveFrom')}
      />
    </SimpleGrid>
  );
}
