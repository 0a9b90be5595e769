import { Button, Group, Paper, SimpleGrid, Stack, Text, Textarea, TextInput, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import IconLock from '@tabler/icons-react/icons/IconLock';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import type { PriorityList } from '../../../../schemas/types.d.ts';
import { createIdempotencyKey } from '../../api/idempotency-key.ts';
import { isOperator } from '../../api/may-enter.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Crumbs } from '../../ui/crumbs.tsx';
import { DayInput } from '../../ui/day-input.tsx';
import { EmptyNote } from '../../ui/empty-note.tsx';
import { fieldErrors, shownPointers } from '../../ui/field-errors.ts';
import { notify } from '../../ui/notify.ts';
import { OnlyFor } from '../../ui/only-for.tsx';
import { Page } from '../../ui/page.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { editionByCodeQuery, useCorrectEdition } from './api.ts';
import { correctionOf } from './draft-values.ts';
import { EntriesEditor } from './entries-editor.tsx';
import { Consequence } from './publish-button.tsx';
import { useCorrectionForm } from './use-draft-form.ts';

/** Puts right what a published edition says; nothing recorded is lost. */
export function CorrectEditionPage() {
  const { t } = useTranslation();
  const { code = '' } = useParams();
  const edition = useQuery(editionByCodeQuery(code));
  return (
    <Page
      title={t('editionCorrection.title', { code })}
      lead={t('editionCorrection.lead')}
      above={<Crumbs above={{ to: `/priority-lists/${encodeURIComponent(code)}`, name: t('edition.title') }} />}
    >
      <OnlyFor may={isOperator} title={t('edition.operatorOnly')}>
        {() => (
          <QueryState query={edition}>
            {(data) =>
              data.status === 'published' ? (
                <CorrectionForm edition={data} />
              ) : (
                <EmptyNote icon={<IconLock />} title={t('editionCorrection.isDraft')} />
              )
            }
          </QueryState>
        )}
      </OnlyFor>
    </Page>
  );
}

function CorrectionForm({ edition }: { edition: PriorityList }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [isAsked, { open, close }] = useDisclosure(false);
  const [key] = useState(createIdempotencyKey);
  const form = useCorrectionForm(edition);
  const [begun] = useState(edition);
  const correct = useCorrectEdition(edition.code, () => {
    notify(t('editionCorrection.recorded'));
    void navigate(`/priority-lists/${encodeURIComponent(edition.code)}`);
  });
  const correction = correctionOf(form.values, begun);
  const isEmpty = correction.entries === undefined && correction.through === undefined;
  const ask = () => (isEmpty ? notify(t('editionCorrection.nothing'), true) : open());
  const save = () =>
    correct.mutate({ correction, key }, { onError: (error) => form.setErrors(fieldErrors(error)), onSettled: close });
  return (
    <form onSubmit={form.onSubmit(ask)}>
      <Stack gap="xl">
        <Paper p={{ base: 'md', sm: 'xl' }}>
          <Stack>
            <Textarea
              label={t('editionCorrection.reason')}
              required
              autosize
              minRows={2}
              maxLength={2000}
              {...form.getInputProps('reason')}
            />
            <SimpleGrid cols={{ base: 1, sm: 2 }}>
              <TextInput
                label={t('editionCorrection.document')}
                description={t('editionCorrection.documentHint')}
                maxLength={500}
                {...form.getInputProps('document')}
              />
              <DayInput
                label={t('editionCorrection.through')}
                description={t('editionCorrection.throughHint')}
                {...form.getInputProps('through')}
              />
            </SimpleGrid>
          </Stack>
        </Paper>
        <section>
          <Title order={2} mb="md">
            {t('edition.entries', { count: form.values.entries.length })}
          </Title>
          <EntriesEditor form={form} />
        </section>
        {correct.isError && (
          <ProblemAlert error={correct.error} shownAtFields={shownPointers(correct.error, form.values)} />
        )}
        <Group className="xanh-save-bar">
          <Button type="submit">{t('editionCorrection.next')}</Button>
          {isEmpty && (
            <Text size="sm" c="dimmed">
              {t('editionCorrection.nothing')}
            </Text>
          )}
        </Group>
      </Stack>
      <ConfirmDialog title={t('editionCorrection.title', { code: edition.code })} isOpen={isAsked} onClose={close}>
        <Text>{t('editionCorrection.effect')}</Text>
        <Consequence edition={edition} />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {t('state.cancel')}
          </Button>
          <Button onClick={save} loading={correct.isPending}>
            {t('editionCorrection.confirm')}
          </Button>
        </Group>
      </ConfirmDialog>
    </form>
  );
}
