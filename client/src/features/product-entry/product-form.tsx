import { Alert, Button, Group, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { MeActor } from '../../../../schemas/types.d.ts';
import { AttributeFields } from '../../ui/attribute-fields.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { FormPart } from '../../ui/form-part.tsx';
import { ExistingProduct } from './existing-product.tsx';
import { IdentityFields, WhatFields } from './identity-fields.tsx';
import { OfferFields } from './offer-fields.tsx';
import { attributeErrors, productPointers } from './product-problems.ts';
import { ResponsibleFields } from './responsible-fields.tsx';
import type { ProductFormState } from './use-product-form.ts';

interface ProductFormProps {
  form: ProductFormState;
  actor: MeActor;
  /** A certificate covers the product, and the supplier no longer changes what it is known by. */
  isLocked?: boolean;
  isBusy: boolean;
  error: unknown;
  submitText: string;
  onSubmit: () => void;
}

/** A product or service: what it is, what it is known by, who answers for it and what it is offered at. */
export function ProductForm({ form, actor, isLocked = false, isBusy, error, submitText, onSubmit }: ProductFormProps) {
  const { t } = useTranslation();
  return (
    <form onSubmit={form.onSubmit(onSubmit)}>
      <Stack gap="xl" maw={860}>
        {isLocked && (
          <Alert color="water" variant="light">
            {t('entry.locked')}
          </Alert>
        )}
        <FormPart title={t('entry.what')}>
          <WhatFields form={form} isLocked={isLocked} />
        </FormPart>
        <FormPart title={t('entry.identity')} hint={t('entry.identityHint')}>
          <IdentityFields form={form} isLocked={isLocked} />
        </FormPart>
        {form.attributes.length > 0 && (
          <FormPart title={t('entry.attributes')} hint={t('entry.attributesHint')}>
            <AttributeFields
              attributes={form.attributes}
              values={form.values.attributes}
              errors={attributeErrors(form.errors)}
              onChange={(attributes) => form.setFieldValue('attributes', attributes)}
            />
          </FormPart>
        )}
        <FormPart title={t('entry.responsible')}>
          <ResponsibleFields form={form} actor={actor} isLocked={isLocked} />
        </FormPart>
        <FormPart title={t('entry.offer')}>
          <OfferFields form={form} />
        </FormPart>
        <ExistingProduct error={error} />
        {error !== null && <ProblemAlert error={error} shownAtFields={productPointers(error, form.values)} />}
        <Group>
          <Button type="submit" size="md" loading={isBusy}>
            {submitText}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
