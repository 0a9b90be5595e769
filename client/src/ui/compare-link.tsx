import { Button, Indicator } from '@mantine/core';
import IconColumns3 from '@tabler/icons-react/icons/IconColumns3';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { comparePath, useComparison } from './comparison.ts';

/** The way to the products put side by side, once there are any. */
export function CompareLink() {
  const { t } = useTranslation();
  const compared = useComparison();
  const count = compared.length;
  if (count === 0) return null;
  return (
    <Indicator label={count} size={18} offset={8} color="leaf.8" zIndex={1}>
      <Button
        component={Link}
        to={comparePath(compared)}
        variant="subtle"
        color="gray.8"
        px="xs"
        aria-label={t('compare.link', { count })}
      >
        <IconColumns3 size={22} aria-hidden />
      </Button>
    </Indicator>
  );
}
