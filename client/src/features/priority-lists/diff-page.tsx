import { Group, NativeSelect, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import IconArrowsDiff from '@tabler/icons-react/icons/IconArrowsDiff';
import { useTranslation } from 'react-i18next';
import { useParams, useSearchParams } from 'react-router';
import type { PriorityList, PriorityListDiff } from '../../../../schemas/types.d.ts';
import { editionsQuery } from '../../api/reference.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { Crumbs } from '../../ui/crumbs.tsx';
import { EmptyNote } from '../../ui/empty-note.tsx';
import { Page } from '../../ui/page.tsx';
import { PrintButton } from '../../ui/print-button.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { diffQuery } from './api.ts';
import { ChangedEntries } from './changed-entries.tsx';
import { EntriesTable } from './edition-entries.tsx';

/** What changes from one edition to another, the earlier one first whichever is asked about. */
export function DiffPage() {
  const { t } = useTranslation();
  const { code = '' } = useParams();
  const editions = useQuery(editionsQuery);
  return (
    <Page
      title={t('diff.title')}
      lead={t('diff.lead')}
      above={<Crumbs above={{ to: `/priority-lists/${encodeURIComponent(code)}`, name: t('edition.title') }} />}
      actions={<PrintButton />}
    >
      <QueryState query={editions}>{(all) => <Compared code={code} editions={all} />}</QueryState>
    </Page>
  );
}

function Compared({ code, editions }: { code: string; editions: PriorityList[] }) {
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
  const others = editions.filter((edition) => edition.code !== code);
  const chosen = params.get('with') ?? neighbourOf(code, editions);
  const diff = useQuery({ ...diffQuery(code, chosen), enabled: chosen !== '' });
  if (others.length === 0) {
    return (
      <EmptyNote icon={<IconArrowsDiff />} title={t('diff.alone')}>
        {t('diff.aloneWhy')}
      </EmptyNote>
    );
  }
  return (
    <Stack gap="xl">
      <Group className="xanh-no-print">
        <EditionSelect
          editions={others}
          value={chosen}
          onChange={(other) => setParams({ with: other }, { replace: true, preventScrollReset: true })}
        />
      </Group>
      <QueryState query={diff}>{(found) => <Differences diff={found} />}</QueryState>
    </Stack>
  );
}

interface EditionSelectProps {
  editions: PriorityList[];
  value: string;
  onChange: (code: string) => void;
}

function EditionSelect({ editions, value, onChange }: EditionSelectProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <NativeSelect
      label={t('diff.with')}
      maw={520}
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
      data={editions.map((edition) => ({
        value: edition.code,
        label: `${format.text(edition.title)} (${edition.code})`,
      }))}
    />
  );
}

function Differences({ diff }: { diff: PriorityListDiff }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { from, to, added, removed, changed } = diff;
  const named = ({ title, effectiveFrom }: PriorityListDiff['from']) =>
    `${format.text(title)} (${t('edition.from', { from: format.day(effectiveFrom) })})`;
  const isSame = added.length + removed.length + changed.length === 0;
  return (
    <>
      <Text component="output" size="lg">
        {t('diff.between', { from: named(from), to: named(to) })}{' '}
        <b>
          {isSame
            ? t('diff.same')
            : t('diff.counts', { added: added.length, removed: removed.length, changed: changed.length })}
        </b>
      </Text>
      {added.length > 0 && (
        <section>
          <Title order={2} mb="sm">
            {t('diff.added')}
          </Title>
          <EntriesTable entries={added} />
        </section>
      )}
      {removed.length > 0 && (
        <section>
          <Title order={2} mb="sm">
            {t('diff.removed')}
          </Title>
          <EntriesTable entries={removed} />
        </section>
      )}
      {changed.length > 0 && <ChangedEntries changed={changed} />}
    </>
  );
}

/** The edition before this one, or the one after the first. */
function neighbourOf(code: string, editions: PriorityList[]): string {
  const order = [...editions].sort((a, b) => (a.effectiveFrom < b.effectiveFrom ? -1 : 1));
  const at = order.findIndex((edition) => edition.code === code);
  return (order[at - 1] ?? order[at + 1])?.code ?? '';
}
