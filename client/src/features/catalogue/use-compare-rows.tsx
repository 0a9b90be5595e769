import { Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { GroupAttribute, Product, ProductGroup, ProductLabel } from '../../../../schemas/types.d.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { LabelLine } from '../../ui/label-line.tsx';
import { GroupName, OrganisationName } from '../../ui/names.tsx';
import { useAttributeText } from '../../ui/use-attribute-text.ts';

/** A product with its labels of today. */
export interface Compared {
  product: Product;
  labels: ProductLabel[];
}

/** One fact of every product; an absent node is a fact that the register does not have. */
export interface CompareRow {
  key: string;
  name: string;
  cells: { id: string; node: ReactNode }[];
  /** Whether the products are not all alike in it. */
  differs: boolean;
}

/** What a cell says, and by what it is told from the others where that is not its text. */
interface Cell {
  same: string;
  node?: ReactNode;
}

/** Every fact that at least one of the products has, row by row. */
export function useCompareRows(compared: Compared[], groups: ProductGroup[]): CompareRow[] {
  const { t } = useTranslation();
  const format = useFormat();
  const attributeText = useAttributeText();
  const row = (key: string, name: string, cellOf: (compared: Compared) => Cell): CompareRow[] => {
    const cells = compared.map((one) => ({ id: one.product.id, ...cellOf(one) }));
    if (cells.every(({ same }) => same === '')) return [];
    const differs = new Set(cells.map(({ same }) => same)).size > 1;
    return [
      {
        key,
        name,
        cells: cells.map(({ id, same, node }) => ({ id, node: same === '' ? null : (node ?? same) })),
        differs,
      },
    ];
  };
  const attributes = attributesOf(compared, groups);
  return [
    ...row('labels', t('compare.labels'), ({ labels }) => labelsCell(labels, t('label.noneValid'))),
    ...row('group', t('product.group'), ({ product: { group } }) => ({
      same: group,
      node: <GroupName code={group} />,
    })),
    ...row('supplier', t('product.supplier'), ({ product: { supplier } }) => ({
      same: supplier,
      node: <OrganisationName code={supplier} />,
    })),
    ...row('brand', t('product.brand'), ({ product }) => ({ same: product.brand ?? '' })),
    ...row('model', t('product.model'), ({ product }) => ({ same: product.model ?? '' })),
    ...attributes.flatMap((attribute) =>
      row(attribute.key, format.text(attribute.name), ({ product }) => {
        const value = product.attributes?.[attribute.key];
        return { same: value === undefined ? '' : String(value), node: attributeText(attribute, product) };
      }),
    ),
    ...row('description', t('compare.description'), ({ product }) => ({
      same: product.description ? format.text(product.description) : '',
    })),
  ];
}

/** The attributes of the products' groups in their order, each once. */
function attributesOf(compared: Compared[], groups: ProductGroup[]): GroupAttribute[] {
  const own = new Set(compared.map(({ product }) => product.group));
  const all = groups.filter(({ code }) => own.has(code)).flatMap(({ attributes = [] }) => attributes);
  return [...new Map(all.map((attribute) => [attribute.key, attribute])).values()];
}

function labelsCell(labels: ProductLabel[], none: string): Cell {
  const valid = labels.filter((label) => label.valid);
  const same = valid
    .map(({ scheme, level, tier }) => [scheme, level, tier].join(' '))
    .sort()
    .join(', ');
  if (valid.length === 0)
    return {
      same: 'none',
      node: (
        <Text c="dimmed" size="sm">
          {none}
        </Text>
      ),
    };
  return {
    same,
    node: (
      <Stack gap={6}>
        {valid.map((label) => (
          <LabelLine key={label.certificate} label={label} />
        ))}
      </Stack>
    ),
  };
}
