import { Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import IconHeartHandshake from '@tabler/icons-react/icons/IconHeartHandshake';
import { useTranslation } from 'react-i18next';
import type { RecognitionAgreement } from '../../../../schemas/types.d.ts';
import { agreementsQuery } from '../../api/reference.ts';
import { DayText } from '../../ui/date-text.tsx';
import { EmptyNote } from '../../ui/empty-note.tsx';
import { SchemeName } from '../../ui/names.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { AgreementForm } from './agreement-form.tsx';
import { EntryPart } from './entry-part.tsx';
import type { PartProps } from './part-props.ts';
import { GroupList, ReferenceTable } from './reference-table.tsx';

/** Agreements by which a foreign label counts as the national one for some groups. */
export function AgreementsPart({ isOperator, today }: PartProps) {
  const { t } = useTranslation();
  const agreements = useQuery(agreementsQuery);
  return (
    <EntryPart<RecognitionAgreement>
      lead={t('agreement.lead')}
      newLabel={t('agreement.new')}
      isOperator={isOperator}
      renderForm={(agreement, onDone) => (
        <AgreementForm key={agreement?.code ?? 'new'} agreement={agreement} today={today} onDone={onDone} />
      )}
    >
      {(onEdit) => (
        <QueryState query={agreements}>
          {(all) =>
            all.length === 0 ? (
              <EmptyNote icon={<IconHeartHandshake />} title={t('agreement.none')}>
                {t('agreement.noneWhy')}
              </EmptyNote>
            ) : (
              <AgreementTable agreements={all} onEdit={onEdit} />
            )
          }
        </QueryState>
      )}
    </EntryPart>
  );
}

interface AgreementTableProps {
  agreements: RecognitionAgreement[];
  onEdit: ((agreement: RecognitionAgreement) => void) | undefined;
}

function AgreementTable({ agreements, onEdit }: AgreementTableProps) {
  const { t } = useTranslation();
  const titles = [t('facet.scheme'), t('reference.groups'), t('reference.days'), t('agreement.document')];
  return (
    <ReferenceTable entries={agreements} titles={titles} nameOf={({ code }) => code} onEdit={onEdit}>
      {({ code, scheme, groups, from, through, document }) => (
        <>
          <Table.Th scope="row">
            <SchemeName code={scheme} />
            <Text size="sm" c="dimmed" fw={400}>
              {code}
            </Text>
          </Table.Th>
          <Table.Td data-label={t('reference.groups')}>
            <GroupList codes={groups} />
          </Table.Td>
          <Table.Td data-label={t('reference.days')}>
            <DayText day={from} /> – {through === undefined ? t('reference.open') : <DayText day={through} />}
          </Table.Td>
          <Table.Td data-label={t('agreement.document')}>{document}</Table.Td>
        </>
      )}
    </ReferenceTable>
  );
}
