import { Anchor, Button, Group, Table, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Share } from '../../../../schemas/types.d.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { ExportMenu } from '../../ui/export/export-menu.tsx';
import { shownRows } from '../../ui/export/load-all.ts';
import { LinesLink } from './lines-link.tsx';
import type { GroupKey } from './lines-link.tsx';
import { useShareColumns } from './use-share-columns.ts';

/** One row: what it is, its share, where a closer look is, and which lines it is made of. */
export interface ShareRow {
  key: string;
  name: string;
  share: Share;
  to?: string | undefined;
  /** Nothing where no single question gives the row's lines. */
  group?: GroupKey | undefined;
}

interface ShareTableProps {
  caption: string;
  nameHead: string;
  rows: ShareRow[];
  /** The tiers that the table counts, where they are not those of the page. */
  tiers?: string;
}

const shownAtFirst = 10;

/** Shares as bars and figures in one table: the chart and its numbers are the same thing, and each number leads to its lines. */
export function ShareTable({ caption, nameHead, rows, tiers }: ShareTableProps) {
  const { t } = useTranslation();
  const [isWhole, setWhole] = useState(false);
  const columns = useShareColumns(nameHead);
  const shown = isWhole ? rows : rows.slice(0, shownAtFirst);
  return (
    <>
      <Table className="xanh-share-table" verticalSpacing="sm">
        <Table.Caption>{caption}</Table.Caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{nameHead}</Table.Th>
            <Table.Th scope="col" ta="right">
              {t('share.share')}
            </Table.Th>
            <Table.Th scope="col" ta="right">
              {t('share.amounts')}
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {shown.map((row) => (
            <Row key={row.key} row={row} tiers={tiers} />
          ))}
        </Table.Tbody>
      </Table>
      <Group justify="space-between" mt="sm" className="xanh-no-print">
        {rows.length > shownAtFirst ? (
          <Button variant="subtle" size="compact-sm" aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
            {isWhole ? t('facet.fewer') : t('facet.all', { count: rows.length })}
          </Button>
        ) : (
          <span />
        )}
        <ExportMenu isSmall download={{ title: `${nameHead}, ${caption}`, columns, load: shownRows(rows) }} />
      </Group>
    </>
  );
}

function Row({ row, tiers }: { row: ShareRow; tiers: string | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { share } = row;
  const width = `${Number(share.value ?? 0) * 100}%`;
  return (
    <Table.Tr>
      <Table.Th scope="row">
        {row.to === undefined ? (
          row.name
        ) : (
          <Anchor component={Link} to={row.to} inherit preventScrollReset>
            {row.name}
          </Anchor>
        )}
        <span className="xanh-rowbar" aria-hidden>
          <span style={{ width }} />
        </span>
      </Table.Th>
      <Table.Td ta="right" className="xanh-figure" fw={600}>
        {share.value === null ? t('share.noData') : format.share(share.value)}
      </Table.Td>
      <Table.Td ta="right" className="xanh-figure">
        <Amount row={row} part="green" tiers={tiers} />
        <Text span size="sm" c="dimmed" display="block">
          / <Amount row={row} part="all" tiers={tiers} />
        </Text>
      </Table.Td>
    </Table.Tr>
  );
}

interface AmountProps {
  row: ShareRow;
  part: 'green' | 'all';
  tiers: string | undefined;
}

function Amount({ row, part, tiers }: AmountProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const amount = part === 'green' ? row.share.numerator : row.share.denominator;
  const words = <span title={format.money(amount)}>{format.shortMoney(amount)}</span>;
  if (row.group === undefined) return words;
  return (
    <LinesLink
      part={part}
      group={row.group}
      tiers={tiers}
      label={t('lines.of', { name: row.name, part: t(`lines.titleOf.${part}`), amount: format.shortMoney(amount) })}
    >
      {words}
    </LinesLink>
  );
}
