import { Stepper, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { Me, MeActor, Purchase, PurchaseInput } from '../../../../schemas/types.d.ts';
import { createIdempotencyKey } from '../../api/idempotency-key.ts';
import { groupsQuery } from '../../api/reference.ts';
import { clearBasket } from '../../ui/basket.ts';
import { fieldErrors } from '../../ui/field-errors.ts';
import { notify } from '../../ui/notify.ts';
import { OnlyFor } from '../../ui/only-for.tsx';
import { Page } from '../../ui/page.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { usePreview, useRecordPurchase } from './api.ts';
import { toPurchaseInput } from './form-values.ts';
import type { PurchaseValues } from './form-values.ts';
import type { TypedExemption } from './missing-reason.tsx';
import { PurchaseForm } from './purchase-form.tsx';
import { PurchasePreview } from './purchase-preview.tsx';
import { usePurchaseForm } from './use-purchase-form.ts';

/** Basket, form, decisions, record. */
export function PurchaseNewPage() {
  const { t } = useTranslation();
  const groups = useQuery(groupsQuery);
  return (
    <Page title={t('purchase.newTitle')} lead={t('purchase.newLead')}>
      <OnlyFor may={({ role }) => role === 'officer'} title={t('purchase.officersOnly')}>
        {(actor, today) => (
          <QueryState query={groups}>{() => <Entry key={actor.id} actor={actor} today={today} />}</QueryState>
        )}
      </OnlyFor>
    </Page>
  );
}

/** A decided purchase that waits for its yes, under the key that it will be sent with. */
interface Decided {
  input: PurchaseInput;
  preview: Purchase;
  key: string;
}

function Entry({ actor, today }: { actor: MeActor; today: Me['today'] }) {
  const { t } = useTranslation();
  const form = usePurchaseForm(actor, today);
  const [decided, setDecided] = useState<Decided>();
  const preview = usePreview();
  const record = useRecordPurchase();
  const navigate = useNavigate();
  const decide = (values: PurchaseValues) => {
    const input = toPurchaseInput(values);
    preview.mutate(input, {
      onSuccess: (answer) => setDecided({ input, preview: answer, key: createIdempotencyKey() }),
      onError: (error) => form.setErrors(fieldErrors(error)),
    });
  };
  const exempt = (at: number, exemption: TypedExemption) => {
    const values = form.getValues();
    const lines = values.lines.map((line, index) => (index === at ? { ...line, exemption } : line));
    form.setValues({ lines });
    decide({ ...values, lines });
  };
  const save = ({ input, key }: Decided) =>
    record.mutate(
      { input, key },
      {
        onSuccess: ({ id, reference }) => {
          clearBasket();
          notify(t('purchase.recorded', { reference }));
          void navigate(`/purchases/${id}`);
        },
      },
    );
  return (
    <>
      <Stepper
        active={decided === undefined ? 0 : 1}
        size="sm"
        mb="xl"
        maw={560}
        allowNextStepsSelect={false}
        className="xanh-steps"
      >
        <Stepper.Step label={t('purchase.step.enter')} onClick={() => setDecided(undefined)} />
        <Stepper.Step label={t('purchase.step.check')} allowStepSelect={false} />
      </Stepper>
      {decided === undefined ? (
        <PurchaseForm
          form={form}
          root={actor.org}
          today={today}
          isBusy={preview.isPending}
          error={preview.error}
          onPreview={decide}
        />
      ) : (
        <PurchasePreview
          preview={decided.preview}
          isBusy={record.isPending || preview.isPending}
          error={record.error ?? preview.error}
          onExempt={exempt}
          onBack={() => setDecided(undefined)}
          onSave={() => save(decided)}
        />
      )}
      <Text size="sm" c="dimmed" mt="xl" maw={680}>
        {t('purchase.note')}
      </Text>
    </>
  );
}
