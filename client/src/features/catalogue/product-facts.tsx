import { Paper, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Product } from '../../../../schemas/types.d.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { AddToBasket } from '../../ui/add-to-basket.tsx';
import { Facts } from '../../ui/facts.tsx';
import { GroupName, OrganisationLink } from '../../ui/names.tsx';

/** What the product is, and the way into the basket. */
export function ProductFacts({ product }: { product: Product }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { withdrawal } = product;
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
            withdrawal !== undefined && {
              name: t('product.withdrawnFrom', { day: format.day(withdrawal.on) }),
              value: withdrawal.reason,
            },
          ]}
        />
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
      </Stack>
    </Paper>
  );
}
