import { Anchor, Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import IconListCheck from '@tabler/icons-react/icons/IconListCheck';
import IconPlus from '@tabler/icons-react/icons/IconPlus';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { meQuery } from '../../api/me.ts';
import { editionsQuery } from '../../api/reference.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { EmptyNote } from '../../ui/empty-note.tsx';
import { Page } from '../../ui/page.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { EditionBadge } from './edition-badge.tsx';
import { standingOf } from './standing.ts';
import type { StandingEdition } from './standing.ts';

const order = ['inForce', 'draft', 'coming', 'past'] as const;

/** Every edition of the priority list: in force, coming, past, and the drafts of those who see them. */
export function EditionListPage() {
  const { t } = useTranslation();
  const { data: me } = useQuery(meQuery);
  const editions = useQuery(editionsQuery);
  return (
    <Page
      title={t('edition.listTitle')}
      lead={t('edition.listLead')}
      actions={
        me?.actor?.role === 'operator' && (
          <Button component={Link} to="/priority-lists/new" leftSection={<IconPlus size={18} aria-hidden />}>
            {t('edition.new')}
          </Button>
        )
      }
    >
      <QueryState query={editions}>
        {(all) => {
          const standing = standingOf(all, me?.today ?? '');
          if (standing.length === 0) {
            return (
              <EmptyNote icon={<IconListCheck />} title={t('edition.none')}>
                {t('edition.noneWhy')}
              </EmptyNote>
            );
          }
          return (
            <Stack gap={36}>
              {order.map((kind) => (
                <Section key={kind} kind={kind} editions={standing.filter((one) => one.standing === kind)} />
              ))}
            </Stack>
          );
        }}
      </QueryState>
    </Page>
  );
}

function Section({ kind, editions }: { kind: (typeof order)[number]; editions: StandingEdition[] }) {
  const { t } = useTranslation();
  if (editions.length === 0) return null;
  return (
    <section>
      <Title order={2} mb="md">
        {t(`edition.section.${kind}`)}
      </Title>
      <Stack gap="md">
        {editions.map((one) => (
          <EditionCard key={one.edition.code} {...one} />
        ))}
      </Stack>
    </section>
  );
}

function EditionCard({ edition, standing, through }: StandingEdition) {
  const { t } = useTranslation();
  const format = useFormat();
  const { code, title, legalBasis, effectiveFrom, entries } = edition;
  const mandatory = entries.filter(({ obligation }) => obligation === 'mandatory').length;
  return (
    <Paper component="article" p={{ base: 'md', sm: 'lg' }} className="xanh-edition" data-standing={standing}>
      <Group justify="space-between" align="flex-start" gap="sm">
        <div className="xanh-result-body">
          <Title order={3}>
            <Anchor component={Link} to={`/priority-lists/${encodeURIComponent(code)}`} inherit>
              {format.text(title)}
            </Anchor>
          </Title>
          <Text size="sm" c="dimmed">
            {code} · {legalBasis}
          </Text>
          <Text mt="xs">
            {through === undefined
              ? t('edition.from', { from: format.day(effectiveFrom) })
              : t('edition.fromThrough', { from: format.day(effectiveFrom), through: format.day(through) })}
            {' · '}
            {t('edition.groups', { count: entries.length, mandatory })}
          </Text>
        </div>
        <EditionBadge standing={standing} />
      </Group>
    </Paper>
  );
}
