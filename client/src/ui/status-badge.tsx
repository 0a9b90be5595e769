import { Badge } from '@mantine/core';
import IconCircleCheckFilled from '@tabler/icons-react/icons/IconCircleCheckFilled';
import IconCircleMinus from '@tabler/icons-react/icons/IconCircleMinus';
import IconHelpCircle from '@tabler/icons-react/icons/IconHelpCircle';
import { useTranslation } from 'react-i18next';
import type { LineDecision } from '../../../schemas/types.d.ts';

const looks = {
  green: { color: 'leaf.8', variant: 'filled', Icon: IconCircleCheckFilled },
  notGreen: { color: 'gray', variant: 'light', Icon: IconCircleMinus },
  unknown: { color: 'amber', variant: 'light', Icon: IconHelpCircle },
} as const;

/** Whether a line is green, not green or not known. */
export function StatusBadge({ decision }: { decision: Pick<LineDecision, 'status' | 'tier'> }) {
  const { t } = useTranslation();
  const { Icon, ...look } = looks[decision.status];
  return (
    <Badge {...look} className="xanh-badge" leftSection={<Icon size={14} aria-hidden />}>
      {decision.tier === null
        ? t(`decision.status.${decision.status}`)
        : t('decision.greenWithTier', { tier: decision.tier })}
    </Badge>
  );
}
