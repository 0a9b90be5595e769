import { Alert, Badge, Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { UseQueryResult } from '@tanstack/react-query';
import IconRosetteDiscountCheckOff from '@tabler/icons-react/icons/IconRosetteDiscountCheckOff';
import IconFilePlus from '@tabler/icons-react/icons/IconFilePlus';
import IconPencil from '@tabler/icons-react/icons/IconPencil';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { Product, ProductLabel, ProductLabels } from '../../../../schemas/types.d.ts';
import { meQuery } from '../../api/me.ts';
import { productQuery } from '../../api/registry.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { EmptyNote } from '../../ui/empty-note.tsx';
import { ComplaintsAbout } from '../../ui/complaints-about.tsx';
import { Crumbs } from '../../ui/crumbs.tsx';
import { Page } from '../../ui/page.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { mayChange } from '../../api/may-enter.ts';
import { useAddress } from '../../ui/use-address.ts';
import { labelsQuery } from './api.ts';
import type { Moment } from './api.ts';
import { DayCheck } from './day-check.tsx';
import { LabelCard } from './label-card.tsx';
import { RecordHistory } from './record-history.tsx';
import { ProductFacts } from './product-facts.tsx';

/** One product: what it is, and what its labels count for on any day. */
export function ProductPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const product = useQuery(productQuery(id));
  const me = useQuery(meQuery);
  const back = <Crumbs above={{ to: '/', name: t('product.back') }} />;
  if (product.data === undefined || me.data === undefined) {
    return (
      <Page title={t('product.title')} above={back}>
        <QueryState query={product}>{() => null}</QueryState>
      </Page>
    );
  }
  return <ProductView product={product.data} today={me.data.today} back={back} />;
}

function ProductView({ product, today, back }: { product: Product; today: string; back: ReactNode }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [params, set] = useAddress();
  const moment: Moment = { on: params.get('on') ?? undefined, knownAt: params.get('knownAt') ?? undefined };
  const labels = useQuery(labelsQuery(product.id, moment));
  const change = (name: keyof Moment, value: string | undefined) => set({ [name]: value });
  return (
    <Page title={format.text(product.name)} above={back} actions={<Actions product={product} />}>
      <Group gap="xs" mb="lg">
        <Badge variant="light" color="gray" className="xanh-badge">
          {t(`kind.${product.kind}`)}
        </Badge>
        {product.listing === 'unreviewed' && (
          <Badge variant="light" color="amber" className="xanh-badge">
            {t('product.unreviewed')}
          </Badge>
        )}
        {product.withdrawal !== undefined && (
          <Badge variant="light" color="clay" className="xanh-badge">
            {t('product.withdrawnFrom', { day: format.day(product.withdrawal.on) })}
          </Badge>
        )}
      </Group>
      {product.listing === 'unreviewed' && (
        <Alert color="amber" variant="light" mb="lg">
          {t('product.unreviewedWhy')}
        </Alert>
      )}
      <div className="xanh-product">
        <Paper p={{ base: 'md', sm: 'lg' }} className="xanh-soft">
          <Title order={2} size="h3" mb="sm">
            {t('product.labels')}
          </Title>
          <DayCheck moment={moment} today={today} labels={labels.data} onChange={change} />
        </Paper>
        <div className="xanh-product-facts">
          <ProductFacts product={product} />
        </div>
        <div>
          <Labels product={product} found={labels} moment={moment} today={today} />
          <ComplaintsAbout kind="product" id={product.id} />
          <RecordHistory kind="product" id={product.id} />
        </div>
      </div>
    </Page>
  );
}

function Actions({ product }: { product: Product }) {
  return (
    <Group gap="sm" className="xanh-no-print">
      <ApplyLink product={product} variant="default" />
      <EditLink product={product} />
    </Group>
  );
}

interface ApplyLinkProps {
  product: Product;
  variant?: 'default' | 'filled';
}

/** The way to a new application with the product chosen, for the people of its supplier. */
function ApplyLink({ product: { id, supplier, withdrawal }, variant = 'filled' }: ApplyLinkProps) {
  const { t } = useTranslation();
  const { data: me } = useQuery(meQuery);
  const isOwn = me?.actor?.role === 'supplier' && me.actor.org === supplier;
  if (!isOwn || withdrawal !== undefined) return null;
  return (
    <Button
      component={Link}
      to={`/applications/new?product=${id}`}
      variant={variant}
      leftSection={<IconFilePlus size={18} aria-hidden />}
    >
      {t('application.applyForLabel')}
    </Button>
  );
}

/** The way to the form, for whoever may change the product. */
function EditLink({ product }: { product: Product }) {
  const { t } = useTranslation();
  const { data: me } = useQuery(meQuery);
  if (!mayChange(me?.actor ?? null, product)) return null;
  return (
    <Button
      component={Link}
      to={`/products/${product.id}/edit`}
      variant="default"
      className="xanh-no-print"
      leftSection={<IconPencil size={18} aria-hidden />}
    >
      {t('product.edit')}
    </Button>
  );
}

interface LabelsProps {
  product: Product;
  found: UseQueryResult<ProductLabels>;
  moment: Moment;
  today: string;
}

/** Each label with its history; without any, what to do about it. */
function Labels({ product, found, moment, today }: LabelsProps) {
  const { t } = useTranslation();
  return (
    <Stack gap="lg">
      <QueryState query={found} blocks={2}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyNote icon={<IconRosetteDiscountCheckOff />} title={t('label.none')}>
              <Text c="dimmed">{t('label.noneWhy')}</Text>
              <ApplyLink product={product} />
            </EmptyNote>
          ) : (
            sortLabels(items).map((label) => (
              <LabelCard key={label.certificate} label={label} product={product.id} moment={moment} today={today} />
            ))
          )
        }
      </QueryState>
    </Stack>
  );
}

const weights = { A: 0, B: 1, C: 2 } as const;

/** What counts most comes first, then what is valid. */
function sortLabels(labels: ProductLabel[]): ProductLabel[] {
  return [...labels].sort((a, b) => rankOf(a) - rankOf(b));
}

function rankOf({ tier, valid }: ProductLabel): number {
  if (tier !== null) return weights[tier];
  return valid ? 3 : 4;
}
