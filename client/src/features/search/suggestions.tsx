import { Combobox, ScrollArea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Suggestion } from '../../../../schemas/types.d.ts';

/** The option that searches for the words as they stand. */
const wholeSearch = 'search';

const pathsOf: Record<Suggestion['kind'], (id: string) => string> = {
  product: (id) => `/products/${id}`,
  certificate: (id) => `/certificates/${id}`,
  group: (code) => `/?group=${encodeURIComponent(code)}`,
  scheme: (code) => `/?scheme=${encodeURIComponent(code)}`,
  supplier: (code) => `/?supplier=${encodeURIComponent(code)}`,
};

/** Where a suggestion leads: to a record's page, or to the products of a group, a label or a supplier. */
export function pathOf({ kind, id }: Suggestion): string {
  return pathsOf[kind](id);
}

interface SuggestionsProps {
  typed: string;
  suggestions: Suggestion[];
}

/** The options of the search box: the search itself, then what may be meant, kind by kind. */
export function Suggestions({ typed, suggestions }: SuggestionsProps) {
  const { t } = useTranslation();
  const kinds = [...new Set(suggestions.map(({ kind }) => kind))];
  return (
    <Combobox.Options aria-label={t('suggest.list')}>
      <ScrollArea.Autosize mah="min(60vh, 30rem)" type="auto">
        <Combobox.Option value={wholeSearch} className="xanh-suggestion">
          {t('suggest.all', { typed })}
        </Combobox.Option>
        {kinds.map((kind) => (
          <Combobox.Group key={kind} label={t(`suggest.kind.${kind}`)}>
            {suggestions
              .filter((suggestion) => suggestion.kind === kind)
              .map((suggestion) => (
                <Combobox.Option key={suggestion.id} value={pathOf(suggestion)} className="xanh-suggestion">
                  {suggestion.label}
                  {suggestion.detail !== undefined && (
                    <span className="xanh-suggestion-detail">{suggestion.detail}</span>
                  )}
                </Combobox.Option>
              ))}
          </Combobox.Group>
        ))}
      </ScrollArea.Autosize>
    </Combobox.Options>
  );
}
