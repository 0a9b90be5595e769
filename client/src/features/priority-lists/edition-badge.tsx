import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Standing } from './standing.ts';

const looks = {
  inForce: { color: 'leaf.8', variant: 'filled' },
  coming: { color: 'water', variant: 'light' },
  past: { color: 'gray', variant: 'light' },
  draft: { color: 'amber', variant: 'light' },
} as const;

/** Where an edition stands today. */
export function EditionBadge({ standing }: { standing: Standing }) {
  const { t } = useTranslation();
  return (
    <Badge {...looks[standing]} className="xanh-badge">
      {t(`edition.standing.${standing}`)}
    </Badge>
  );
}
