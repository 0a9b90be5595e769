import { Badge, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { SearchHit } from '../../../../schemas/types.d.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { AddToBasket } from '../../ui/add-to-basket.tsx';
import { CompareButton } from '../../ui/compare-button.tsx';
import { LabelLine } from '../../ui/label-line.tsx';
import { RecordLink } from '../../ui/record-link.tsx';
import { isUnitCode } from '../../ui/unit-codes.ts';
import { Marked } from './marked.tsx';

interface ResultCardProps {
  hit: SearchHit;
  /** The past or coming day asked for, if any: the product page then shows the same day. */
  validOn: string | null;
}

/** One product found: what it is, and in words what its labels count for and until when. */
export function ResultCard({ hit, validOn }: ResultCardProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Paper
      component="article"
      p={{ base: 'md', sm: 'lg' }}
      className="xanh-result"
      data-tier={hit.tier ?? 'none'}
      aria-labelledby={`hit-${hit.id}`}
    >
      <Group justify="space-between" align="flex-start" gap="md">
        <Stack gap={4} className="xanh-result-body">
          <Text size="sm" c="dimmed">
            {format.text(hit.groupName)}
          </Text>
          <Title order={2} size="h3" id={`hit-${hit.id}`}>
            <RecordLink to={validOn === null ? `/products/${hit.id}` : `/products/${hit.id}?on=${validOn}`}>
              <Marked text={format.text(hit.name)} ranges={hit.highlights?.name} />
            </RecordLink>
          </Title>
          <Text size="sm" c="dimmed">
            {hit.brand && <Marked text={`${hit.brand} · `} ranges={hit.highlights?.brand} />}
            {hit.model && <Marked text={`${hit.model} · `} ranges={hit.highlights?.model} />}
            {format.text(hit.supplierName)}
          </Text>
          <OfferedPrice hit={hit} />
          <HitLabels hit={hit} />
        </Stack>
        <div className="xanh-result-ways xanh-no-print">
          <AddToBasket
            size="sm"
            disabled={hit.withdrawal !== undefined}
            item={{
              product: hit.id,
              name: hit.name,
              brand: hit.brand,
              model: hit.model,
              group: hit.group,
              supplier: hit.supplier,
            }}
          />
          <CompareButton size="sm" product={hit} />
        </div>
      </Group>
      <WhyHere why={hit.why} />
      {hit.withdrawal !== undefined && (
        <Badge color="clay" variant="light" className="xanh-badge" mt="sm">
          {t('product.withdrawnFrom', { day: format.day(hit.withdrawal.on) })}
        </Badge>
      )}
    </Paper>
  );
}

/** What it is offered for, and where it comes in packs what one unit costs then: by that prices are sought and ordered. */
function OfferedPrice({ hit: { price, basePrice } }: { hit: SearchHit }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (!price) return null;
  const unit = isUnitCode(price.unit) ? t(`unit.${price.unit}`) : price.unit;
  const isPack = basePrice !== undefined && basePrice !== price.amountNet;
  return (
    <Text size="sm">
      {t('search.offered', { price: format.money(price.amountNet), unit })}
      {isPack && ` · ${t('search.offeredUnit', { price: format.money(basePrice) })}`}
    </Text>
  );
}

/** Why it stands in this place, on demand. */
function WhyHere({ why }: Pick<SearchHit, 'why'>) {
  const { t } = useTranslation();
  if (!why) return null;
  return (
    <details className="xanh-why xanh-no-print">
      <summary>{t('search.why')}</summary>
      <ul>
        {why.map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
      </ul>
    </details>
  );
}

function HitLabels({ hit }: { hit: SearchHit }) {
  const { t } = useTranslation();
  const sorted = [...hit.labels].sort((a, b) => Number(b.valid) - Number(a.valid));
  return (
    <Stack gap={6} mt="sm">
      {sorted.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('label.none')}
        </Text>
      )}
      {sorted.length > 0 && (
        <Stack component="ul" gap={6} className="xanh-list" aria-label={t('facet.scheme')}>
          {sorted.map((label) => (
            <li key={label.certificate}>
              <LabelLine label={label} />
            </li>
          ))}
        </Stack>
      )}
      {hit.priority && (
        <Text size="sm" c="leaf.8" fw={500}>
          {t('search.onList')}
        </Text>
      )}
    </Stack>
  );
}
