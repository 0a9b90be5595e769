import { Alert, Anchor } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ApiProblem } from '../../api/client.ts';
import { productQuery } from '../../api/registry.ts';
import { useFormat } from '../../i18n/use-format.ts';

/** The product that has the model already, and the way to it. */
export function ExistingProduct({ error }: { error: unknown }) {
  const { t } = useTranslation();
  const format = useFormat();
  const id = error instanceof ApiProblem && error.code === 'PRODUCT_EXISTS' ? (error.existing ?? '') : '';
  const { data: product } = useQuery({ ...productQuery(id), enabled: id !== '' });
  if (id === '') return null;
  return (
    <Alert color="amber" variant="light" title={t('entry.exists')}>
      {t('entry.existsWhy')}{' '}
      <Anchor component={Link} to={`/products/${id}`} inherit fw={600} underline="always">
        {product === undefined ? id : format.text(product.name)}
      </Anchor>
    </Alert>
  );
}
