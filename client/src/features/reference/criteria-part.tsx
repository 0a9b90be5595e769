import { Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { CriteriaDocument } from '../../../../schemas/types.d.ts';
import { criteriaQuery } from '../../api/reference.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { DayText } from '../../ui/date-text.tsx';
import { SchemeName } from '../../ui/names.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { CriterionForm } from './criterion-form.tsx';
import { EntryPart } from './entry-part.tsx';
import type { PartProps } from './part-props.ts';
import { GroupList, ReferenceTable } from './reference-table.tsx';

/** The documents whose criteria labels test. */
export function CriteriaPart({ isOperator, today }: PartProps) {
  const { t } = useTranslation();
  const criteria = useQuery(criteriaQuery);
  return (
    <EntryPart<CriteriaDocument>
      lead={t('criterion.lead')}
      newLabel={t('criterion.new')}
      isOperator={isOperator}
      renderForm={(criterion, onDone) => (
        <CriterionForm key={criterion?.code ?? 'new'} criterion={criterion} today={today} onDone={onDone} />
      )}
    >
      {(onEdit) => (
        <QueryState query={criteria} blocks={6}>
          {(all) => <CriteriaTable criteria={all} onEdit={onEdit} />}
        </QueryState>
      )}
    </EntryPart>
  );
}

interface CriteriaTableProps {
  criteria: CriteriaDocument[];
  onEdit: ((criterion: CriteriaDocument) => void) | undefined;
}

function CriteriaTable({ criteria, onEdit }: CriteriaTableProps) {
  const { t } = useTranslation();
  const titles = [t('certificate.criterion'), t('reference.groups'), t('reference.days'), t('reference.source')];
  return (
    <ReferenceTable entries={criteria} titles={titles} nameOf={({ code }) => code} onEdit={onEdit}>
      {(criterion) => <Cells criterion={criterion} />}
    </ReferenceTable>
  );
}

function Cells({ criterion }: { criterion: CriteriaDocument }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { code, name, scheme, groups, from, through, certificatesEndOn, decision, source } = criterion;
  return (
    <>
      <Table.Th scope="row">
        {code}
        <Text size="sm" fw={400}>
          {format.text(name)}
        </Text>
        <Text size="sm" c="dimmed" fw={400}>
          <SchemeName code={scheme} />
        </Text>
      </Table.Th>
      <Table.Td data-label={t('reference.groups')}>
        <GroupList codes={groups} />
      </Table.Td>
      <Table.Td data-label={t('reference.days')}>
        {from === undefined ? t('reference.notSaid') : <DayText day={from} />} –{' '}
        {through === undefined ? t('reference.open') : <DayText day={through} />}
        {certificatesEndOn !== undefined && (
          <Text size="sm" c="dimmed">
            {t('criterion.endsOn', { day: format.day(certificatesEndOn) })}
          </Text>
        )}
      </Table.Td>
      <Table.Td data-label={t('reference.source')}>
        {decision}
        {source !== undefined && (
          <Text size="sm" c="dimmed" className="xanh-source">
            {source}
          </Text>
        )}
      </Table.Td>
    </>
  );
}
