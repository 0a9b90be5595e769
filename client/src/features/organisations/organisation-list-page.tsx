import { Anchor, Button, NativeSelect, Paper, SimpleGrid, Stack, Table, Text, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import IconBuildingCommunity from '@tabler/icons-react/icons/IconBuildingCommunity';
import IconPlus from '@tabler/icons-react/icons/IconPlus';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Organisation } from '../../../../schemas/types.d.ts';
import { meQuery } from '../../api/me.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { EmptyNote } from '../../ui/empty-note.tsx';
import { OrganisationName, ProvinceName } from '../../ui/names.tsx';
import { NextPage } from '../../ui/next-page.tsx';
import { Page } from '../../ui/page.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { useAddress } from '../../ui/use-address.ts';
import { organisationListQuery } from './api.ts';
import { kinds } from './entry-values.ts';

/** Agencies, suppliers, certification bodies and laboratories, by kind and by name. */
export function OrganisationListPage() {
  const { t } = useTranslation();
  const { data: me } = useQuery(meQuery);
  const [params, set] = useAddress();
  const query = { kind: params.get('kind') ?? '', q: params.get('q') ?? '' };
  const change = (name: string, value: string) => set({ [name]: value });
  return (
    <Page
      title={t('organisations.title')}
      lead={t('organisations.lead')}
      actions={
        me?.actor?.role === 'operator' && (
          <Button component={Link} to="/organisations/new" leftSection={<IconPlus size={18} aria-hidden />}>
            {t('organisations.new')}
          </Button>
        )
      }
    >
      <Stack gap="lg">
        <Filters query={query} onChange={change} />
        <Found query={query} />
      </Stack>
    </Page>
  );
}

interface FiltersProps {
  query: { kind: string; q: string };
  onChange: (name: string, value: string) => void;
}

function Filters({ query, onChange }: FiltersProps) {
  const { t } = useTranslation();
  const find = useDebouncedCallback((q: string) => onChange('q', q.trim()), 300);
  return (
    <Paper p={{ base: 'md', sm: 'lg' }} className="xanh-soft xanh-no-print">
      <SimpleGrid cols={{ base: 1, xs: 2 }} maw={720}>
        <TextInput
          label={t('organisations.name')}
          maxLength={200}
          defaultValue={query.q}
          onChange={({ currentTarget }) => find(currentTarget.value)}
        />
        <NativeSelect
          label={t('organisations.kind')}
          value={query.kind}
          onChange={({ currentTarget }) => onChange('kind', currentTarget.value)}
          data={[
            { value: '', label: t('register.any') },
            ...kinds.map((kind) => ({ value: kind, label: t(`organisation.kind.${kind}`) })),
          ]}
        />
      </SimpleGrid>
    </Paper>
  );
}

function Found({ query }: Pick<FiltersProps, 'query'>) {
  const { t } = useTranslation();
  const format = useFormat();
  const found = useInfiniteQuery(organisationListQuery(query));
  return (
    <QueryState query={found} blocks={6}>
      {({ pages }) => {
        const total = pages[0]?.total ?? 0;
        if (total === 0) {
          return (
            <EmptyNote icon={<IconBuildingCommunity />} title={t('organisations.none')}>
              {t('organisations.noneWhy')}
            </EmptyNote>
          );
        }
        return (
          <Stack gap="md">
            <Text component="output" fw={600}>
              {t('organisations.count', { count: total, total: format.number(total) })}
            </Text>
            <OrganisationTable organisations={pages.flatMap(({ items }) => items)} />
            <NextPage query={found} />
          </Stack>
        );
      }}
    </QueryState>
  );
}

function OrganisationTable({ organisations }: { organisations: Organisation[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Table className="xanh-cards" verticalSpacing="sm">
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{t('organisations.name')}</Table.Th>
          <Table.Th scope="col">{t('organisations.kind')}</Table.Th>
          <Table.Th scope="col">{t('organisation.province')}</Table.Th>
          <Table.Th scope="col">{t('organisation.parent')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {organisations.map(({ code, name, kind, province, parent, through }) => (
          <Table.Tr key={code}>
            <Table.Th scope="row">
              <Anchor component={Link} to={`/organisations/${encodeURIComponent(code)}`} inherit>
                {format.text(name)}
              </Anchor>
              <Text size="sm" c="dimmed" fw={400}>
                {code}
                {through !== undefined && ` · ${t('organisation.closed', { day: format.day(through) })}`}
              </Text>
            </Table.Th>
            <Table.Td>{t(`organisation.kind.${kind}`)}</Table.Td>
            <Table.Td data-label={t('organisation.province')}>
              {province !== undefined && <ProvinceName code={province} />}
            </Table.Td>
            <Table.Td data-label={t('organisation.parent')}>
              {parent !== undefined && <OrganisationName code={parent} />}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
