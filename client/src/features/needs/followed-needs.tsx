import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Need, NeedFollow } from '../../../../schemas/types.d.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useFollow } from './api.ts';

/** What the organisation follows, with what changed since it last looked. */
export function FollowedNeeds({ follows, needs }: { follows: NeedFollow[]; needs: Need[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const follow = useFollow();
  const nameOf = (group: string) => {
    const need = needs.find((one) => one.group === group);
    return need ? format.text(need.name) : group;
  };
  return (
    <Paper component="section" p={{ base: 'md', sm: 'lg' }} className="xanh-soft" aria-labelledby="needs-followed">
      <Title order={2} size="h3" id="needs-followed">
        {t('needs.followed')}
      </Title>
      <Text size="sm" c="dimmed">
        {t('needs.followedLetters')}
      </Text>
      {follows.length === 0 && (
        <Text size="sm" c="dimmed" mt="xs">
          {t('needs.followedNone')}
        </Text>
      )}
      <Stack component="ul" gap="sm" className="xanh-list" mt="sm">
        {follows.map((one) => (
          <li key={one.group}>
            <Group justify="space-between" gap="sm">
              <div>
                <Text fw={600}>{nameOf(one.group)}</Text>
                <Text size="sm" c={one.changed ? undefined : 'dimmed'}>
                  {one.changed
                    ? changesOf(one)
                        .map((change) => t(...change))
                        .join(' · ')
                    : t('needs.unchanged')}
                </Text>
              </div>
              {one.changed && (
                <Button
                  size="sm"
                  variant="light"
                  aria-label={t('needs.seenOf', { name: nameOf(one.group) })}
                  onClick={() => follow.mutate({ group: one.group, follows: true })}
                >
                  {t('needs.seen')}
                </Button>
              )}
            </Group>
          </li>
        ))}
      </Stack>
    </Paper>
  );
}

type Change =
  ['needs.changed.asks' | 'needs.changed.labelled', { before: number; now: number }] | ['needs.changed.edition'];

function changesOf({ seen, now }: NeedFollow): Change[] {
  return [
    ...(now.asks > seen.asks ? [['needs.changed.asks', { before: seen.asks, now: now.asks }] satisfies Change] : []),
    ...(now.labelled === seen.labelled
      ? []
      : [['needs.changed.labelled', { before: seen.labelled, now: now.labelled }] satisfies Change]),
    ...(now.obligation === seen.obligation ? [] : [['needs.changed.edition'] satisfies Change]),
  ];
}
