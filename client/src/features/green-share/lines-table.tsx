import { Anchor, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ShareLine } from '../../../../schemas/types.d.ts';
import { useWithBack } from '../../ui/crumbs.tsx';
import { DayText } from '../../ui/date-text.tsx';
import { Money } from '../../ui/money.tsx';
import { AgencyName, GroupName } from '../../ui/names.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';

/** Lines, each with ways on to its purchase, its product and its certificate. */
export function LinesTable({ lines }: { lines: ShareLine[] }) {
  const { t } = useTranslation();
  return (
    <Table className="xanh-cards" verticalSpacing="sm">
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{t('lines.purchase')}</Table.Th>
          <Table.Th scope="col">{t('line.description')}</Table.Th>
          <Table.Th scope="col">{t('line.status')}</Table.Th>
          <Table.Th scope="col" ta="right">
            {t('line.amountNet')}
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {lines.map((line) => (
          <Row key={`${line.purchase} ${line.lineNo}`} line={line} />
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Row({ line }: { line: ShareLine }) {
  const { t } = useTranslation();
  const withBack = useWithBack();
  const { purchase, reference, basisDate, agency, description, product, group, green, amountNet, exemption } = line;
  return (
    <Table.Tr>
      <Table.Th scope="row">
        <Anchor component={Link} to={withBack(`/purchases/${purchase}`)}>
          {reference}
        </Anchor>
        <Text size="sm" c="dimmed" fw={400}>
          <DayText day={basisDate} /> · <AgencyName code={agency} />
        </Text>
      </Table.Th>
      <Table.Td>
        {product === undefined ? (
          description
        ) : (
          <Anchor component={Link} to={withBack(`/products/${product}?on=${basisDate}`)} inherit>
            {description}
          </Anchor>
        )}
        {group !== undefined && (
          <Text size="sm" c="dimmed">
            <GroupName code={group} />
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        <StatusBadge decision={green} />
        {green.certificate !== undefined && (
          <Anchor
            component={Link}
            to={withBack(`/certificates/${green.certificate}?on=${basisDate}`)}
            size="sm"
            display="block"
            aria-label={`${t('line.certificate')}: ${description}`}
          >
            {t('line.certificate')}
          </Anchor>
        )}
        {exemption !== undefined && (
          <Text size="sm" c="dimmed">
            {t('lines.exempt', { code: exemption.code })}
          </Text>
        )}
      </Table.Td>
      <Table.Td className="xanh-amount">
        <Money amount={amountNet} fw={600} />
      </Table.Td>
    </Table.Tr>
  );
}
