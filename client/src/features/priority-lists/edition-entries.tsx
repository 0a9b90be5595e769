import { Anchor, Badge, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import IconListCheck from '@tabler/icons-react/icons/IconListCheck';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { PriorityListEntry } from '../../../../schemas/types.d.ts';
import { groupsQuery } from '../../api/reference.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { EmptyNote } from '../../ui/empty-note.tsx';
import { GroupName, SchemeName } from '../../ui/names.tsx';
import { familiesOf } from './families.ts';

/** The groups of the list by family: what is asked, and which labels count at which level. */
export function EditionEntries({ entries }: { entries: PriorityListEntry[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data: groups = [] } = useQuery(groupsQuery);
  if (entries.length === 0) {
    return (
      <EmptyNote icon={<IconListCheck />} title={t('edition.empty')}>
        {t('edition.emptyWhy')}
      </EmptyNote>
    );
  }
  return (
    <>
      {familiesOf(entries, groups).map(({ code, name, entries: members }) => (
        <section key={code}>
          <Title order={2} size="h3" mb="xs">
            {name === undefined ? code : format.text(name)}
          </Title>
          <EntriesTable entries={members} />
        </section>
      ))}
    </>
  );
}

/** Entries in a table: the group, what is asked, which labels count, by which document. */
export function EntriesTable({ entries }: { entries: PriorityListEntry[] }) {
  const { t } = useTranslation();
  return (
    <Table className="xanh-cards xanh-entries" verticalSpacing="sm">
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{t('line.group')}</Table.Th>
          <Table.Th scope="col">{t('edition.obligation')}</Table.Th>
          <Table.Th scope="col">{t('edition.accepts')}</Table.Th>
          <Table.Th scope="col">{t('edition.legalBasis')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {entries.map((entry) => (
          <Row key={entry.group} entry={entry} />
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Row({ entry }: { entry: PriorityListEntry }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Table.Tr>
      <Table.Th scope="row">
        <Anchor component={Link} to={`/?group=${entry.group}`} inherit>
          <GroupName code={entry.group} />
        </Anchor>
        {entry.description !== undefined && (
          <Text size="sm" c="dimmed" fw={400}>
            {format.text(entry.description)}
          </Text>
        )}
      </Table.Th>
      <Table.Td>
        <ObligationBadge obligation={entry.obligation} />
      </Table.Td>
      <Table.Td data-label={t('edition.accepts')}>
        <Accepted accepts={entry.accepts} />
      </Table.Td>
      <Table.Td data-label={t('edition.legalBasis')}>{entry.legalBasis ?? t('edition.asWhole')}</Table.Td>
    </Table.Tr>
  );
}

/** Whether the group must be bought green or should be. */
export function ObligationBadge({ obligation }: Pick<PriorityListEntry, 'obligation'>) {
  const { t } = useTranslation();
  const isMust = obligation === 'mandatory';
  return (
    <Badge color={isMust ? 'leaf.8' : 'leaf'} variant={isMust ? 'filled' : 'light'} className="xanh-badge">
      {t(`edition.obligationOf.${obligation}`)}
    </Badge>
  );
}

/** The labels that count for a group, each with its least level. */
export function Accepted({ accepts }: Pick<PriorityListEntry, 'accepts'>) {
  const { t } = useTranslation();
  if (accepts.length === 0) return <Text c="dimmed">{t('edition.acceptsNone')}</Text>;
  return (
    <ul className="xanh-list">
      {accepts.map(({ scheme, minLevel }) => (
        <li key={scheme}>
          <SchemeName code={scheme} />
          {minLevel !== undefined && <b> · {t('edition.minLevel', { level: minLevel })}</b>}
        </li>
      ))}
    </ul>
  );
}
