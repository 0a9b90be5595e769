import { Anchor, Table, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Need } from '../../../../schemas/types.d.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { FollowButton } from './follow-button.tsx';
import { searchOf } from './need.ts';

interface OtherGroupsProps {
  needs: Need[];
  fewest: number;
  followed: ReadonlySet<string> | undefined;
}

/** Groups of which nothing may be told: only what there is. */
export function OtherGroups({ needs, fewest, followed }: OtherGroupsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  if (needs.length === 0) return null;
  return (
    <section aria-labelledby="needs-other">
      <Title order={2} size="h3" id="needs-other">
        {t('needs.other')}
      </Title>
      <Text size="sm" c="dimmed" mb="md">
        {t('needs.otherWhat', { fewest })}
      </Text>
      <Table.ScrollContainer minWidth={320}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('needs.group')}</Table.Th>
              <Table.Th ta="end">{t('needs.acceptedShort')}</Table.Th>
              {followed && <Table.Th ta="end">{t('needs.follow')}</Table.Th>}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {needs.map(({ group, name, accepted }) => (
              <Table.Tr key={group}>
                <Table.Td>
                  <Anchor component={Link} to={searchOf(group)}>
                    {format.text(name)}
                  </Anchor>
                </Table.Td>
                <Table.Td ta="end" className="xanh-figure">
                  {format.number(accepted)}
                </Table.Td>
                {followed && (
                  <Table.Td ta="end">
                    <FollowButton group={group} name={format.text(name)} follows={followed.has(group)} />
                  </Table.Td>
                )}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </section>
  );
}
