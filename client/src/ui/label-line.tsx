import { Group, Text } from '@mantine/core';
import IconRosetteDiscountCheck from '@tabler/icons-react/icons/IconRosetteDiscountCheck';
import IconRosetteDiscountCheckOff from '@tabler/icons-react/icons/IconRosetteDiscountCheckOff';
import { useTranslation } from 'react-i18next';
import type { ProductLabel } from '../../../schemas/types.d.ts';
import { useFormat } from '../i18n/use-format.ts';
import { TierBadge } from './tier-badge.tsx';

/** One label of a product in a line: which, what it counts for, until when. */
export function LabelLine({ label }: { label: ProductLabel }) {
  const { t } = useTranslation();
  const format = useFormat();
  const Icon = label.valid ? IconRosetteDiscountCheck : IconRosetteDiscountCheckOff;
  return (
    <Group gap="xs" wrap="nowrap" align="flex-start">
      <Icon size={20} aria-hidden className={label.valid ? 'xanh-label-valid' : 'xanh-label-past'} />
      <Group gap={8} className="xanh-label-words">
        <Text span size="sm" fw={600} c={label.valid ? undefined : 'dimmed'}>
          {format.text(label.schemeName)}
          {label.level !== undefined && ` · ${t('label.level', { level: label.level })}`}
        </Text>
        <LabelWords label={label} />
      </Group>
    </Group>
  );
}

function LabelWords({ label }: { label: ProductLabel }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (!label.valid) {
    return (
      <Text span size="sm" c="dimmed">
        {t(`label.reason.${label.reason}`)}
        {label.reason === 'ENDED' && label.validThrough !== null && ` (${format.day(label.validThrough)})`}
      </Text>
    );
  }
  return (
    <>
      {label.tier === null ? (
        <Text span size="sm" c="dimmed">
          {t('label.countsForNothing', { why: t(`label.tierReason.${label.tierReason}`) })}
        </Text>
      ) : (
        <TierBadge tier={label.tier} />
      )}
      <Text span size="sm" c="dimmed">
        {label.validUntil === null ? t('label.open') : t('label.until', { day: format.day(label.validUntil) })}
      </Text>
    </>
  );
}
