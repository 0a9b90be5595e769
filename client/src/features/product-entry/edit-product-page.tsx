import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import IconLock from '@tabler/icons-react/icons/IconLock';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import type { MeActor, Product } from '../../../../schemas/types.d.ts';
import { meQuery } from '../../api/me.ts';
import { groupsQuery } from '../../api/reference.ts';
import { productQuery } from '../../api/registry.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { Crumbs } from '../../ui/crumbs.tsx';
import { notify } from '../../ui/notify.ts';
import { Page } from '../../ui/page.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { SignInNote } from '../../ui/sign-in-note.tsx';
import { isCoveredQuery, useAmendProduct } from './api.ts';
import { mayChange } from '../../api/may-enter.ts';
import { ProductForm } from './product-form.tsx';
import { patchOf, toProductInput, valuesOf } from './product-values.ts';
import { useProductForm } from './use-product-form.ts';
import { Withdrawal } from './withdrawal.tsx';

/** Changes or withdraws a product. */
export function EditProductPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const { id = '' } = useParams();
  const product = useQuery(productQuery(id));
  const me = useQuery(meQuery);
  // The form compares what is sent with the group's attributes, so it waits for them.
  const groups = useQuery(groupsQuery);
  const name = product.data === undefined ? t('product.title') : format.text(product.data.name);
  return (
    <Page
      title={product.data === undefined ? t('entry.editTitle') : t('entry.editOf', { name })}
      above={<Crumbs above={{ to: `/products/${encodeURIComponent(id)}`, name }} />}
    >
      <QueryState query={me}>
        {({ actor, today }) => (
          <QueryState query={product}>
            {(found) =>
              mayChange(actor, found) ? (
                <QueryState query={groups}>
                  {() => (
                    <Stack gap={48}>
                      <Edit actor={actor} product={found} />
                      <Withdrawal product={found} today={today} />
                    </Stack>
                  )}
                </QueryState>
              ) : (
                <SignInNote icon={<IconLock />} title={t('entry.whoChanges')} />
              )
            }
          </QueryState>
        )}
      </QueryState>
    </Page>
  );
}

function Edit({ actor, product }: { actor: MeActor; product: Product }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  // What the form began with: what somebody else saved meanwhile is refused, not overwritten.
  const [begun] = useState(product);
  const form = useProductForm(valuesOf(begun));
  const amend = useAmendProduct(() => {
    notify(t('entry.changed'));
    void navigate(`/products/${product.id}`);
  });
  const { data: isCovered = false } = useQuery({ ...isCoveredQuery(product.id), enabled: actor.role === 'supplier' });
  const save = () => {
    const before = toProductInput(valuesOf(begun), Object.keys(begun.attributes ?? {}));
    const after = toProductInput(
      form.values,
      form.attributes.map(({ key }) => key),
    );
    const patch = patchOf(before, after);
    if (Object.keys(patch).length === 0) {
      notify(t('entry.nothingChanged'));
      return;
    }
    amend.mutate({ product: begun, patch }, { onError: form.refuse });
  };
  return (
    <ProductForm
      form={form}
      actor={actor}
      isLocked={isCovered && actor.role === 'supplier'}
      isBusy={amend.isPending}
      error={amend.error}
      submitText={t('entry.save')}
      onSubmit={save}
    />
  );
}
