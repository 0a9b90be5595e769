import { Button, Chip, Group, Stack, Text } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import IconPlus from '@tabler/icons-react/icons/IconPlus';
import IconRosetteDiscountCheckOff from '@tabler/icons-react/icons/IconRosetteDiscountCheckOff';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Certificate } from '../../../../schemas/types.d.ts';
import { mayRegister } from '../../api/may-enter.ts';
import { meQuery } from '../../api/me.ts';
import { productQuery } from '../../api/registry.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { EmptyNote } from '../../ui/empty-note.tsx';
import { ExportMenu } from '../../ui/export/export-menu.tsx';
import { listLoader } from '../../ui/export/load-all.ts';
import { NextPage } from '../../ui/next-page.tsx';
import { Page } from '../../ui/page.tsx';
import { PrintButton } from '../../ui/print-button.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { SavedMenu } from '../../ui/saved/saved-menu.tsx';
import { useAddress } from '../../ui/use-address.ts';
import { certificatesQuery, registerQuery } from './register-api.ts';
import { RegisterFilters } from './register-filters.tsx';
import { RegisterTable } from './register-table.tsx';
import { useRegisterColumns } from './use-register-columns.ts';

/** The register of certificates; everything asked stands in the address. */
export function RegisterPage() {
  const { t } = useTranslation();
  const [params, set] = useAddress();
  const query = registerQuery(params);
  const columns = useRegisterColumns();
  const { data: me } = useQuery(meQuery);
  const change = (name: string, value: string) => set({ [name]: value });
  return (
    <Page
      title={t('register.title')}
      lead={t('register.lead')}
      actions={
        <Group gap="xs" className="xanh-no-print">
          {mayRegister(me?.actor) && (
            <Button component={Link} to="/certificates/new" leftSection={<IconPlus size={18} aria-hidden />}>
              {t('nav.newCertificate')}
            </Button>
          )}
          <SavedMenu page="register" />
          <ExportMenu
            download={{
              title: t('register.title'),
              columns,
              load: listLoader<Certificate>('/api/certificates', query),
            }}
          />
          <PrintButton />
        </Group>
      }
    >
      <Stack gap="lg">
        <RegisterFilters params={params} onChange={change} />
        <ProductFilter id={params.get('product')} onDrop={() => change('product', '')} />
        <Found query={query} on={params.get('on') ?? undefined} />
      </Stack>
    </Page>
  );
}

/** The register narrowed to one product, as the product's page links here. */
function ProductFilter({ id, onDrop }: { id: string | null; onDrop: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data: product } = useQuery({ ...productQuery(id ?? ''), enabled: id !== null });
  if (id === null) return null;
  return (
    <Chip checked onChange={onDrop} variant="light" className="xanh-no-print">
      {t('register.ofProduct', { name: product === undefined ? id : format.text(product.name) })}
    </Chip>
  );
}

function Found({ query, on }: { query: Record<string, string>; on: string | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  const certificates = useInfiniteQuery(certificatesQuery(query));
  return (
    <QueryState query={certificates} blocks={6}>
      {({ pages }) => {
        const total = pages[0]?.total ?? 0;
        if (total === 0) {
          return (
            <EmptyNote icon={<IconRosetteDiscountCheckOff />} title={t('register.empty')}>
              {t(query['number'] === undefined ? 'register.emptyWhy' : 'register.emptyNumber')}
            </EmptyNote>
          );
        }
        return (
          <Stack gap="md">
            <Text component="output" fw={600}>
              {t('register.count', { count: total, total: format.number(total) })}
            </Text>
            <RegisterTable certificates={pages.flatMap(({ items }) => items)} on={on} />
            <NextPage query={certificates} />
          </Stack>
        );
      }}
    </QueryState>
  );
}
