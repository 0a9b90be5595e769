import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import IconLock from '@tabler/icons-react/icons/IconLock';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import type { PriorityList } from '../../../../schemas/types.d.ts';
import { isOperator } from '../../api/may-enter.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { Crumbs } from '../../ui/crumbs.tsx';
import { EmptyNote } from '../../ui/empty-note.tsx';
import { fieldErrors, shownPointers } from '../../ui/field-errors.ts';
import { notify } from '../../ui/notify.ts';
import { OnlyFor } from '../../ui/only-for.tsx';
import { Page } from '../../ui/page.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { editionByCodeQuery, useChangeDraft } from './api.ts';
import { DraftHead } from './draft-head.tsx';
import { toPatch, valuesOf } from './draft-values.ts';
import type { DraftValues } from './draft-values.ts';
import { EntriesEditor } from './entries-editor.tsx';
import { PublishButton } from './publish-button.tsx';
import { useDraftForm } from './use-draft-form.ts';

/** Edits a draft; a published edition is corrected instead. */
export function EditEditionPage() {
  const { t } = useTranslation();
  const { code = '' } = useParams();
  const edition = useQuery(editionByCodeQuery(code));
  return (
    <Page
      title={t('edition.editTitle', { code })}
      above={<Crumbs above={{ to: `/priority-lists/${encodeURIComponent(code)}`, name: t('edition.title') }} />}
    >
      <OnlyFor may={isOperator} title={t('edition.operatorOnly')}>
        {() => <QueryState query={edition}>{(data) => <Draft edition={data} />}</QueryState>}
      </OnlyFor>
    </Page>
  );
}

function Draft({ edition }: { edition: PriorityList }) {
  const { t } = useTranslation();
  const format = useFormat();
  const form = useDraftForm(valuesOf(edition));
  // The write that the form began with: what somebody else saved meanwhile is refused, not overwritten.
  const [revision, setRevision] = useState(edition.revision);
  const change = useChangeDraft(edition.code, (saved) => {
    setRevision(saved.revision);
    form.resetDirty();
    notify(t('edition.saved', { code: edition.code }));
  });
  if (edition.status === 'published') {
    return <EmptyNote icon={<IconLock />} title={t('edition.isPublished')} />;
  }
  const save = (values: DraftValues) =>
    change.mutate({ patch: toPatch(values), revision }, { onError: (error) => form.setErrors(fieldErrors(error)) });
  return (
    <form onSubmit={form.onSubmit(save)}>
      <Stack gap="xl">
        <Paper p={{ base: 'md', sm: 'xl' }}>
          <DraftHead form={form} />
        </Paper>
        <section>
          <Title order={2} mb="md">
            {t('edition.entries', { count: form.values.entries.length })}
          </Title>
          <EntriesEditor form={form} />
        </section>
        {change.isError && (
          <ProblemAlert error={change.error} shownAtFields={shownPointers(change.error, form.values)} />
        )}
        <Group className="xanh-save-bar">
          <Button type="submit" variant={form.isDirty() ? 'filled' : 'default'} loading={change.isPending}>
            {t('edition.save')}
          </Button>
          {!form.isDirty() && <PublishButton edition={edition} />}
          <Text size="sm" c="dimmed">
            {form.isDirty() ? t('edition.unsaved') : t('edition.savedAt', { revision: format.number(revision) })}
          </Text>
        </Group>
      </Stack>
    </form>
  );
}
