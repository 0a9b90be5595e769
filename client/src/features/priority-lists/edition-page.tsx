import { Button, Group, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import IconArrowsDiff from '@tabler/icons-react/icons/IconArrowsDiff';
import IconPencil from '@tabler/icons-react/icons/IconPencil';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { PriorityList } from '../../../../schemas/types.d.ts';
import { meQuery } from '../../api/me.ts';
import { editionsQuery } from '../../api/reference.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { Crumbs } from '../../ui/crumbs.tsx';
import { InstantText } from '../../ui/date-text.tsx';
import { ExportMenu } from '../../ui/export/export-menu.tsx';
import { shownRows } from '../../ui/export/load-all.ts';
import { Facts } from '../../ui/facts.tsx';
import { Page } from '../../ui/page.tsx';
import { PrintButton } from '../../ui/print-button.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { editionByCodeQuery } from './api.ts';
import { Corrections } from './corrections.tsx';
import { EditionBadge } from './edition-badge.tsx';
import { EditionEntries } from './edition-entries.tsx';
import { PublishButton } from './publish-button.tsx';
import { standingOf } from './standing.ts';
import { useEntryColumns } from './use-entry-columns.ts';

/** What is on the list, for the screen and for paper. */
export function EditionPage() {
  const { t } = useTranslation();
  const { code = '' } = useParams();
  const format = useFormat();
  const edition = useQuery(editionByCodeQuery(code));
  const { data } = edition;
  return (
    <Page
      title={data === undefined ? t('edition.title') : format.text(data.title)}
      above={<Crumbs above={{ to: '/priority-lists', name: t('edition.listTitle') }} />}
      actions={data !== undefined && <Actions edition={data} />}
    >
      <QueryState query={edition}>
        {(found) => (
          <Stack gap="xl">
            <EditionFacts edition={found} />
            <Corrections edition={found} />
            <EditionEntries entries={found.entries} />
          </Stack>
        )}
      </QueryState>
    </Page>
  );
}

function Actions({ edition }: { edition: PriorityList }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data: me } = useQuery(meQuery);
  const columns = useEntryColumns();
  const isDraft = edition.status === 'draft';
  return (
    <Group gap="xs" className="xanh-no-print">
      {me?.actor?.role === 'operator' && isDraft && (
        <>
          <PublishButton edition={edition} />
          <Button
            component={Link}
            to={`/priority-lists/${encodeURIComponent(edition.code)}/edit`}
            variant="default"
            leftSection={<IconPencil size={18} aria-hidden />}
          >
            {t('edition.edit')}
          </Button>
        </>
      )}
      {me?.actor?.role === 'operator' && !isDraft && (
        <>
          <Button component={Link} to={`/priority-lists/${encodeURIComponent(edition.code)}/correct`} variant="default">
            {t('editionCorrection.do')}
          </Button>
          <Button
            component={Link}
            to={`/priority-lists/new?from=${encodeURIComponent(edition.code)}`}
            variant="default"
          >
            {t('edition.next')}
          </Button>
        </>
      )}
      <Button
        component={Link}
        to={`/priority-lists/${encodeURIComponent(edition.code)}/diff`}
        variant="default"
        leftSection={<IconArrowsDiff size={18} aria-hidden />}
      >
        {t('diff.do')}
      </Button>
      <ExportMenu download={{ title: format.text(edition.title), columns, load: shownRows(edition.entries) }} />
      <PrintButton />
    </Group>
  );
}

function EditionFacts({ edition }: { edition: PriorityList }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data: me } = useQuery(meQuery);
  const { data: editions = [edition] } = useQuery(editionsQuery);
  const found = standingOf(editions, me?.today ?? '').find((one) => one.edition.code === edition.code);
  return (
    <Facts
      items={[
        { name: t('edition.standingToday'), value: found !== undefined && <EditionBadge standing={found.standing} /> },
        {
          name: t('edition.days'),
          value:
            found?.through === undefined
              ? t('edition.from', { from: format.day(edition.effectiveFrom) })
              : t('edition.fromThrough', {
                  from: format.day(edition.effectiveFrom),
                  through: format.day(found.through),
                }),
        },
        { name: t('edition.legalBasis'), value: edition.legalBasis },
        { name: t('edition.code'), value: edition.code },
        edition.publishedAt !== undefined && {
          name: t('edition.publishedAt'),
          value: <InstantText instant={edition.publishedAt} />,
        },
      ]}
    />
  );
}
