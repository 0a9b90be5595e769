import { Anchor, Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import IconChecks from '@tabler/icons-react/icons/IconChecks';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { MeActor, Product } from '../../../../schemas/types.d.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { InstantText } from '../../ui/date-text.tsx';
import { EmptyNote } from '../../ui/empty-note.tsx';
import { GroupName, OrganisationLink } from '../../ui/names.tsx';
import { NextPage } from '../../ui/next-page.tsx';
import { notify } from '../../ui/notify.ts';
import { OnlyFor } from '../../ui/only-for.tsx';
import { Page } from '../../ui/page.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { unreviewedQuery, useAmendProduct } from './api.ts';

const readers = new Set<MeActor['role']>(['supplier', 'certifier', 'operator', 'auditor']);

/** Suppliers' new products that wait for the operator. */
export function UnreviewedPage() {
  const { t } = useTranslation();
  return (
    <Page title={t('unreviewed.title')} lead={t('unreviewed.lead')}>
      <OnlyFor may={({ role }) => readers.has(role)} title={t('unreviewed.readersOnly')}>
        {(actor) => <Waiting mayAccept={actor.role === 'operator'} />}
      </OnlyFor>
    </Page>
  );
}

function Waiting({ mayAccept }: { mayAccept: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const waiting = useInfiniteQuery(unreviewedQuery);
  return (
    <QueryState query={waiting}>
      {({ pages }) => {
        const total = pages[0]?.total ?? 0;
        if (total === 0) {
          return (
            <EmptyNote icon={<IconChecks />} title={t('unreviewed.none')}>
              {t('unreviewed.noneWhy')}
            </EmptyNote>
          );
        }
        return (
          <Stack gap="md">
            <Text component="output" fw={600}>
              {t('unreviewed.count', { count: total, total: format.number(total) })}
            </Text>
            {pages
              .flatMap(({ items }) => items)
              .map((product) => (
                <WaitingProduct key={product.id} product={product} mayAccept={mayAccept} />
              ))}
            <NextPage query={waiting} />
          </Stack>
        );
      }}
    </QueryState>
  );
}

function WaitingProduct({ product, mayAccept }: { product: Product; mayAccept: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const name = format.text(product.name);
  const amend = useAmendProduct(() => notify(t('unreviewed.accepted', { name })));
  const accept = () =>
    amend.mutate({ product, patch: { listing: 'accepted' } }, { onError: (error) => notify(error.message, true) });
  return (
    <Paper component="article" p={{ base: 'md', sm: 'lg' }} aria-label={name}>
      <Group justify="space-between" gap="md">
        <div className="xanh-result-body">
          <Title order={2} size="h3">
            <Anchor component={Link} to={`/products/${product.id}`} inherit>
              {name}
            </Anchor>
          </Title>
          <Text size="sm" c="dimmed">
            {[product.brand, product.model].filter(Boolean).join(' ')} <GroupName code={product.group} />
          </Text>
          <Text size="sm">
            <OrganisationLink code={product.supplier} /> · {t('unreviewed.since')}{' '}
            <InstantText instant={product.recordedAt} />
          </Text>
        </div>
        {mayAccept && (
          <Button onClick={accept} loading={amend.isPending}>
            {t('unreviewed.accept')}
          </Button>
        )}
      </Group>
    </Paper>
  );
}
