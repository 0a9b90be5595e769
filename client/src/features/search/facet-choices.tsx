import { Button, Checkbox, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FacetCount } from '../../../../schemas/types.d.ts';
import { useFormat } from '../../i18n/use-format.ts';

interface FacetChoicesProps {
  counts: FacetCount[];
  chosen: string[];
  onToggle: (value: string) => void;
}

const shownAtFirst = 6;

/** The values of one facet to tick, each with its count; those beyond the first few on demand. */
export function FacetChoices({ counts, chosen, onToggle }: FacetChoicesProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [isWhole, setWhole] = useState(false);
  const missing = chosen.filter((value) => !counts.some((count) => count.value === value));
  const all = [...counts, ...missing.map((value) => ({ value, label: value, count: 0 }))];
  const shown = isWhole ? all : all.filter(({ value }, place) => place < shownAtFirst || chosen.includes(value));
  return (
    <>
      {shown.map(({ value, label, count }) => (
        <Checkbox
          key={value}
          checked={chosen.includes(value)}
          onChange={() => onToggle(value)}
          label={
            <Group component="span" justify="space-between" wrap="nowrap" gap="xs">
              <span>{label}</span>
              <Text span size="sm" c="dimmed" className="xanh-figure">
                {format.number(count)}
              </Text>
            </Group>
          }
        />
      ))}
      {all.length > shown.length || isWhole ? (
        <Button
          variant="subtle"
          size="compact-sm"
          w="fit-content"
          className="xanh-flush"
          onClick={() => setWhole(!isWhole)}
        >
          {isWhole ? t('facet.fewer') : t('facet.all', { count: all.length })}
        </Button>
      ) : null}
    </>
  );
}
