import { Table, Text, Title, VisuallyHidden } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChangedEntry } from '../../../../schemas/types.d.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { GroupName, SchemeName } from '../../ui/names.tsx';
import { changesOf } from './changes.ts';
import type { EntryChange } from './changes.ts';

/** Groups on both editions of which something differs, each change in words. */
export function ChangedEntries({ changed }: { changed: ChangedEntry[] }) {
  const { t } = useTranslation();
  return (
    <section>
      <Title order={2} mb="sm">
        {t('diff.changed')}
      </Title>
      <Table className="xanh-cards" verticalSpacing="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('line.group')}</Table.Th>
            <Table.Th scope="col">{t('diff.what')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {changed.map((entry) => (
            <Table.Tr key={entry.group}>
              <Table.Th scope="row">
                <GroupName code={entry.group} />
              </Table.Th>
              <Table.Td>
                <ul className="xanh-list">
                  {changesOf(entry).map((change) => (
                    <li key={JSON.stringify(change)}>
                      <Change change={change} />
                    </li>
                  ))}
                </ul>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}

function Change({ change }: { change: EntryChange }) {
  const { t } = useTranslation();
  const format = useFormat();
  const level = (value: string | undefined) =>
    value === undefined ? t('edition.anyLevel') : t('edition.minLevel', { level: value });
  switch (change.what) {
    case 'obligation':
      return (
        <Turn
          name={t('edition.obligation')}
          before={t(`edition.obligationOf.${change.before}`)}
          after={t(`edition.obligationOf.${change.after}`)}
        />
      );
    case 'accepted':
    case 'dropped':
      return (
        <>
          {t(`diff.${change.what}`)} <SchemeName code={change.scheme} />
          {change.level !== undefined && ` · ${level(change.level)}`}
        </>
      );
    case 'level':
      return (
        <Turn name={<SchemeName code={change.scheme} />} before={level(change.before)} after={level(change.after)} />
      );
    case 'criteria':
      return (
        <Turn
          name={<SchemeName code={change.scheme} />}
          before={change.before.join(', ') || t('diff.anyCriteria')}
          after={change.after.join(', ') || t('diff.anyCriteria')}
        />
      );
    case 'target':
      return (
        <Turn
          name={t('diff.target')}
          before={change.before === undefined ? t('diff.none') : format.percent(change.before)}
          after={change.after === undefined ? t('diff.none') : format.percent(change.after)}
        />
      );
    default:
      return (
        <Turn
          name={t(`diff.text.${change.field}`)}
          before={change.before ?? t('diff.none')}
          after={change.after ?? t('diff.none')}
        />
      );
  }
}

interface TurnProps {
  name: ReactNode;
  before: string;
  after: string;
}

/** One thing before and after. */
function Turn({ name, before, after }: TurnProps) {
  const { t } = useTranslation();
  return (
    <>
      {name}:{' '}
      <Text span c="dimmed" td="line-through" inherit>
        {before}
      </Text>{' '}
      <span aria-hidden>→</span>
      <VisuallyHidden>{t('diff.becomes')}</VisuallyHidden> <b>{after}</b>
    </>
  );
}
