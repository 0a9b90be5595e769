import { Anchor, Button, Table, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Share } from '../../../../schemas/types.d.ts';
import { useFormat } from '../../i18n/use-format.ts';

/** One row: what it is, its share, and where a closer look is. */
export interface ShareRow {
  key: string;
  name: string;
  share: Share;
  to?: string | undefined;
}

interface ShareTableProps {
  caption: string;
  nameHead: string;
  rows: ShareRow[];
}

const shownAtFirst = 10;

/** Shares as bars and figures in one table: the chart and its numbers are the same thing. */
export function ShareTable({ caption, nameHead, rows }: ShareTableProps) {
  const { t } = useTranslation();
  const [isWhole, setWhole] = useState(false);
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
            <Row key={row.key} row={row} />
          ))}
        </Table.Tbody>
      </Table>
      {rows.length > shownAtFirst && (
        <Button variant="subtle" size="compact-sm" mt="sm" aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
          {isWhole ? t('facet.fewer') : t('facet.all', { count: rows.length })}
        </Button>
      )}
    </>
  );
}

function Row({ row }: { row: ShareRow }) {
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
        {share.value === null ? t('share.noData') : format.percent(share.value)}
      </Table.Td>
      <Table.Td ta="right" className="xanh-figure">
        <span title={format.money(share.numerator)}>{format.shortMoney(share.numerator)}</span>
        <Text span size="sm" c="dimmed" display="block" title={format.money(share.denominator)}>
          / {format.shortMoney(share.denominator)}
        </Text>
      </Table.Td>
    </Table.Tr>
  );
}
