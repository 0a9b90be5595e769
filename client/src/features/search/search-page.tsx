import { Alert, Button, Collapse, Grid, Group, NativeSelect, Pagination, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import IconAdjustmentsHorizontal from '@tabler/icons-react/icons/IconAdjustmentsHorizontal';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import type { GroupAttribute, SearchResult } from '../../../../schemas/types.d.ts';
import { meQuery } from '../../api/me.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { ExportMenu } from '../../ui/export/export-menu.tsx';
import { Page } from '../../ui/page.tsx';
import { PrintButton } from '../../ui/print-button.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { SavedMenu } from '../../ui/saved/saved-menu.tsx';
import { searchLoader, searchQuery } from './api.ts';
import { FacetPanel } from './facet-panel.tsx';
import { Levels } from './levels.tsx';
import { BasketList, Narrowed, NewsNote } from './narrowed.tsx';
import { OpenedRecords } from './opened-records.tsx';
import { ResultCard } from './result-card.tsx';
import { SearchBox } from './search-box.tsx';
import { countFilters, pageSize, withoutFilters, withValue } from './search-state.ts';
import { Understood } from './understood.tsx';
import { useChosenAttributes } from './use-chosen-attributes.ts';
import { useHitColumns } from './use-hit-columns.ts';
import { ZeroResults } from './zero-results.tsx';

/** Finds products and services; everything asked stands in the URL. */
export function SearchPage() {
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
  const { data: me } = useQuery(meQuery);
  const attributes = useChosenAttributes(params);
  const result = useQuery(searchQuery(params, attributes));
  const columns = useHitColumns();
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
      <Grid gap={{ base: 'md', md: 40 }} mt="xl">
        <Grid.Col span={{ base: 12, md: 3.6 }}>
          <Filters
            params={params}
            onChange={change}
            found={result.data ?? { facets: {}, ranges: {} }}
            attributes={attributes}
            today={me?.today ?? ''}
          />
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 8.4 }}>
          <QueryState query={result} blocks={5}>
            {(found) => (
              <Results
                found={found}
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

interface PartProps {
  params: URLSearchParams;
  onChange: (params: URLSearchParams) => void;
}

interface FiltersProps extends PartProps {
  found: Pick<SearchResult, 'facets' | 'ranges'>;
  attributes: GroupAttribute[];
  today: string;
}

function Filters({ params, onChange, ...shown }: FiltersProps) {
  const { t } = useTranslation();
  const [isOpen, { toggle }] = useDisclosure(false);
  const count = countFilters(params);
  const panel = <FacetPanel params={params} onChange={onChange} {...shown} />;
  return (
    <section aria-label={t('search.filters')}>
      <Group justify="space-between" mb="md">
        <Button
          hiddenFrom="md"
          variant="default"
          aria-expanded={isOpen}
          leftSection={<IconAdjustmentsHorizontal size={18} aria-hidden />}
          onClick={toggle}
        >
          {count === 0 ? t('search.filters') : `${t('search.filters')} (${count})`}
        </Button>
        <Text visibleFrom="md" fw={600}>
          {t('search.filters')}
        </Text>
        {count > 0 && (
          <Button variant="subtle" size="compact-sm" onClick={() => onChange(withoutFilters(params))}>
            {t('search.dropFilters')}
          </Button>
        )}
      </Group>
      <div className="xanh-only-wide">{panel}</div>
      <Collapse expanded={isOpen} hiddenFrom="md" keepMounted={false}>
        {panel}
      </Collapse>
    </section>
  );
}

interface ResultsProps extends PartProps {
  found: SearchResult;
  /** Another page is a step that the way back leads over. */
  onPage: (page: number) => void;
}

function Results({ found, params, onChange, onPage }: ResultsProps) {
  const { t } = useTranslation();
  const top = useRef<HTMLOutputElement>(null);
  const format = useFormat();
  const pages = Math.ceil(found.total / pageSize);
  return (
    <Stack gap="md">
      <Group justify="space-between" mih={36}>
        <Text component="output" fw={600} ref={top} tabIndex={-1}>
          {t('search.count', { count: found.total, total: format.number(found.total) })}
        </Text>
        <SortSelect params={params} onChange={onChange} />
      </Group>
      <NewsNote params={params} />
      <Narrowed params={params} onChange={onChange} />
      <Understood understood={found.query.understood} params={params} onChange={onChange} />
      {found.total > 0 && found.explanation && <Alert variant="light">{found.explanation.detail}</Alert>}
      <OpenedRecords opens={found.query.opens} />
      <Levels params={params} />
      {found.advice && <Alert variant="light">{found.advice.text}</Alert>}
      {found.degraded && <Alert color="yellow">{t('search.degraded')}</Alert>}
      {found.total === 0 && !found.degraded && <ZeroResults explanation={found.explanation} params={params} />}
      {found.items.map((hit) => (
        <ResultCard key={hit.id} hit={hit} validOn={params.get('validOn')} />
      ))}
      {pages > 1 && (
        <Pagination
          mt="md"
          gap={4}
          total={pages}
          value={found.query.page}
          onChange={(page) => {
            onPage(page);
            // Reading goes on above the first product of the page.
            top.current?.focus();
          }}
          getItemProps={(page) => ({ 'aria-label': t('search.page', { page }) })}
          getControlProps={(control) => ({ 'aria-label': t(control === 'next' ? 'search.next' : 'search.previous') })}
        />
      )}
    </Stack>
  );
}

function SortSelect({ params, onChange }: PartProps) {
  const { t } = useTranslation();
  return (
    <NativeSelect
      aria-label={t('search.sort')}
      size="sm"
      value={params.get('sort') ?? ''}
      onChange={({ currentTarget }) => onChange(withValue(params, 'sort', currentTarget.value))}
      data={[
        { value: '', label: t('search.sortBest') },
        { value: 'name', label: t('search.sortName') },
        { value: 'price', label: t('search.sortCheapest') },
        { value: '-price', label: t('search.sortDearest') },
        { value: '-recordedAt', label: t('search.sortNewest') },
      ]}
    />
  );
}
