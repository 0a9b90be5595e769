import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { MeActor } from '../../../../schemas/types.d.ts';
import { createIdempotencyKey } from '../../api/idempotency-key.ts';
import { notify } from '../../ui/notify.ts';
import { OnlyFor } from '../../ui/only-for.tsx';
import { Page } from '../../ui/page.tsx';
import { useEnterProduct } from './api.ts';
import { mayEnter } from '../../api/may-enter.ts';
import { ProductForm } from './product-form.tsx';
import { emptyProduct, toProductInput } from './product-values.ts';
import { useProductForm } from './use-product-form.ts';

/** Enters a product: a supplier its own, certifier and operator anybody's. */
export function NewProductPage() {
  const { t } = useTranslation();
  return (
    <Page title={t('entry.newTitle')} lead={t('entry.newLead')}>
      <OnlyFor may={mayEnter} title={t('entry.whoEnters')}>
        {(actor) => <Entry key={actor.id} actor={actor} />}
      </OnlyFor>
    </Page>
  );
}

function Entry({ actor }: { actor: MeActor }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const form = useProductForm(emptyProduct(actor.role === 'supplier' ? actor.org : ''));
  const [key] = useState(createIdempotencyKey);
  const enter = useEnterProduct(({ id, listing }) => {
    notify(t(listing === 'unreviewed' ? 'entry.enteredUnreviewed' : 'entry.entered'));
    void navigate(`/products/${id}`);
  });
  const save = () =>
    enter.mutate(
      {
        input: toProductInput(
          form.values,
          form.attributes.map((attribute) => attribute.key),
        ),
        key,
      },
      { onError: form.refuse },
    );
  return (
    <ProductForm
      form={form}
      actor={actor}
      isBusy={enter.isPending}
      error={enter.error}
      submitText={t('entry.enter')}
      onSubmit={save}
    />
  );
}
