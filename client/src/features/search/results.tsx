import { Alert, Group, NativeSelect, Pagination, Stack, Text, VisuallyHidden } from '@mantine/core';
import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { SearchResult } from '../../../../schemas/types.d.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { Levels } from './levels.tsx';
import { Narrowed, NewsNote } from './narrowed.tsx';
import { OpenedRecords } from './opened-records.tsx';
import { ResultCard } from './result-card.tsx';
import { pageSize, withValue } from './search-state.ts';
import { Understood } from './understood.tsx';
import { ZeroResults } from './zero-results.tsx';

interface PartProps {
  params: URLSearchParams;
  onChange: (params: URLSearchParams) => void;
}

interface ResultsProps extends PartProps {
  found: SearchResult;
  /** Says how many there are; reading goes on there. */
  top: RefObject<HTMLOutputElement | null>;
  /** Another page is a step that the way back leads over. */
  onPage: (page: number) => void;
}

/** How many products there are, how the words were taken, and one page of them; without any, why. */
export function Results({ found, top, params, onChange, onPage }: ResultsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const pages = Math.ceil(found.total / pageSize);
  // Reading goes on above the first product: what was pressed may be gone with what is found next.
  const toTop = () => top.current?.focus();
  const leave = (next: URLSearchParams) => {
    onChange(next);
    toTop();
  };
  return (
    <Stack gap="md" component="section" aria-label={t('search.results')}>
      <Group justify="space-between" mih={36}>
        <Text component="output" fw={600} ref={top} tabIndex={-1}>
          {t('search.count', { count: found.total, total: format.number(found.total) })}
          {found.total === 0 && found.explanation && (
            <VisuallyHidden component="span">{found.explanation.detail}</VisuallyHidden>
          )}
        </Text>
        {found.total > 0 && <SortSelect params={params} onChange={onChange} />}
      </Group>
      <NewsNote params={params} onLeave={toTop} />
      <Narrowed params={params} onChange={leave} />
      <Understood understood={found.query.understood} params={params} onChange={leave} />
      {found.total > 0 && found.explanation && <Alert variant="light">{found.explanation.detail}</Alert>}
      <OpenedRecords opens={found.query.opens} />
      {found.total > 0 && <Levels params={params} />}
      {found.advice && <Alert variant="light">{found.advice.text}</Alert>}
      {found.degraded && <Alert color="amber">{t('search.degraded')}</Alert>}
      {found.total === 0 && !found.degraded && (
        <ZeroResults explanation={found.explanation} params={params} onLeave={toTop} />
      )}
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
            toTop();
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
