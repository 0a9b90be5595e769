import { Fieldset, Group, NumberInput, Stack, VisuallyHidden } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { GroupAttribute, SearchResult } from '../../../../schemas/types.d.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { FacetChoices } from './facet-choices.tsx';
import { attributeParameter, readRange, readValues, toggled, withRange, withValue } from './search-state.ts';

interface AttributeFacetsProps {
  /** Of the groups that are chosen. */
  attributes: GroupAttribute[];
  found: Pick<SearchResult, 'facets' | 'ranges'>;
  params: URLSearchParams;
  onChange: (params: URLSearchParams) => void;
}

/** What the products of the chosen groups can be told apart by: codes and classes to tick, numbers also as a range. */
export function AttributeFacets({ attributes, found, params, onChange }: AttributeFacetsProps) {
  const format = useFormat();
  return (
    <>
      {attributes.map((attribute) => {
        const name = attributeParameter(attribute.key);
        const counts = found.facets[name] ?? [];
        const { chosen, from, to } = readRange(readValues(params, name), counts);
        if (counts.length === 0 && chosen.length === 0 && from === undefined && to === undefined) return null;
        return (
          <Fieldset
            key={name}
            legend={legendOf(format.text(attribute.name), attribute)}
            variant="unstyled"
            className="xanh-facet"
          >
            <Stack gap={8}>
              <FacetChoices
                counts={counts}
                chosen={chosen}
                onToggle={(value) => onChange(withValue(params, name, toggled(chosen, value).join(',')))}
              />
              {attribute.type === 'number' && (
                <RangeFields
                  key={`${from}..${to}`}
                  range={found.ranges[name]}
                  from={from}
                  to={to}
                  onChange={(next) => onChange(withRange(params, name, next))}
                />
              )}
            </Stack>
          </Fieldset>
        );
      })}
    </>
  );
}

function legendOf(name: string, { unit }: GroupAttribute): string {
  return unit === undefined ? name : `${name} (${unit.symbol})`;
}

interface RangeFieldsProps {
  range: { min: number; max: number } | undefined;
  from: number | undefined;
  to: number | undefined;
  onChange: (range: { from: number | undefined; to: number | undefined }) => void;
}

/** From and to, both included; the search starts when a field is left, or with Enter. */
function RangeFields({ range, from, to, onChange }: RangeFieldsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [typed, setTyped] = useState({ from, to });
  const apply = () => {
    if (typed.from !== from || typed.to !== to) onChange(typed);
  };
  const field = (end: 'from' | 'to', hint: number | undefined) => (
    <NumberInput
      size="sm"
      label={t(`attribute.${end}`)}
      placeholder={hint === undefined ? '' : format.number(hint)}
      value={typed[end] ?? ''}
      min={0}
      hideControls
      decimalSeparator={format.language === 'vi' ? ',' : '.'}
      thousandSeparator={format.language === 'vi' ? '.' : ','}
      onChange={(value) => setTyped({ ...typed, [end]: value === '' ? undefined : Number(value) })}
      onBlur={apply}
    />
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        apply();
      }}
    >
      <Group gap="xs" grow>
        {field('from', range?.min)}
        {field('to', range?.max)}
      </Group>
      <VisuallyHidden>
        <button type="submit">{t('attribute.apply')}</button>
      </VisuallyHidden>
    </form>
  );
}
