import { Button } from '@mantine/core';
import IconBell from '@tabler/icons-react/icons/IconBell';
import IconBellOff from '@tabler/icons-react/icons/IconBellOff';
import { useTranslation } from 'react-i18next';
import { useFollow } from './api.ts';

/** Follows the need of a group, or no longer. */
export function FollowButton({ group, name, follows }: { group: string; name: string; follows: boolean }) {
  const { t } = useTranslation();
  const follow = useFollow();
  return (
    <Button
      variant={follows ? 'default' : 'light'}
      size="sm"
      loading={follow.isPending}
      leftSection={follows ? <IconBellOff size={18} aria-hidden /> : <IconBell size={18} aria-hidden />}
      aria-label={t(follows ? 'needs.unfollowOf' : 'needs.followOf', { name })}
      onClick={() => follow.mutate({ group, follows: !follows })}
    >
      {t(follows ? 'needs.unfollow' : 'needs.follow')}
    </Button>
  );
}
