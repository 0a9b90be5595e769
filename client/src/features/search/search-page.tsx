import { Grid, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { meQuery } from '../../api/me.ts';
import { ExportMenu } from '../../ui/export/export-menu.tsx';
import { Page } from '../../ui/page.tsx';
import { PrintButton } from '../../ui/print-button.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { SavedMenu } from '../../ui/saved/saved-menu.tsx';
import { searchLoader, searchQuery } from './api.ts';
import { Filters } from './filters.tsx';
import { BasketList } from './narrowed.tsx';
import { Results } from './results.tsx';
import { SearchBox } from './search-box.tsx';
import { withValue } from './search-state.ts';
import { useChosenAttributes } from './use-chosen-attributes.ts';
import { useHitColumns } from './use-hit-columns.ts';

/** Finds products and services; everything asked stands in the URL. */
export function SearchPage() {
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
  const { data: me } = useQuery(meQuery);
  const attributes = useChosenAttributes(params);
  const result = useQuery(searchQuery(params, attributes));
  const columns = useHitColumns();
  const top = useRef<HTMLOutputElement>(null);
  const change = (next: URLSearchParams) => setParams(next, { replace: true, preventScrollReset: true });
  return (
    <Page
      title={t('search.title')}
      lead={t('search.lead')}
      actions={
        <Group gap="xs" className="xanh-no-print">
          <BasketList />
          <SavedMenu page="search" />
          <ExportMenu download={{ title: t('search.file'), columns, load: searchLoader(params) }} />
          <PrintButton />
        </Group>
      }
    >
      <SearchBox
        value={params.get('q') ?? ''}
        isBusy={result.isFetching}
        onSearch={(words) => {
          if (words !== (params.get('q') ?? '')) change(withValue(params, 'q', words));
        }}
      />
      <Grid gap={{ base: 'md', md: 40 }} mt={{ base: 'md', md: 'xl' }}>
        <Grid.Col span={{ base: 12, md: 3.6 }}>
          <Filters
            params={params}
            onChange={change}
            found={result.data ?? { facets: {}, ranges: {}, total: 0 }}
            toResults={() => top.current?.focus()}
            attributes={attributes}
            today={me?.today ?? ''}
          />
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 8.4 }}>
          <QueryState query={result} blocks={5}>
            {(found) => (
              <Results
                found={found}
                top={top}
                params={params}
                onChange={change}
                onPage={(page) => setParams(withValue(params, 'page', page === 1 ? '' : String(page)))}
              />
            )}
          </QueryState>
        </Grid.Col>
      </Grid>
    </Page>
  );
}
