import { Button, Group, Stack, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import IconHeartHandshake from '@tabler/icons-react/icons/IconHeartHandshake';
import IconPlus from '@tabler/icons-react/icons/IconPlus';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecognitionAgreement } from '../../../../schemas/types.d.ts';
import { agreementsQuery } from '../../api/reference.ts';
import { DayText } from '../../ui/date-text.tsx';
import { EmptyNote } from '../../ui/empty-note.tsx';
import { GroupName, SchemeName } from '../../ui/names.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { AgreementForm } from './agreement-form.tsx';
import type { PartProps } from './part-props.ts';

/** Agreements by which a foreign label counts as the national one for some groups. */
export function AgreementsPart({ isOperator, today }: PartProps) {
  const { t } = useTranslation();
  const agreements = useQuery(agreementsQuery);
  const [edited, setEdited] = useState<RecognitionAgreement | 'new'>();
  return (
    <Stack gap="lg">
      <Text c="dimmed" maw={680}>
        {t('agreement.lead')}
      </Text>
      {isOperator && edited === undefined && (
        <Group>
          <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={() => setEdited('new')}>
            {t('agreement.new')}
          </Button>
        </Group>
      )}
      {edited !== undefined && (
        <AgreementForm
          key={edited === 'new' ? 'new' : edited.code}
          agreement={edited === 'new' ? undefined : edited}
          today={today}
          onDone={() => setEdited(undefined)}
        />
      )}
      <QueryState query={agreements}>
        {(all) =>
          all.length === 0 ? (
            <EmptyNote icon={<IconHeartHandshake />} title={t('agreement.none')}>
              {t('agreement.noneWhy')}
            </EmptyNote>
          ) : (
            <AgreementTable agreements={all} onEdit={isOperator ? setEdited : undefined} />
          )
        }
      </QueryState>
    </Stack>
  );
}

interface AgreementTableProps {
  agreements: RecognitionAgreement[];
  onEdit: ((agreement: RecognitionAgreement) => void) | undefined;
}

function AgreementTable({ agreements, onEdit }: AgreementTableProps) {
  const { t } = useTranslation();
  return (
    <Table className="xanh-cards" verticalSpacing="sm">
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{t('facet.scheme')}</Table.Th>
          <Table.Th scope="col">{t('reference.groups')}</Table.Th>
          <Table.Th scope="col">{t('reference.days')}</Table.Th>
          <Table.Th scope="col">{t('agreement.document')}</Table.Th>
          {onEdit !== undefined && <Table.Th scope="col">{t('reference.change')}</Table.Th>}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {agreements.map((agreement) => (
          <Table.Tr key={agreement.code}>
            <Table.Th scope="row">
              <SchemeName code={agreement.scheme} />
              <Text size="sm" c="dimmed" fw={400}>
                {agreement.code}
              </Text>
            </Table.Th>
            <Table.Td>
              <ul className="xanh-list">
                {agreement.groups.map((group) => (
                  <li key={group}>
                    <GroupName code={group} />
                  </li>
                ))}
              </ul>
            </Table.Td>
            <Table.Td>
              <DayText day={agreement.from} /> –{' '}
              {agreement.through === undefined ? t('reference.open') : <DayText day={agreement.through} />}
            </Table.Td>
            <Table.Td>{agreement.document}</Table.Td>
            {onEdit !== undefined && (
              <Table.Td>
                <Button
                  variant="default"
                  size="compact-sm"
                  aria-label={t('reference.changeOf', { name: agreement.code })}
                  onClick={() => onEdit(agreement)}
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
