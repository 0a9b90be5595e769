import { MultiSelect } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Product } from '../../../schemas/types.d.ts';
import { holdersProductsQuery, productQuery, unreviewedOfQuery } from '../api/registry.ts';
import { useFormat } from '../i18n/use-format.ts';

interface ProductsPickerProps {
  label: string;
  description?: string;
  /** Whose products are offered, those included that wait for acceptance; others are found by typing. */
  holder: string;
  value: string[];
  onChange: (ids: string[]) => void;
  error: ReactNode;
  'data-path'?: string;
}

type Offered = Pick<Product, 'id' | 'name' | 'brand' | 'model'>;

/** Models, chosen by name. */
export function ProductsPicker({ holder, value, ...props }: ProductsPickerProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [typed, setTyped] = useState('');
  const [q] = useDebouncedValue(typed, 250);
  const chosen = useQueries({ queries: value.map((id) => productQuery(id)) });
  const { data: found } = useQuery({
    ...holdersProductsQuery(q === '' ? holder : '', q),
    placeholderData: keepPreviousData,
  });
  const { data: waiting = [] } = useQuery(unreviewedOfQuery(holder));
  const products: Offered[] = [...chosen.flatMap(({ data }) => data ?? []), ...(found?.items ?? []), ...waiting];
  const labels = new Map(products.map((product) => [product.id, nameOf(product, format.text)]));
  return (
    <MultiSelect
      searchable
      required
      limit={50}
      hidePickedOptions
      nothingFoundMessage={t('state.nothing')}
      searchValue={typed}
      onSearchChange={setTyped}
      {...props}
      value={value}
      data={[...new Set([...value, ...labels.keys()])].map((id) => ({ value: id, label: labels.get(id) ?? id }))}
    />
  );
}

function nameOf({ name, brand, model }: Offered, text: (name: Product['name']) => string): string {
  const more = [brand, model].filter(Boolean).join(' ');
  return more === '' ? text(name) : `${text(name)} · ${more}`;
}
