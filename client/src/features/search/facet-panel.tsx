import { Button, Checkbox, Fieldset, Group, Stack, Switch, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FacetCount, SearchResult } from '../../../../schemas/types.d.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { DayInput } from '../../ui/day-input.tsx';
import { facetFields, readValues, withToggled, withValue } from './search-state.ts';
import type { FacetField } from './search-state.ts';

interface FacetPanelProps {
  facets: SearchResult['facets'];
  params: URLSearchParams;
  onChange: (params: URLSearchParams) => void;
  today: string;
}

/** Every filter with how many products each choice would show. */
export function FacetPanel({ facets, params, onChange, today }: FacetPanelProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const priority = facets['priority']?.find(({ value }) => value === 'true');
  return (
    <Stack gap="lg">
      <Switch
        label={`${t('search.priority')} (${format.number(priority?.count ?? 0)})`}
        description={t('search.priorityHint')}
        checked={params.get('priority') === 'true'}
        onChange={({ currentTarget }) => onChange(withValue(params, 'priority', currentTarget.checked ? 'true' : ''))}
      />
      <DayInput
        label={t('search.validOn')}
        description={t('search.validOnHint')}
        value={params.get('validOn') ?? today}
        onChange={(day) => onChange(withValue(params, 'validOn', day === today ? '' : day))}
      />
      {facetFields.map((field) => (
        <Facet
          key={field}
          field={field}
          counts={facets[field] ?? []}
          chosen={readValues(params, field)}
          onToggle={(value) => onChange(withToggled(params, field, value))}
        />
      ))}
    </Stack>
  );
}

interface FacetProps {
  field: FacetField;
  counts: FacetCount[];
  chosen: string[];
  onToggle: (value: string) => void;
}

const shownAtFirst = 6;

function Facet({ field, counts, chosen, onToggle }: FacetProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [isWhole, setWhole] = useState(false);
  const missing = chosen.filter((value) => !counts.some((count) => count.value === value));
  const all = [...counts, ...missing.map((value) => ({ value, label: value, count: 0 }))];
  if (all.length === 0) return null;
  const shown = isWhole ? all : all.filter(({ value }, place) => place < shownAtFirst || chosen.includes(value));
  return (
    <Fieldset legend={t(`facet.${field}`)} variant="unstyled" className="xanh-facet">
      <Stack gap={8}>
        {shown.map(({ value, label, count }) => (
          <Checkbox
            key={value}
            checked={chosen.includes(value)}
            onChange={() => onToggle(value)}
            label={
              <Group component="span" justify="space-between" wrap="nowrap" gap="xs">
                <span>{value === 'A' || value === 'B' || value === 'C' ? t(`tier.name.${value}`) : label}</span>
                <Text span size="sm" c="dimmed" className="xanh-figure">
                  {format.number(count)}
                </Text>
              </Group>
            }
          />
        ))}
        {all.length > shown.length || isWhole ? (
          <Button variant="subtle" size="compact-sm" w="fit-content" onClick={() => setWhole(!isWhole)}>
            {isWhole ? t('facet.fewer') : t('facet.all', { count: all.length })}
          </Button>
        ) : null}
      </Stack>
    </Fieldset>
  );
}
