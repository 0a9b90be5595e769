import { Badge } from '@mantine/core';
import IconCircleCheckFilled from '@tabler/icons-react/icons/IconCircleCheckFilled';
import { useTranslation } from 'react-i18next';
import type { Tier } from '../../../schemas/types.d.ts';

const looks = {
  A: { color: 'leaf.8', variant: 'filled' },
  B: { color: 'leaf', variant: 'light' },
  C: { color: 'water', variant: 'light' },
} as const;

/** What a label counts for, in plain words. */
export function TierBadge({ tier }: { tier: Tier }) {
  const { t } = useTranslation();
  return (
    <Badge
      {...looks[tier]}
      className="xanh-badge"
      leftSection={<IconCircleCheckFilled size={14} aria-hidden />}
      title={t(`tier.why.${tier}`)}
    >
      {t('tier.counts', { tier: t(`tier.name.${tier}`) })}
    </Badge>
  );
}
