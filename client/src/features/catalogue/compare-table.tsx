import { Anchor, Badge, Button, Group, Stack, Table, Text } from '@mantine/core';
import IconArrowsLeftRight from '@tabler/icons-react/icons/IconArrowsLeftRight';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Product } from '../../../../schemas/types.d.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { AddToBasket } from '../../ui/add-to-basket.tsx';
import type { CompareRow } from './use-compare-rows.tsx';

interface CompareTableProps {
  products: Product[];
  rows: CompareRow[];
  caption: string;
  onRemove: (id: string) => void;
}

/** One column a product, one row a fact; a row whose values differ says so in words. */
export function CompareTable({ products, rows, caption, onRemove }: CompareTableProps) {
  const { t } = useTranslation();
  return (
    <section className="xanh-compare" data-products={products.length} aria-label={t('compare.title')}>
      <Table verticalSpacing="sm" withRowBorders captionSide="top" layout="fixed">
        <Table.Caption ta="left">{caption}</Table.Caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col" w={150}>
              {t('compare.fact')}
            </Table.Th>
            {products.map((product) => (
              <Table.Th key={product.id} scope="col" className="xanh-compare-head">
                <ProductHead product={product} onRemove={() => onRemove(product.id)} />
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={row.key} data-differs={row.differs || undefined}>
              <Table.Th scope="row">
                <Stack gap={4}>
                  <span>{row.name}</span>
                  {row.differs && (
                    <Badge
                      variant="outline"
                      color="amber.9"
                      className="xanh-badge"
                      leftSection={<IconArrowsLeftRight size={12} aria-hidden />}
                    >
                      {t('compare.differs')}
                    </Badge>
                  )}
                </Stack>
              </Table.Th>
              {row.cells.map(({ id, node }) => (
                <Table.Td key={id}>
                  {node ?? (
                    <Text c="dimmed" size="sm">
                      {t('compare.unknown')}
                    </Text>
                  )}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}

function ProductHead({ product, onRemove }: { product: Product; onRemove: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { id, name, brand, model, group, supplier } = product;
  return (
    <Stack gap="xs" align="flex-start">
      <Anchor component={Link} to={`/products/${id}`} fw={600}>
        {format.text(name)}
      </Anchor>
      <Group gap={4} className="xanh-no-print">
        <AddToBasket
          size="compact-sm"
          disabled={product.withdrawal !== undefined}
          item={{ product: id, name, brand, model, group, supplier }}
        />
        <Button
          variant="subtle"
          size="compact-sm"
          color="gray.8"
          aria-label={`${t('compare.remove')}: ${format.text(name)}`}
          onClick={onRemove}
        >
          {t('compare.remove')}
        </Button>
      </Group>
    </Stack>
  );
}
