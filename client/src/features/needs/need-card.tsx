import { Anchor, Badge, Grid, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Need } from '../../../../schemas/types.d.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { FollowButton } from './follow-button.tsx';
import { searchOf } from './need.ts';
import { WantList } from './want-list.tsx';

interface NeedCardProps {
  need: Need;
  /** What the longest bar of each kind stands for. */
  most: { asks: number; accepted: number };
  /** Whether the reader's organisation follows it; absent for who follows nothing. */
  follows: boolean | undefined;
}

/** One group: what is looked for in vain on the left, what there is on the right. */
export function NeedCard({ need, most, follows }: NeedCardProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { group, name, obligation, labelled, accepted, published } = need;
  if (published === null) return null;
  const { asks, agencies, visitors = 0, wants, from, through } = published;
  return (
    <Paper component="li" p={{ base: 'md', sm: 'lg' }}>
      <Group justify="space-between" gap="sm" mb="sm">
        <Group gap="sm">
          <Title order={3} size="h4">
            {format.text(name)}
          </Title>
          <Badge variant="light" color={obligation === 'mandatory' ? 'leaf' : 'gray'} className="xanh-badge">
            {t(`needs.obligation.${obligation}`)}
          </Badge>
        </Group>
        {follows !== undefined && <FollowButton group={group} name={format.text(name)} follows={follows} />}
      </Group>
      <Grid gap={{ base: 'md', md: 'xl' }}>
        <Grid.Col span={{ base: 12, sm: 6 }}>
          <Bar colour="need" part={asks / most.asks} says={t('needs.asks', { count: asks })} />
          <Text size="sm" c="dimmed" mt={4}>
            {t('needs.agencies', { agencies: format.number(agencies), from: monthOf(from), through: monthOf(through) })}
            {visitors > 0 && ` ${t('needs.visitors', { count: visitors })}`}
          </Text>
        </Grid.Col>
        <Grid.Col span={{ base: 12, sm: 6 }}>
          <Bar colour="supply" part={accepted / most.accepted} says={t('needs.accepted', { count: accepted })} />
          <Text size="sm" c="dimmed" mt={4}>
            {t('needs.labelled', { count: labelled })}{' '}
            <Anchor
              component={Link}
              to={searchOf(group)}
              underline="always"
              aria-label={t('needs.seeOf', { name: format.text(name) })}
            >
              {t('needs.see')}
            </Anchor>
          </Text>
        </Grid.Col>
      </Grid>
      {wants.length > 0 && <WantList group={group} wants={wants} />}
    </Paper>
  );
}

function Bar({ colour, part, says }: { colour: 'need' | 'supply'; part: number; says: string }) {
  return (
    <Stack gap={6}>
      <Text fw={600}>{says}</Text>
      <div className={`xanh-countbar xanh-countbar-${colour}`} aria-hidden>
        <span style={{ inlineSize: `${100 * part}%` }} />
      </div>
    </Stack>
  );
}

/** `2026-03` is 03/2026. */
function monthOf(month: string): string {
  return `${month.slice(5)}/${month.slice(0, 4)}`;
}
