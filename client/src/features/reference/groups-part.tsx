import { Anchor, Stack, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ProductGroup } from '../../../../schemas/types.d.ts';
import { groupsQuery } from '../../api/reference.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { QueryState } from '../../ui/query-state.tsx';
import { isUnitCode } from '../../ui/unit-codes.ts';
import { EntryPart } from './entry-part.tsx';
import { GroupForm } from './group-form.tsx';
import type { PartProps } from './part-props.ts';
import { ReferenceTable } from './reference-table.tsx';

/** Product groups by family: what they are counted in, and which attributes their products have. */
export function GroupsPart({ isOperator, today }: PartProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const groups = useQuery(groupsQuery);
  return (
    <EntryPart<ProductGroup>
      lead={t('reference.groupsLead')}
      newLabel={t('reference.newGroup')}
      isOperator={isOperator}
      renderForm={(group, onDone) => (
        <GroupForm key={group?.code ?? 'new'} group={group} groups={groups.data ?? []} today={today} onDone={onDone} />
      )}
    >
      {(onEdit) => (
        <QueryState query={groups} blocks={6}>
          {(all) => (
            <Stack gap="xl">
              {familiesOf(all).map((members) => (
                <section key={members[0]?.family.code}>
                  <Title order={2} size="h3" mb="xs">
                    {members[0] === undefined ? '' : format.text(members[0].family.name)}
                  </Title>
                  <GroupTable groups={members} onEdit={onEdit} />
                </section>
              ))}
            </Stack>
          )}
        </QueryState>
      )}
    </EntryPart>
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
  const titles = [t('line.group'), t('reference.baseUnit'), t('entry.attributes'), t('product.cpv')];
  const widths = { [t('reference.baseUnit')]: '12%', [t('product.cpv')]: '14%' };
  return (
    <ReferenceTable
      entries={groups}
      titles={titles}
      widths={widths}
      nameOf={({ name }) => format.text(name)}
      onEdit={onEdit}
    >
      {({ code, name, baseUnit, attributes = [], cpv = [] }) => (
        <>
          <Table.Th scope="row">
            <Anchor component={Link} to={`/?group=${code}`} inherit>
              {format.text(name)}
            </Anchor>
            <Text size="sm" c="dimmed" fw={400}>
              {code}
            </Text>
          </Table.Th>
          <Table.Td data-label={t('reference.baseUnit')}>{unitOf(baseUnit)}</Table.Td>
          <Table.Td data-label={t('entry.attributes')}>
            {attributes.map((attribute) => format.text(attribute.name)).join(', ')}
          </Table.Td>
          <Table.Td data-label={t('product.cpv')}>
            {cpv.map((one) => (
              <div key={one} className="xanh-figure">
                {one}
              </div>
            ))}
          </Table.Td>
        </>
      )}
    </ReferenceTable>
  );
}

function familiesOf(groups: ProductGroup[]): ProductGroup[][] {
  const families = new Map<string, ProductGroup[]>();
  for (const group of groups) families.set(group.family.code, [...(families.get(group.family.code) ?? []), group]);
  return [...families.values()];
}
