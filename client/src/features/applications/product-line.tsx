import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { productQuery } from '../../api/registry.ts';
import { useFormat } from '../../i18n/use-format.ts';

/** The first product by its name, and how many more there are. */
export function ProductLine({ products }: { products: string[] | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [first = ''] = products ?? [];
  const { data } = useQuery({ ...productQuery(first), enabled: first !== '' });
  if (first === '') return <>{t('application.noProduct')}</>;
  const name = data === undefined ? '…' : format.text(data.name);
  return <>{products?.length === 1 ? name : t('application.andMore', { name, count: (products?.length ?? 0) - 1 })}</>;
}
