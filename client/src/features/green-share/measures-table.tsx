import { Group, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Measures, Share } from '../../../../schemas/types.d.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { ExportMenu } from '../../ui/export/export-menu.tsx';
import { shownRows } from '../../ui/export/load-all.ts';
import { LinesLink } from './lines-link.tsx';
import type { Part } from './part.ts';
import { useShareColumns } from './use-share-columns.ts';

const measures = ['M1', 'M2', 'M3', 'M4'] as const;

/** Every measure with what it divides by what. */
export function MeasuresTable({ report }: { report: Measures }) {
  const { t } = useTranslation();
  const columns = useShareColumns(t('measures.measure'));
  const rows = measures.map((key) => ({ key, name: t(`measures.name.${key}`), share: report[key] }));
  return (
    <>
      <Table className="xanh-share-table" verticalSpacing="sm">
        <Table.Caption>{t('measures.caption')}</Table.Caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('measures.measure')}</Table.Th>
            <Table.Th scope="col" ta="right">
              {t('share.share')}
            </Table.Th>
            <Table.Th scope="col" ta="right">
              {t('share.amounts')}
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {measures.map((measure) => (
            <Table.Tr key={measure}>
              <Table.Th scope="row">
                {t(`measures.name.${measure}`)}
                <Text span size="sm" c="dimmed" fw={400} display="block">
                  {t(`measures.what.${measure}`)}
                </Text>
              </Table.Th>
              <Figures measure={measure} share={report[measure]} />
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Group justify="flex-end" mt="sm" className="xanh-no-print">
        <ExportMenu isSmall download={{ title: t('measures.title'), columns, load: shownRows(rows) }} />
      </Group>
    </>
  );
}

/** The lines of a measure's numerator and denominator. */
const partsOf = {
  M1: ['green', 'all'],
  M2: ['scopeGreen', 'scope'],
  M3: ['scope', 'all'],
  M4: ['green', 'all'],
} as const;

/** M4 counts contracts, the others money. */
function Figures({ measure, share }: { measure: keyof typeof partsOf; share: Share }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [above, below] = partsOf[measure];
  return (
    <>
      <Table.Td ta="right" className="xanh-figure" fw={600}>
        {share.value === null ? t('share.noData') : format.share(share.value)}
      </Table.Td>
      <Table.Td ta="right" className="xanh-figure">
        <Sum measure={measure} part={above} sum={share.numerator} />
        <Text span size="sm" c="dimmed" display="block">
          / <Sum measure={measure} part={below} sum={share.denominator} />
        </Text>
      </Table.Td>
    </>
  );
}

function Sum({ measure, part, sum }: { measure: keyof typeof partsOf; part: Part; sum: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const amount = measure === 'M4' ? format.number(sum) : format.shortMoney(sum);
  return (
    <LinesLink
      part={part}
      label={t('lines.of', { name: t(`measures.name.${measure}`), part: t(`lines.titleOf.${part}`), amount })}
    >
      {amount}
    </LinesLink>
  );
}
