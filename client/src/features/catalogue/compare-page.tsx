import { Button, Group, Stack, Switch, Text } from '@mantine/core';
import { useQueries, useQuery } from '@tanstack/react-query';
import IconColumns3 from '@tabler/icons-react/icons/IconColumns3';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { meQuery } from '../../api/me.ts';
import { groupsQuery } from '../../api/reference.ts';
import { productQuery } from '../../api/registry.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { mostCompared, toggleCompared, useComparison } from '../../ui/comparison.ts';
import { EmptyNote } from '../../ui/empty-note.tsx';
import { Page } from '../../ui/page.tsx';
import { PrintButton } from '../../ui/print-button.tsx';
import { Waiting } from '../../ui/query-state.tsx';
import { useAddress } from '../../ui/use-address.ts';
import { labelsQuery } from './api.ts';
import { CompareTable } from './compare-table.tsx';
import { useCompareRows } from './use-compare-rows.tsx';
import type { Compared } from './use-compare-rows.tsx';

/** Up to four products side by side; which ones stands in the URL. */
export function ComparePage() {
  const { t } = useTranslation();
  const [params, set] = useAddress();
  const all = [...new Set((params.get('ids') ?? '').split(',').filter((id) => id !== ''))];
  const ids = all.slice(0, mostCompared);
  const onlyDifferent = params.get('only') === 'different';
  const change = (name: string, value: string) => set({ [name]: value });
  return (
    <Page title={t('compare.title')} lead={t('compare.lead')} actions={ids.length > 0 && <PrintButton />}>
      {ids.length === 0 ? (
        <EmptyNote icon={<IconColumns3 />} title={t('compare.nothing')}>
          <Text c="dimmed">{t('compare.nothingWhy')}</Text>
          <Button component={Link} to="/" variant="light">
            {t('compare.find')}
          </Button>
        </EmptyNote>
      ) : (
        <Stack gap="md">
          {all.length > ids.length && <Text c="dimmed">{t('compare.cut', { most: mostCompared })}</Text>}
          <Group className="xanh-no-print">
            <Switch
              label={t('compare.onlyDifferent')}
              checked={onlyDifferent}
              onChange={({ currentTarget }) => change('only', currentTarget.checked ? 'different' : '')}
            />
          </Group>
          <Comparison
            ids={ids}
            onlyDifferent={onlyDifferent}
            onRemove={(id) => change('ids', ids.filter((other) => other !== id).join(','))}
          />
        </Stack>
      )}
    </Page>
  );
}

interface ComparisonProps {
  ids: string[];
  onlyDifferent: boolean;
  onRemove: (id: string) => void;
}

function Comparison({ ids, onlyDifferent, onRemove }: ComparisonProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const basket = useComparison();
  const products = useQueries({ queries: ids.map((id) => productQuery(id)) });
  const labels = useQueries({ queries: ids.map((id) => labelsQuery(id, { on: undefined, knownAt: undefined })) });
  const { data: groups } = useQuery(groupsQuery);
  const { data: me } = useQuery(meQuery);
  const compared = products.flatMap(({ data }, place): Compared[] => {
    const own = labels[place]?.data?.items;
    return data && own ? [{ product: data, labels: own }] : [];
  });
  const rows = useCompareRows(compared, groups ?? []);
  if ([...products, ...labels].some(({ isPending }) => isPending) || groups === undefined)
    return <Waiting blocks={4} />;
  const missing = ids.length - compared.length;
  const remove = (id: string) => {
    if (basket.includes(id)) toggleCompared(id);
    onRemove(id);
  };
  const shown = onlyDifferent ? rows.filter(({ differs }) => differs) : rows;
  return (
    <Stack gap="sm">
      {missing > 0 && <Text c="clay.8">{t('compare.missing', { count: missing })}</Text>}
      {compared.length > 0 && (
        <CompareTable
          products={compared.map(({ product }) => product)}
          rows={shown}
          caption={t('compare.caption', { day: me ? format.day(me.today) : '' })}
          onRemove={remove}
        />
      )}
      {shown.length === 0 && <Text c="dimmed">{t('compare.noDifference')}</Text>}
    </Stack>
  );
}
