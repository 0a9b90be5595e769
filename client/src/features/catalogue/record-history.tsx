import { Alert, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { RecordAuthor, RecordedEntry } from '../../../../schemas/types.d.ts';
import { historyQuery } from '../../api/registry.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { More } from '../../ui/more.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { actionOf, fieldOf, useRecordedText } from './recorded-words.ts';

interface RecordHistoryProps {
  kind: 'certificate' | 'product';
  id: string;
}

/** Who wrote what of the record and when, the latest first, and whether all of it fits; asked for only once it is opened. */
export function RecordHistory(props: RecordHistoryProps) {
  const { t } = useTranslation();
  return (
    <Stack component="section" gap="xs" mt="lg" align="flex-start" aria-label={t('history.title')}>
      <Title order={2} size="h3">
        {t('history.title')}
      </Title>
      <Text size="sm" c="dimmed">
        {t('history.lead')}
      </Text>
      <More label={t('history.show')}>
        <Entries {...props} />
      </More>
    </Stack>
  );
}

function Entries({ kind, id }: RecordHistoryProps) {
  const { t } = useTranslation();
  const history = useQuery(historyQuery(kind, id));
  return (
    <QueryState query={history} blocks={1}>
      {({ fits, entries }) => (
        <>
          <Alert color={fits ? 'leaf' : 'clay'} variant="light" my="xs">
            {fits ? t('history.fits') : t('history.fitsNot')}
          </Alert>
          <ol className="xanh-history" reversed>
            {entries.toReversed().map((entry) => (
              <Entry key={entry.seq} entry={entry} />
            ))}
          </ol>
        </>
      )}
    </QueryState>
  );
}

function Entry({ entry }: { entry: RecordedEntry }) {
  const { t } = useTranslation();
  const format = useFormat();
  const author = useAuthor(entry.by);
  return (
    <li data-reason="EVENT">
      <b>{t('history.by', { action: t(`history.action.${actionOf(entry.action)}`), author })}</b>
      <Text size="sm" c="dimmed">
        {format.instant(entry.at)} · {entry.sealed ? t('history.sealed') : t('history.unsealed')}
      </Text>
      {entry.seq > 1 && <Changes changes={entry.changes} />}
    </li>
  );
}

/** What the first write entered is on the page already; of every other both sides are told. */
function Changes({ changes }: Pick<RecordedEntry, 'changes'>) {
  const { t } = useTranslation();
  const text = useRecordedText();
  return (
    <ul>
      {changes.map(({ path, before, after }) => {
        const values = { field: t(`history.field.${fieldOf(path)}`), before: text(before), after: text(after) };
        return (
          <li key={path}>
            {before === undefined && t('history.added', values)}
            {after === undefined && t('history.removed', values)}
            {before !== undefined && after !== undefined && t('history.changed', values)}
          </li>
        );
      })}
    </ul>
  );
}

/** The role and the organisation of whoever wrote; never a person. */
function useAuthor({ id, role, orgName }: RecordAuthor): string {
  const { t } = useTranslation();
  const format = useFormat();
  if (role === undefined && id === 'system') return t('history.bySystem');
  if (role === undefined && id === 'seed') return t('history.bySeed');
  const words = [role && t(`role.${role}`), orgName && format.text(orgName)].filter(Boolean);
  return words.length > 0 ? words.join(', ') : t('history.someone');
}
