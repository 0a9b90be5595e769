import { Box, Button, Group, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import IconAdjustmentsHorizontal from '@tabler/icons-react/icons/IconAdjustmentsHorizontal';
import { useRef } from 'react';
import { flushSync } from 'react-dom';
import { useTranslation } from 'react-i18next';
import type { GroupAttribute, SearchResult } from '../../../../schemas/types.d.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { FacetPanel } from './facet-panel.tsx';
import { countFilters, withoutFilters } from './search-state.ts';

interface FiltersProps {
  params: URLSearchParams;
  onChange: (params: URLSearchParams) => void;
  found: Pick<SearchResult, 'facets' | 'ranges' | 'total'>;
  attributes: GroupAttribute[];
  today: string;
  /** Where who is done with the filters goes on reading. */
  toResults: () => void;
}

/** The filters: beside the products where there is room, else behind a button, with the way on to the products below them. */
export function Filters({ params, onChange, toResults, ...shown }: FiltersProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [isOpen, { toggle, close }] = useDisclosure(false);
  const { total } = shown.found;
  const section = useRef<HTMLElement>(null);
  const dropAll = () => {
    onChange(withoutFilters(params));
    // The button goes with the filters; the keyboard stays here.
    section.current?.focus({ preventScroll: true });
  };
  const count = countFilters(params);
  const panel = <FacetPanel params={params} onChange={onChange} {...shown} />;
  return (
    <section aria-label={t('search.filters')} ref={section} tabIndex={-1} className="xanh-focused-by-us">
      <Button variant="default" size="sm" className="xanh-skip-on xanh-only-wide" onClick={toResults}>
        {t('search.skipFilters')}
      </Button>
      <Group justify="space-between" mb={{ base: isOpen ? 'md' : 0, md: 'md' }}>
        <Button
          hiddenFrom="md"
          variant="default"
          aria-expanded={isOpen}
          leftSection={<IconAdjustmentsHorizontal size={18} aria-hidden />}
          onClick={toggle}
        >
          {count === 0 ? t('search.filters') : `${t('search.filters')} (${count})`}
        </Button>
        <Title visibleFrom="md" order={2} size="md">
          {t('search.filters')}
        </Title>
        {count > 0 && (
          <Button variant="subtle" size="compact-sm" onClick={dropAll}>
            {t('search.dropFilters')}
          </Button>
        )}
      </Group>
      <div className="xanh-only-wide">{panel}</div>
      {isOpen && (
        <Box hiddenFrom="md">
          {panel}
          <Button
            fullWidth
            mt="lg"
            onClick={() => {
              // At once, so that the products stand where they are gone to.
              flushSync(close);
              toResults();
            }}
          >
            {t('search.toResults', { count: total, total: format.number(total) })}
          </Button>
        </Box>
      )}
    </section>
  );
}
