import { Group, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Share } from '../../../../schemas/types.d.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { ExportMenu } from '../../ui/export/export-menu.tsx';
import { shownRows } from '../../ui/export/load-all.ts';
import type { Column } from '../../ui/export/table-file.ts';
import { LinesLink } from './lines-link.tsx';
import type { GroupKey } from './lines-link.tsx';

/** A figure as it is and as it would be. */
export interface ComparedRow {
  key: string;
  name: string;
  real: Share;
  simulated: Share;
  group?: GroupKey;
}

interface SimulationTableProps {
  caption: string;
  nameHead: string;
  tiers: string;
  rows: ComparedRow[];
}

/** Real and simulated side by side, with the difference. */
export function SimulationTable({ caption, nameHead, tiers, rows }: SimulationTableProps) {
  const { t } = useTranslation();
  const columns = useComparedColumns(nameHead);
  if (rows.length === 0) return <Text c="dimmed">{t('simulation.noChange')}</Text>;
  return (
    <div>
      <Table className="xanh-share-table xanh-simulated" verticalSpacing="sm">
        <Table.Caption>{caption}</Table.Caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{nameHead}</Table.Th>
            {(['real', 'mark', 'difference'] as const).map((head) => (
              <Table.Th key={head} scope="col" ta="right">
                {t(`simulation.${head}`)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={row.key}>
              <Table.Th scope="row">{row.name}</Table.Th>
              <Figure share={row.real} row={row} />
              <Figure share={row.simulated} row={row} tiers={tiers} isSimulated />
              <Table.Td ta="right" className="xanh-figure" fw={600}>
                <Difference row={row} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Group justify="flex-end" mt="sm">
        <ExportMenu
          isSmall
          download={{
            title: `${t('simulation.title')}, ${caption}`,
            columns,
            load: shownRows(rows),
            notes: [t('simulation.note')],
          }}
        />
      </Group>
    </div>
  );
}

interface FigureProps {
  share: Share;
  row: ComparedRow;
  tiers?: string;
  isSimulated?: boolean;
}

function Figure({ share, row, tiers, isSimulated = false }: FigureProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const say = (sum: string) => (row.key === 'M4' ? format.number(sum) : format.shortMoney(sum));
  const above = say(share.numerator);
  const part = row.key === 'M2' ? 'scopeGreen' : row.key === 'M3' ? 'scope' : 'green';
  return (
    <Table.Td ta="right" className="xanh-figure" data-simulated={isSimulated}>
      <Text span fw={600} display="block">
        {share.value === null ? t('share.noData') : format.share(share.value)}
      </Text>
      <Text span size="sm" c="dimmed">
        {isSimulated ? (
          <LinesLink
            part={part}
            group={row.group}
            tiers={tiers}
            label={t('lines.of', { name: row.name, part: t(`lines.titleOf.${part}`), amount: above })}
          >
            {above}
          </LinesLink>
        ) : (
          above
        )}{' '}
        / {say(share.denominator)}
      </Text>
    </Table.Td>
  );
}

function Difference({ row: { real, simulated } }: { row: ComparedRow }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (real.value === null || simulated.value === null) return '–';
  const points = (Number(simulated.value) - Number(real.value)) * 100;
  const sign = points > 0 ? '+' : '';
  return t('simulation.points', { points: `${sign}${format.number(points.toFixed(2))}` });
}

function useComparedColumns(nameHead: string): Column<ComparedRow>[] {
  const { t } = useTranslation();
  const of = (name: string, pick: (row: ComparedRow) => Share): Column<ComparedRow>[] => [
    { name: `${name}: ${t('share.share')}`, kind: 'ratio', value: (row) => pick(row).value },
    { name: `${name}: ${t('share.numerator')}`, kind: 'money', value: (row) => pick(row).numerator },
    { name: `${name}: ${t('share.denominator')}`, kind: 'money', value: (row) => pick(row).denominator },
  ];
  return [
    { name: nameHead, value: ({ name }) => name },
    ...of(t('simulation.real'), ({ real }) => real),
    ...of(t('simulation.mark'), ({ simulated }) => simulated),
  ];
}
