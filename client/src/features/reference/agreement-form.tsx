import { SimpleGrid, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecognitionAgreement } from '../../../../schemas/types.d.ts';
import { createIdempotencyKey } from '../../api/idempotency-key.ts';
import { DayInput } from '../../ui/day-input.tsx';
import { fieldErrors, shownPointers } from '../../ui/field-errors.ts';
import { notify } from '../../ui/notify.ts';
import { useAgree, usePutAgreement } from './api.ts';
import { DatedChange } from './dated-change.tsx';
import { GroupPicker } from './group-picker.tsx';
import { SchemePicker } from './scheme-picker.tsx';

interface AgreementFormProps {
  /** The agreement that changes; a new one without it. */
  agreement: RecognitionAgreement | undefined;
  today: string;
  onDone: () => void;
}

const lists = ['groups'];

/** Enters an agreement, or what it says from a day on. */
export function AgreementForm({ agreement, today, onDone }: AgreementFormProps) {
  const { t } = useTranslation();
  const [key] = useState(createIdempotencyKey);
  const form = useForm({
    initialValues: {
      validFrom: today,
      scheme: agreement?.scheme ?? '',
      groups: agreement?.groups ?? [],
      from: agreement?.from ?? '',
      through: agreement?.through ?? '',
      document: agreement?.document ?? '',
    },
  });
  const done = () => {
    notify(t('reference.saved'));
    onDone();
  };
  const agree = useAgree(done);
  const put = usePutAgreement(done);
  const error = agree.error ?? put.error;
  const save = () => {
    const { validFrom, through, ...said } = form.values;
    const input = { ...said, ...(through !== '' && { through }) };
    const onError = (refusal: unknown) => form.setErrors(fieldErrors(refusal, lists));
    if (agreement === undefined) agree.mutate({ input, key }, { onError });
    else {
      const { code, revision } = agreement;
      put.mutate({ code, revision, version: { ...input, validFrom } }, { onError });
    }
  };
  return (
    <DatedChange
      title={agreement === undefined ? t('agreement.new') : t('reference.changeOf', { name: agreement.code })}
      isBusy={agree.isPending || put.isPending}
      error={error}
      shownAtFields={shownPointers(error, form.values, lists)}
      onSave={save}
      onCancel={onDone}
    >
      {agreement !== undefined && (
        <DayInput label={t('reference.validFrom')} required maw={280} {...form.getInputProps('validFrom')} />
      )}
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
        <DayInput label={t('agreement.from')} required {...form.getInputProps('from')} />
        <DayInput
          label={t('agreement.through')}
          description={t('reference.openHint')}
          {...form.getInputProps('through')}
        />
      </SimpleGrid>
      <Textarea
        label={t('agreement.document')}
        description={t('agreement.documentHint')}
        required
        autosize
        minRows={2}
        maxLength={500}
        {...form.getInputProps('document')}
      />
    </DatedChange>
  );
}
