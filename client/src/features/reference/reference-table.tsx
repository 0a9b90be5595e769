import { Button, Table } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { GroupName } from '../../ui/names.tsx';

interface ReferenceTableProps<Entry> {
  entries: Entry[];
  /** The heading of each column. */
  titles: string[];
  /** How much of the table a column takes on a wide screen, where not as much as the others. */
  widths?: Record<string, string>;
  /** The cells of a row: the first one, a heading, names it. */
  children: (entry: Entry) => ReactNode;
  nameOf: (entry: Entry) => string;
  /** Without it nobody may change an entry, and there is no column for that. */
  onEdit: ((entry: Entry) => void) | undefined;
}

/** What the address names is what the reader came for. */
function bringIntoView(row: HTMLElement | null): void {
  row?.scrollIntoView({ block: 'center' });
}

/** Dated records, a row each, with a button to change one. */
export function ReferenceTable<Entry extends { code: string }>(props: ReferenceTableProps<Entry>) {
  const { entries, titles, widths, children, nameOf, onEdit } = props;
  const { t } = useTranslation();
  const [params] = useSearchParams();
  const named = params.get('code');
  return (
    <Table className="xanh-cards xanh-reference" verticalSpacing="sm">
      <Table.Thead>
        <Table.Tr>
          {titles.map((title) => (
            <Table.Th key={title} scope="col" w={widths?.[title]}>
              {title}
            </Table.Th>
          ))}
          {onEdit !== undefined && (
            <Table.Th scope="col" w={110}>
              {t('reference.change')}
            </Table.Th>
          )}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {entries.map((entry) => (
          <Table.Tr key={entry.code} {...(entry.code === named && { ref: bringIntoView, 'data-named': true })}>
            {children(entry)}
            {onEdit !== undefined && (
              <Table.Td>
                <Button
                  variant="default"
                  size="compact-sm"
                  aria-label={t('reference.changeOf', { name: nameOf(entry) })}
                  onClick={() => onEdit(entry)}
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

/** The product groups that a record is about. */
export function GroupList({ codes }: { codes: string[] }) {
  return (
    <ul className="xanh-list">
      {codes.map((code) => (
        <li key={code}>
          <GroupName code={code} />
        </li>
      ))}
    </ul>
  );
}
