import { Anchor, Badge, Grid, Group, Paper, Stack, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams, useSearchParams } from 'react-router';
import type { Organisation } from '../../../../schemas/types.d.ts';
import { meQuery } from '../../api/me.ts';
import { schemesQuery } from '../../api/reference.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { Crumbs } from '../../ui/crumbs.tsx';
import { DayInput } from '../../ui/day-input.tsx';
import { Page } from '../../ui/page.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { organisationOnQuery } from './api.ts';
import { ChangeForm } from './change-form.tsx';
import { OrganisationFacts } from './organisation-facts.tsx';
import { OrganisationHistory } from './organisation-history.tsx';
import { LaboratoryCard, ScopeCard } from './scope-card.tsx';
import { OrganisationTree } from './organisation-tree.tsx';

/** One organisation: what it was called and where it stood on any day, and what it did since. */
export function OrganisationPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const { code = '' } = useParams();
  const [params, setParams] = useSearchParams();
  const on = params.get('on') ?? undefined;
  const query = useQuery(organisationOnQuery(code, on));
  const choose = (day: string) => setParams(day === '' ? {} : { on: day }, { replace: true, preventScrollReset: true });
  return (
    <Page
      title={query.data === undefined ? t('organisation.title') : format.text(query.data.name)}
      above={<Crumbs above={{ to: '/organisations', name: t('organisations.title') }} />}
      actions={<DayInput label={t('organisation.onDay')} value={on ?? ''} onChange={choose} w={200} />}
    >
      <QueryState query={query}>
        {(organisation) => <OrganisationView key={organisation.revision} organisation={organisation} on={on} />}
      </QueryState>
    </Page>
  );
}

function OrganisationView({ organisation, on }: { organisation: Organisation; on: string | undefined }) {
  const { t } = useTranslation();
  const { data: me } = useQuery(meQuery);
  const { kind, through } = organisation;
  const isOperator = me?.actor?.role === 'operator';
  return (
    <>
      <Badges organisation={organisation} today={me?.today} />
      <Grid gap={{ base: 'lg', md: 40 }}>
        <Grid.Col span={{ base: 12, md: 5 }}>
          <Stack gap="lg">
            <OrganisationFacts organisation={organisation} on={on} />
            <Ways organisation={organisation} />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 7 }}>
          <Stack gap="lg">
            <ScopeCard organisation={organisation} day={on ?? me?.today ?? ''} />
            <LaboratoryCard organisation={organisation} day={on ?? me?.today ?? ''} />
            <OrganisationHistory organisation={organisation} />
            {kind === 'agency' && <OrganisationTree code={organisation.code} on={on} />}
            {isOperator && through === undefined && (
              <Paper p={{ base: 'md', sm: 'lg' }} className="xanh-soft">
                <Title order={2} size="h3" mb="sm">
                  {t('organisation.change')}
                </Title>
                <ChangeForm organisation={organisation} today={me?.today ?? ''} />
              </Paper>
            )}
          </Stack>
        </Grid.Col>
      </Grid>
    </>
  );
}

function Badges({ organisation, today }: { organisation: Organisation; today: string | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { kind, through, publish, demo } = organisation;
  return (
    <Group gap="xs" mb="lg">
      <Badge variant="light" color="gray" className="xanh-badge">
        {t(`organisation.kind.${kind}`)}
      </Badge>
      {through !== undefined && (
        <Badge variant="light" color={today !== undefined && through < today ? 'clay' : 'amber'} className="xanh-badge">
          {t('organisation.closed', { day: format.day(through) })}
        </Badge>
      )}
      {publish === false && (
        <Badge variant="light" color="amber" className="xanh-badge">
          {t('organisation.unpublished')}
        </Badge>
      )}
      {demo === true && (
        <Badge variant="light" color="gray" className="xanh-badge">
          {t('demo.short')}
        </Badge>
      )}
    </Group>
  );
}

/** Where to go on from here. */
function Ways({ organisation: { code, kind, mayCertify } }: { organisation: Organisation }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data: schemes = [] } = useQuery(schemesQuery);
  const named = encodeURIComponent(code);
  const nameOf = (scheme: string) => {
    const known = schemes.find((one) => one.code === scheme);
    return known === undefined ? scheme : format.text(known.name);
  };
  const ways = [
    kind === 'agency' && { to: `/share?agency=${named}`, text: t('organisation.toShare') },
    kind === 'agency' && { to: `/purchases?agency=${named}`, text: t('organisation.toPurchases') },
    kind === 'supplier' && { to: `/?supplier=${named}`, text: t('organisation.toProducts') },
    { to: `/certificates?holder=${named}`, text: t('organisation.toHeld') },
    ...(mayCertify ?? []).map(({ scheme }) => ({
      to: `/certificates?scheme=${encodeURIComponent(scheme)}`,
      text: t('organisation.toScheme', { scheme: nameOf(scheme) }),
    })),
  ];
  return (
    <Stack gap={4} component="nav" aria-label={t('organisation.ways')}>
      {ways.map(
        (way) =>
          way !== false && (
            <Anchor key={way.to} component={Link} to={way.to}>
              {way.text}
            </Anchor>
          ),
      )}
    </Stack>
  );
}
