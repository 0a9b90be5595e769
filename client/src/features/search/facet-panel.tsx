import { Fieldset, Stack, Switch } from '@mantine/core';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import type { FacetCount, GroupAttribute, SearchResult, Tier } from '../../../../schemas/types.d.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { DayInput } from '../../ui/day-input.tsx';
import { AttributeFacets } from './attribute-facets.tsx';
import { FacetChoices } from './facet-choices.tsx';
import { facetFields, readValues, withToggled, withValue } from './search-state.ts';
import type { FacetField } from './search-state.ts';

interface FacetPanelProps {
  found: Pick<SearchResult, 'facets' | 'ranges'>;
  /** Of the groups that are chosen. */
  attributes: GroupAttribute[];
  params: URLSearchParams;
  onChange: (params: URLSearchParams) => void;
  today: string;
}

/** Every filter with how many products each choice would show. */
export function FacetPanel({ found, attributes, params, onChange, today }: FacetPanelProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { facets } = found;
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
        <Fragment key={field}>
          <Facet
            field={field}
            counts={facets[field] ?? []}
            chosen={readValues(params, field)}
            onToggle={(value) => onChange(withToggled(params, field, value))}
          />
          {field === 'group' && (
            <AttributeFacets attributes={attributes} found={found} params={params} onChange={onChange} />
          )}
        </Fragment>
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

function isTier(value: string): value is Tier {
  return value === 'A' || value === 'B' || value === 'C';
}

function Facet({ field, counts, chosen, onToggle }: FacetProps) {
  const { t } = useTranslation();
  if (counts.length === 0 && chosen.length === 0) return null;
  const named = counts.map((count) =>
    isTier(count.value) ? { ...count, label: t(`tier.name.${count.value}`) } : count,
  );
  return (
    <Fieldset legend={t(`facet.${field}`)} variant="unstyled" className="xanh-facet">
      <Stack gap={8}>
        <FacetChoices counts={named} chosen={chosen} onToggle={onToggle} />
      </Stack>
    </Fieldset>
  );
}
