import { Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Measures, Share } from '../../../../schemas/types.d.ts';
import { useFormat } from '../../i18n/use-format.ts';

const measures = ['M1', 'M2', 'M3', 'M4'] as const;

/** Every measure with what it divides by what. */
export function MeasuresTable({ report }: { report: Measures }) {
  const { t } = useTranslation();
  return (
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
            <Figures share={report[measure]} isMoney={measure !== 'M4'} />
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

/** M4 counts contracts, the others money. */
function Figures({ share, isMoney }: { share: Share; isMoney: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const say = (sum: string) => (isMoney ? format.shortMoney(sum) : format.number(sum));
  return (
    <>
      <Table.Td ta="right" className="xanh-figure" fw={600}>
        {share.value === null ? t('share.noData') : format.percent(share.value)}
      </Table.Td>
      <Table.Td ta="right" className="xanh-figure">
        {say(share.numerator)}
        <Text span size="sm" c="dimmed" display="block">
          / {say(share.denominator)}
        </Text>
      </Table.Td>
    </>
  );
}
