import { Anchor, NativeSelect, Stack, Table, Text } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import IconChecks from '@tabler/icons-react/icons/IconChecks';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import type { ClaimEntry, MeActor } from '../../../../schemas/types.d.ts';
import { organisationQuery, schemesQuery } from '../../api/reference.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { DayText, InstantText } from '../../ui/date-text.tsx';
import { EmptyNote } from '../../ui/empty-note.tsx';
import { NextPage } from '../../ui/next-page.tsx';
import { OnlyFor } from '../../ui/only-for.tsx';
import { Page } from '../../ui/page.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { claimsQuery } from './api.ts';

const readers = new Set<MeActor['role']>(['certifier', 'operator', 'auditor']);

/** Certificate numbers that purchases claim and the register lacks, for whoever certifies under the scheme. */
export function ClaimsPage() {
  const { t } = useTranslation();
  return (
    <Page title={t('claims.title')} lead={t('claims.lead')}>
      <OnlyFor may={({ role }) => readers.has(role)} title={t('claims.readersOnly')}>
        {(actor) => <Queue actor={actor} />}
      </OnlyFor>
    </Page>
  );
}

function Queue({ actor }: { actor: MeActor }) {
  const { t } = useTranslation();
  const format = useFormat();
  const schemes = useSchemesOf(actor);
  const [params, setParams] = useSearchParams();
  const scheme = params.get('scheme') ?? schemes[0]?.code ?? '';
  const queue = useInfiniteQuery({ ...claimsQuery(scheme), enabled: scheme !== '' });
  return (
    <Stack gap="lg">
      <NativeSelect
        label={t('claims.scheme')}
        maw={420}
        value={scheme}
        onChange={({ currentTarget }) => setParams({ scheme: currentTarget.value }, { replace: true })}
        data={schemes.map(({ code, name }) => ({ value: code, label: format.text(name) }))}
      />
      <QueryState query={queue}>
        {({ pages }) =>
          (pages[0]?.total ?? 0) === 0 ? (
            <EmptyNote icon={<IconChecks />} title={t('claims.none')}>
              {t('claims.noneWhy')}
            </EmptyNote>
          ) : (
            <ClaimTable entries={pages.flatMap(({ items }) => items)} />
          )
        }
      </QueryState>
      <NextPage query={queue} />
    </Stack>
  );
}

function useSchemesOf({ role, org = '' }: MeActor) {
  const { data: schemes = [] } = useQuery(schemesQuery);
  const { data: body } = useQuery({ ...organisationQuery(org), enabled: role === 'certifier' });
  if (role !== 'certifier') return schemes;
  const theirs = new Set((body?.mayCertify ?? []).map(({ scheme }) => scheme));
  return schemes.filter(({ code }) => theirs.has(code));
}

function ClaimTable({ entries }: { entries: ClaimEntry[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Table.ScrollContainer minWidth={320}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('claims.number')}</Table.Th>
            <Table.Th>{t('claims.product')}</Table.Th>
            <Table.Th>{t('claims.basisDate')}</Table.Th>
            <Table.Th visibleFrom="sm">{t('claims.since')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {entries.flatMap(({ id, basisDate, recordedAt, claims }) =>
            claims.map(({ lineNo, number, product, productName }) => (
              <Table.Tr key={`${id} ${lineNo}`}>
                <Table.Td fw={600}>{number}</Table.Td>
                <Table.Td>
                  {product === undefined || productName === undefined ? (
                    <Text size="sm" c="dimmed">
                      {t('claims.noProduct')}
                    </Text>
                  ) : (
                    <Anchor component={Link} to={`/products/${product}`} size="sm">
                      {format.text(productName)}
                    </Anchor>
                  )}
                </Table.Td>
                <Table.Td>
                  <DayText day={basisDate} />
                </Table.Td>
                <Table.Td visibleFrom="sm">
                  <InstantText instant={recordedAt} />
                </Table.Td>
              </Table.Tr>
            )),
          )}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
