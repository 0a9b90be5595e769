import { Grid, Group, Paper, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import type { Application, ApplicationEventType, MeActor } from '../../../../schemas/types.d.ts';
import { schemesQuery } from '../../api/reference.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { Crumbs } from '../../ui/crumbs.tsx';
import { OrganisationLink } from '../../ui/names.tsx';
import { OnlyFor } from '../../ui/only-for.tsx';
import { Page } from '../../ui/page.tsx';
import { PrintButton } from '../../ui/print-button.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { ActionPanel } from './act/action-panel.tsx';
import { applicationQuery } from './api.ts';
import { Clocks } from './clocks.tsx';
import { DossierFacts } from './dossier-facts.tsx';
import { DossierEditor } from './edit/dossier-editor.tsx';
import { EvidencePanel } from './evidence-panel.tsx';
import { OutcomeNote } from './outcome-note.tsx';
import { StageBar } from './stage-bar.tsx';
import { ApplicationBadge } from './status-badge.tsx';
import { Timeline } from './timeline.tsx';

/** One application for whoever may see it: how it stands, by when, what the reader can do, and everything in it. */
export function ApplicationPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const application = useQuery(applicationQuery(id));
  const title = useTitle(application.data);
  return (
    <Page
      title={title}
      above={<Crumbs above={{ to: '/applications', name: t('nav.applications') }} />}
      actions={application.data !== undefined && <PrintButton />}
    >
      <OnlyFor may={({ role }) => role !== 'officer'} title={t('application.readersOnly')}>
        {(actor, today) => (
          <QueryState query={application}>
            {(data) => <ApplicationView key={id} application={data} actor={actor} today={today} />}
          </QueryState>
        )}
      </OnlyFor>
    </Page>
  );
}

function useTitle(application: Application | undefined): string {
  const { t } = useTranslation();
  const format = useFormat();
  const { data: schemes } = useQuery(schemesQuery);
  if (application === undefined) return t('application.title');
  const { kind, scheme: code } = application;
  const scheme = schemes?.find((one) => one.code === code);
  const label = scheme === undefined ? code : format.text(scheme.name);
  return [t(`application.titleOf.${kind}`), label].filter(Boolean).join(' · ');
}

interface ApplicationViewProps {
  application: Application;
  actor: MeActor;
  today: string;
}

/** What the editor sends by itself. */
const edited: readonly ApplicationEventType[] = ['edited', 'submitted', 'answered'];

function ApplicationView({ application, actor, today }: ApplicationViewProps) {
  const { possible = [], status, applicant, events } = application;
  const isEdited = possible.includes('edited');
  const isDraft = status === 'draft';
  return (
    <Stack gap="lg">
      <Group gap="sm">
        <Text fw={500}>
          <OrganisationLink code={applicant} />
        </Text>
        <ApplicationBadge status={status} />
      </Group>
      {!isDraft && <StageBar application={application} />}
      <OutcomeNote application={application} />
      {!isDraft && <Clocks application={application} today={today} />}
      {isEdited && <DossierEditor application={application} today={today} />}
      <ActionPanel application={application} actor={actor} today={today} besides={isEdited ? edited : ['edited']} />
      {!isEdited && <Dossier application={application} />}
      {events.length > 0 && <Timeline application={application} />}
    </Stack>
  );
}

/** What is applied for, and the evidence beside it. */
function Dossier({ application }: { application: Application }) {
  return (
    <Grid gap={{ base: 'lg', md: 24 }}>
      <Grid.Col span={{ base: 12, md: 6 }}>
        <Paper p={{ base: 'md', sm: 'lg' }} component="section" className="xanh-beside">
          <DossierFacts application={application} />
        </Paper>
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 6 }}>
        <Paper p={{ base: 'md', sm: 'lg' }} component="section">
          <EvidencePanel application={application} />
        </Paper>
      </Grid.Col>
    </Grid>
  );
}
