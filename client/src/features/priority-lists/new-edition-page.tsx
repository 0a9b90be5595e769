import { Button, Group, NativeSelect, Paper, Stack, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import type { PriorityList } from '../../../../schemas/types.d.ts';
import { createIdempotencyKey } from '../../api/idempotency-key.ts';
import { isOperator } from '../../api/may-enter.ts';
import { editionsQuery } from '../../api/reference.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { Crumbs } from '../../ui/crumbs.tsx';
import { fieldErrors, shownPointers } from '../../ui/field-errors.ts';
import { OnlyFor } from '../../ui/only-for.tsx';
import { Page } from '../../ui/page.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { useDraftEdition } from './api.ts';
import { DraftHead } from './draft-head.tsx';
import { emptyDraft, toPatch } from './draft-values.ts';
import type { DraftValues } from './draft-values.ts';
import { useDraftForm } from './use-draft-form.ts';

/** Begins a draft, from an edition that is there or from nothing. */
export function NewEditionPage() {
  const { t } = useTranslation();
  const editions = useQuery(editionsQuery);
  return (
    <Page
      title={t('edition.new')}
      lead={t('edition.newLead')}
      above={<Crumbs above={{ to: '/priority-lists', name: t('edition.listTitle') }} />}
    >
      <OnlyFor may={isOperator} title={t('edition.operatorOnly')}>
        {() => <QueryState query={editions}>{(all) => <NewForm editions={all} />}</QueryState>}
      </OnlyFor>
    </Page>
  );
}

function NewForm({ editions }: { editions: PriorityList[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const [key] = useState(createIdempotencyKey);
  const draft = useDraftEdition();
  const form = useDraftForm(emptyDraft);
  const [code, setCode] = useState('');
  const [from, setFrom] = useState(params.get('from') ?? '');
  const create = (values: DraftValues) => {
    const entries = editions.find((one) => one.code === from)?.entries ?? [];
    draft.mutate(
      { input: { code, ...toPatch({ ...values, entries }) }, key },
      {
        onSuccess: () => void navigate(`/priority-lists/${encodeURIComponent(code)}/edit`),
        onError: (error) => form.setErrors(fieldErrors(error)),
      },
    );
  };
  return (
    <Paper p={{ base: 'md', sm: 'xl' }}>
      <form onSubmit={form.onSubmit(create)}>
        <Stack>
          <TextInput
            label={t('edition.code')}
            description={t('edition.codeHint')}
            required
            maw={320}
            maxLength={60}
            value={code}
            error={form.errors['code']}
            onChange={({ currentTarget }) => setCode(currentTarget.value)}
          />
          <DraftHead form={form} />
          <NativeSelect
            label={t('edition.startFrom')}
            maw={480}
            data={[
              { value: '', label: t('edition.startEmpty') },
              ...editions.map((one) => ({ value: one.code, label: `${one.code} · ${format.text(one.title)}` })),
            ]}
            value={from}
            onChange={({ currentTarget }) => setFrom(currentTarget.value)}
          />
          {draft.isError && (
            <ProblemAlert error={draft.error} shownAtFields={shownPointers(draft.error, { ...form.values, code })} />
          )}
          <Group>
            <Button type="submit" loading={draft.isPending}>
              {t('edition.create')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Paper>
  );
}
