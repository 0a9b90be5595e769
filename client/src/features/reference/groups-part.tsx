import { Anchor, Button, Stack, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ProductGroup } from '../../../../schemas/types.d.ts';
import { groupsQuery } from '../../api/reference.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { QueryState } from '../../ui/query-state.tsx';
import { isUnitCode } from '../../ui/unit-codes.ts';
import { GroupForm } from './group-form.tsx';
import type { PartProps } from './part-props.ts';

/** Product groups by family: what they are counted in, and which attributes their products have. */
export function GroupsPart({ isOperator, today }: PartProps) {
  const format = useFormat();
  const groups = useQuery(groupsQuery);
  const [edited, setEdited] = useState<ProductGroup>();
  return (
    <Stack gap="xl">
      {edited !== undefined && (
        <GroupForm key={edited.code} group={edited} today={today} onDone={() => setEdited(undefined)} />
      )}
      <QueryState query={groups} blocks={6}>
        {(all) =>
          familiesOf(all).map((members) => (
            <section key={members[0]?.family.code}>
              <Title order={2} size="h3" mb="xs">
                {members[0] === undefined ? '' : format.text(members[0].family.name)}
              </Title>
              <GroupTable groups={members} onEdit={isOperator ? setEdited : undefined} />
            </section>
          ))
        }
      </QueryState>
    </Stack>
  );
}

interface GroupTableProps {
  groups: ProductGroup[];
  onEdit: ((group: ProductGroup) => void) | undefined;
}

function GroupTable({ groups, onEdit }: GroupTableProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const unitOf = (unit: string) => (isUnitCode(unit) ? t(`unit.${unit}`) : unit);
  return (
    <Table className="xanh-cards" verticalSpacing="sm">
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{t('line.group')}</Table.Th>
          <Table.Th scope="col">{t('reference.baseUnit')}</Table.Th>
          <Table.Th scope="col">{t('entry.attributes')}</Table.Th>
          <Table.Th scope="col">{t('product.cpv')}</Table.Th>
          {onEdit !== undefined && <Table.Th scope="col">{t('reference.change')}</Table.Th>}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {groups.map((group) => (
          <Table.Tr key={group.code}>
            <Table.Th scope="row">
              <Anchor component={Link} to={`/?group=${group.code}`} inherit>
                {format.text(group.name)}
              </Anchor>
              <Text size="sm" c="dimmed" fw={400}>
                {group.code}
              </Text>
            </Table.Th>
            <Table.Td>{unitOf(group.baseUnit)}</Table.Td>
            <Table.Td>{(group.attributes ?? []).map(({ name }) => format.text(name)).join(', ')}</Table.Td>
            <Table.Td>{(group.cpv ?? []).join(', ')}</Table.Td>
            {onEdit !== undefined && (
              <Table.Td>
                <Button
                  variant="default"
                  size="compact-sm"
                  aria-label={t('reference.changeOf', { name: format.text(group.name) })}
                  onClick={() => {
                    onEdit(group);
                    window.scrollTo(0, 0);
                  }}
                >
                  {t('reference.change')}
                </Button>
              </Table.Td>
            )}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function familiesOf(groups: ProductGroup[]): ProductGroup[][] {
  const families = new Map<string, ProductGroup[]>();
  for (const group of groups) families.set(group.family.code, [...(families.get(group.family.code) ?? []), group]);
  return [...families.values()];
}
