import { Button, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ProductLabels } from '../../../../schemas/types.d.ts';
import { editionQuery } from '../../api/reference.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { DayInput } from '../../ui/day-input.tsx';
import { KnownAt } from '../../ui/known-at.tsx';
import type { Moment } from './api.ts';

interface DayCheckProps {
  moment: Moment;
  today: string;
  labels: ProductLabels | undefined;
  onChange: (name: keyof Moment, value: string | undefined) => void;
}

/** Asks about any day, and about what the register knew; answers in one sentence. */
export function DayCheck({ moment, today, labels, onChange }: DayCheckProps) {
  const { t } = useTranslation();
  const on = moment.on ?? today;
  return (
    <>
      <Group align="flex-end" gap="md">
        <DayInput
          label={t('product.checkDay')}
          value={on}
          onChange={(day) => onChange('on', day === today ? undefined : day)}
        />
        {on !== today && (
          <Button variant="subtle" onClick={() => onChange('on', undefined)}>
            {t('product.toToday')}
          </Button>
        )}
        <KnownAt value={moment.knownAt} onChange={(instant) => onChange('knownAt', instant)} />
      </Group>
      {labels !== undefined && <Answer labels={labels} />}
    </>
  );
}

const order = { A: 0, B: 1, C: 2 } as const;

function Answer({ labels }: { labels: ProductLabels }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data: edition } = useQuery({ ...editionQuery(labels.on), enabled: labels.edition !== null });
  const best = labels.items
    .flatMap(({ tier, schemeName }) => (tier === null ? [] : [{ tier, schemeName }]))
    .sort((a, b) => order[a.tier] - order[b.tier])[0];
  const day = format.day(labels.on);
  const editionName = edition?.code === labels.edition ? format.text(edition.title) : labels.edition;
  return (
    <Text component="output" display="block" mt="md" fw={500} className="xanh-answer" data-green={best !== undefined}>
      {best === undefined
        ? t('product.notGreenOn', { day })
        : t('product.greenOn', { day, tier: t(`tier.name.${best.tier}`), label: format.text(best.schemeName) })}
      {labels.edition !== null && ` ${t('product.byEdition', { edition: editionName })}`}
    </Text>
  );
}
