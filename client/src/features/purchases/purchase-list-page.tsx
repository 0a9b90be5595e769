import { Button, Group, NativeSelect, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import IconPlus from '@tabler/icons-react/icons/IconPlus';
import IconReceiptOff from '@tabler/icons-react/icons/IconReceiptOff';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import type { MeActor, Purchase } from '../../../../schemas/types.d.ts';
import { meQuery } from '../../api/me.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { AgencySelect } from '../../ui/agency-select.tsx';
import { DayInput } from '../../ui/day-input.tsx';
import { EmptyNote } from '../../ui/empty-note.tsx';
import { ExportMenu } from '../../ui/export/export-menu.tsx';
import { listLoader } from '../../ui/export/load-all.ts';
import { NextPage } from '../../ui/next-page.tsx';
import { OnlyFor } from '../../ui/only-for.tsx';
import { Page } from '../../ui/page.tsx';
import { PrintButton } from '../../ui/print-button.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { SavedMenu } from '../../ui/saved/saved-menu.tsx';
import { purchasesQuery } from './api.ts';
import { linesOf, usePurchaseColumns } from './purchase-columns.ts';
import { PurchaseRow } from './purchase-row.tsx';

const filters = ['agency', 'from', 'to', 'green', 'reference'] as const;
type Filter = (typeof filters)[number];
const readers = new Set<MeActor['role']>(['officer', 'operator', 'auditor']);

/** The recorded purchases of the caller's agencies. */
export function PurchaseListPage() {
  const { t } = useTranslation();
  const me = useQuery(meQuery);
  const actor = me.data?.actor ?? null;
  return (
    <Page title={t('purchase.listTitle')} lead={t('purchase.listLead')} actions={<Actions actor={actor} />}>
      <OnlyFor may={({ role }) => readers.has(role)} title={t('purchase.readersOnly')}>
        {({ org }) => <Ledger root={org} />}
      </OnlyFor>
    </Page>
  );
}

function Actions({ actor }: { actor: MeActor | null }) {
  const { t } = useTranslation();
  const [params] = useSearchParams();
  const columns = usePurchaseColumns();
  if (actor === null || !readers.has(actor.role)) return null;
  const load = listLoader<Purchase>('/api/purchases', readFilters(params));
  return (
    <Group gap="xs" className="xanh-no-print">
      {actor.role === 'officer' && (
        <Button component={Link} to="/purchases/new" leftSection={<IconPlus size={18} aria-hidden />}>
          {t('purchase.newTitle')}
        </Button>
      )}
      {actor.role === 'officer' && (
        <Button component={Link} to="/purchases/import" variant="default">
          {t('import.openImport')}
        </Button>
      )}
      <SavedMenu page="purchases" />
      <ExportMenu download={{ title: t('purchase.listTitle'), columns, load: linesOf(load) }} />
      <PrintButton />
    </Group>
  );
}

function Ledger({ root }: { root: string | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [params, setParams] = useSearchParams();
  const purchases = useInfiniteQuery(purchasesQuery(readFilters(params)));
  const change = (name: Filter, value: string) =>
    setParams(
      (before) => {
        const next = new URLSearchParams(before);
        if (value === '') next.delete(name);
        else next.set(name, value);
        return next;
      },
      { replace: true },
    );
  return (
    <Stack gap="lg">
      <LedgerFilters root={root} params={params} onChange={change} />
      <QueryState query={purchases} blocks={6}>
        {({ pages }) => {
          const total = pages[0]?.total ?? 0;
          if (total === 0) {
            return (
              <EmptyNote icon={<IconReceiptOff />} title={t('purchase.listEmpty')}>
                {t('purchase.listEmptyWhy')}
              </EmptyNote>
            );
          }
          return (
            <>
              <Text component="output" display="block" fw={600}>
                {t('purchase.count', { count: total, total: format.number(total) })}
              </Text>
              <ul className="xanh-list xanh-ledger">
                {pages
                  .flatMap(({ items }) => items)
                  .map((purchase) => (
                    <PurchaseRow key={purchase.id} purchase={purchase} />
                  ))}
              </ul>
            </>
          );
        }}
      </QueryState>
      <NextPage query={purchases} />
    </Stack>
  );
}

interface LedgerFiltersProps {
  root: string | undefined;
  params: URLSearchParams;
  onChange: (name: Filter, value: string) => void;
}

function LedgerFilters({ root, params, onChange }: LedgerFiltersProps) {
  const { t } = useTranslation();
  const search = useDebouncedCallback((reference: string) => onChange('reference', reference.trim()), 300);
  const field = (name: Filter) => ({
    value: params.get(name) ?? '',
    onChange: (value: string) => onChange(name, value),
  });
  return (
    <SimpleGrid cols={{ base: 1, xs: 2, md: 5 }} className="xanh-filters">
      <AgencySelect
        label={t('purchase.agency')}
        root={root}
        placeholder={t('purchase.allAgencies')}
        clearable
        clearButtonProps={{ 'aria-label': t('state.clear') }}
        value={params.get('agency')}
        onChange={(agency) => onChange('agency', agency ?? '')}
      />
      <DayInput label={t('period.from')} {...field('from')} />
      <DayInput label={t('period.to')} {...field('to')} />
      <NativeSelect
        label={t('purchase.green')}
        value={params.get('green') ?? ''}
        onChange={({ currentTarget }) => onChange('green', currentTarget.value)}
        data={[
          { value: '', label: t('purchase.greenAny') },
          { value: 'green', label: t('decision.status.green') },
          { value: 'notGreen', label: t('decision.status.notGreen') },
          { value: 'unknown', label: t('decision.status.unknown') },
        ]}
      />
      <TextInput
        label={t('purchase.reference')}
        maxLength={100}
        defaultValue={params.get('reference') ?? ''}
        onChange={({ currentTarget }) => search(currentTarget.value)}
      />
    </SimpleGrid>
  );
}

function readFilters(params: URLSearchParams): Partial<Record<Filter, string>> {
  return Object.fromEntries(filters.flatMap((name) => (params.get(name) ? [[name, params.get(name) ?? '']] : [])));
}
