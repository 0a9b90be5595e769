import { Button, Group, Stack, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LineCorrection as Correction, Purchase, PurchaseLine } from '../../../../schemas/types.d.ts';
import { createIdempotencyKey } from '../../api/idempotency-key.ts';
import { fieldErrors, shownPointers } from '../../ui/field-errors.ts';
import { notify } from '../../ui/notify.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { useCorrectionPreview, useCorrectPurchase } from './api.ts';
import { CorrectionEffect } from './correction-effect.tsx';
import { lineFrom, toLineInput } from './form-values.ts';
import type { LineValues } from './form-values.ts';
import { LineFields } from './line-fields.tsx';

interface LineCorrectionProps {
  line: PurchaseLine;
  purchase: Purchase;
  onDone: () => void;
}

interface CorrectionValues {
  reason: string;
  lines: [LineValues];
}

/** Replaces a line: first its new decision and the effect on the sum, then the record. */
export function LineCorrection({ line, purchase, onDone }: LineCorrectionProps) {
  const { t } = useTranslation();
  const form = useForm<CorrectionValues>({ initialValues: { reason: '', lines: [lineFrom(line)] } });
  const [key] = useState(createIdempotencyKey);
  const preview = useCorrectionPreview(purchase.id);
  const correct = useCorrectPurchase(purchase.id);
  const takeErrors = (error: Error) => form.setErrors(fieldErrors(error));
  const decide = (values: CorrectionValues) =>
    preview.mutate(toCorrection(values, line.lineNo), { onError: takeErrors });
  const save = () =>
    correct.mutate(
      { correction: toCorrection(form.values, line.lineNo), key },
      {
        onSuccess: () => {
          notify(t('correction.recorded'));
          onDone();
        },
        onError: (error) => {
          takeErrors(error);
          preview.reset();
        },
      },
    );
  const error = correct.error ?? preview.error;
  const decided = preview.data?.lines.at(-1);
  return (
    <form onSubmit={form.onSubmit(decide)} className="xanh-correction">
      <Stack>
        {decided === undefined ? (
          <>
            <LineFields line={form.values.lines[0]} field={(name) => form.getInputProps(`lines.0.${name}`)} />
            <Textarea
              label={t('correction.reason')}
              required
              maxLength={1000}
              autosize
              {...form.getInputProps('reason')}
            />
            {error !== null && <ProblemAlert error={error} shownAtFields={shownPointers(error, form.values)} />}
            <Group>
              <Button type="submit" loading={preview.isPending}>
                {t('correction.toPreview')}
              </Button>
              <Button variant="default" onClick={onDone}>
                {t('state.cancel')}
              </Button>
            </Group>
          </>
        ) : (
          <CorrectionEffect
            purchase={purchase}
            line={line}
            replacement={decided}
            isBusy={correct.isPending}
            onBack={() => preview.reset()}
            onSave={save}
          />
        )}
      </Stack>
    </form>
  );
}

function toCorrection({ reason, lines }: CorrectionValues, corrects: number): Correction {
  return { reason: reason.trim(), lines: lines.map((one) => ({ corrects, ...toLineInput(one) })) };
}
