import { Button, Group, Stack, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import IconPlus from '@tabler/icons-react/icons/IconPlus';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CriteriaDocument } from '../../../../schemas/types.d.ts';
import { criteriaQuery } from '../../api/reference.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { DayText } from '../../ui/date-text.tsx';
import { GroupName, SchemeName } from '../../ui/names.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { CriterionForm } from './criterion-form.tsx';
import type { PartProps } from './part-props.ts';

/** The documents whose criteria labels test. */
export function CriteriaPart({ isOperator, today }: PartProps) {
  const { t } = useTranslation();
  const criteria = useQuery(criteriaQuery);
  const [edited, setEdited] = useState<CriteriaDocument | 'new'>();
  return (
    <Stack gap="lg">
      <Text c="dimmed" maw={680}>
        {t('criterion.lead')}
      </Text>
      {isOperator && edited === undefined && (
        <Group>
          <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={() => setEdited('new')}>
            {t('criterion.new')}
          </Button>
        </Group>
      )}
      {edited !== undefined && (
        <CriterionForm
          key={edited === 'new' ? 'new' : edited.code}
          criterion={edited === 'new' ? undefined : edited}
          today={today}
          onDone={() => setEdited(undefined)}
        />
      )}
      <QueryState query={criteria} blocks={6}>
        {(all) => <CriteriaTable criteria={all} onEdit={isOperator ? setEdited : undefined} />}
      </QueryState>
    </Stack>
  );
}

interface CriteriaTableProps {
  criteria: CriteriaDocument[];
  onEdit: ((criterion: CriteriaDocument) => void) | undefined;
}

function CriteriaTable({ criteria, onEdit }: CriteriaTableProps) {
  const { t } = useTranslation();
  return (
    <Table className="xanh-cards" verticalSpacing="sm">
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{t('certificate.criterion')}</Table.Th>
          <Table.Th scope="col">{t('reference.groups')}</Table.Th>
          <Table.Th scope="col">{t('reference.days')}</Table.Th>
          <Table.Th scope="col">{t('reference.source')}</Table.Th>
          {onEdit !== undefined && <Table.Th scope="col">{t('reference.change')}</Table.Th>}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {criteria.map((criterion) => (
          <Row key={criterion.code} criterion={criterion} onEdit={onEdit} />
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Row({ criterion, onEdit }: Omit<CriteriaTableProps, 'criteria'> & { criterion: CriteriaDocument }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { code, name, scheme, groups, from, through, certificatesEndOn, decision, source } = criterion;
  return (
    <Table.Tr>
      <Table.Th scope="row">
        {code}
        <Text size="sm" fw={400}>
          {format.text(name)}
        </Text>
        <Text size="sm" c="dimmed" fw={400}>
          <SchemeName code={scheme} />
        </Text>
      </Table.Th>
      <Table.Td>
        <ul className="xanh-list">
          {groups.map((group) => (
            <li key={group}>
              <GroupName code={group} />
            </li>
          ))}
        </ul>
      </Table.Td>
      <Table.Td>
        {from === undefined ? t('reference.notSaid') : <DayText day={from} />} –{' '}
        {through === undefined ? t('reference.open') : <DayText day={through} />}
        {certificatesEndOn !== undefined && (
          <Text size="sm" c="dimmed">
            {t('criterion.endsOn', { day: format.day(certificatesEndOn) })}
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        {decision}
        {source !== undefined && (
          <Text size="sm" c="dimmed" className="xanh-source">
            {source}
          </Text>
        )}
      </Table.Td>
      {onEdit !== undefined && (
        <Table.Td>
          <Button
            variant="default"
            size="compact-sm"
            aria-label={t('reference.changeOf', { name: code })}
            onClick={() => onEdit(criterion)}
          >
            {t('reference.change')}
          </Button>
        </Table.Td>
      )}
    </Table.Tr>
  );
}
