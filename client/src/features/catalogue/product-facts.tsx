import { Paper, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Product } from '../../../../schemas/types.d.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { groupsQuery } from '../../api/reference.ts';
import { AddToBasket } from '../../ui/add-to-basket.tsx';
import { CompareButton } from '../../ui/compare-button.tsx';
import { Facts } from '../../ui/facts.tsx';
import { GroupName, OrganisationLink } from '../../ui/names.tsx';
import { TradeFacts } from './trade-facts.tsx';
import { useAttributeText } from '../../ui/use-attribute-text.ts';

/** What the product is, and the way into the basket. */
export function ProductFacts({ product }: { product: Product }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { withdrawal } = product;
  const attributes = useAttributeFacts(product);
  return (
    <Paper p={{ base: 'md', sm: 'lg' }}>
      <Stack gap="md">
        {product.description !== undefined && <Text>{format.text(product.description)}</Text>}
        <Facts
          className="xanh-facts xanh-facts-narrow"
          items={[
            { name: t('product.group'), value: <GroupName code={product.group} /> },
            { name: t('product.supplier'), value: <OrganisationLink code={product.supplier} /> },
            product.brand !== undefined && { name: t('product.brand'), value: product.brand },
            product.model !== undefined && { name: t('product.model'), value: product.model },
            product.aliases.length > 0 && { name: t('product.aliases'), value: product.aliases.join(', ') },
            product.series !== undefined && { name: t('product.series'), value: product.series },
            ...attributes,
            withdrawal !== undefined && {
              name: t('product.withdrawnFrom', { day: format.day(withdrawal.on) }),
              value: withdrawal.reason,
            },
          ]}
        />
        <TradeFacts product={product} />
        <AddToBasket
          fullWidth
          item={{
            product: product.id,
            name: product.name,
            brand: product.brand,
            model: product.model,
            group: product.group,
            supplier: product.supplier,
          }}
        />
        <CompareButton fullWidth product={product} />
      </Stack>
    </Paper>
  );
}

/** What the product says of the attributes of its group, in the group's order. */
function useAttributeFacts(product: Product): { name: string; value: string }[] {
  const format = useFormat();
  const textOf = useAttributeText();
  const { data: groups } = useQuery(groupsQuery);
  const attributes = groups?.find(({ code }) => code === product.group)?.attributes ?? [];
  return attributes.flatMap((attribute) => {
    const value = textOf(attribute, product);
    return value === undefined ? [] : [{ name: format.text(attribute.name), value }];
  });
}
