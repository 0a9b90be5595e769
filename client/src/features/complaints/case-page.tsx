import { Badge, Grid, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import type { Complaint, MeActor } from '../../../../schemas/types.d.ts';
import { meQuery } from '../../api/me.ts';
import { Crumbs } from '../../ui/crumbs.tsx';
import { DayText } from '../../ui/date-text.tsx';
import { Facts } from '../../ui/facts.tsx';
import { OrganisationLink } from '../../ui/names.tsx';
import { Page } from '../../ui/page.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { complaintQuery } from './api.ts';
import { CaseActions } from './case-actions.tsx';
import { CaseFiles } from './case-files.tsx';
import { CaseSteps } from './case-steps.tsx';
import { ComplaintStatus } from './complaint-status.tsx';
import { Contact } from './contact.tsx';
import { DueText } from './due-text.tsx';
import { NextSteps } from './next-steps.tsx';
import { SubjectLink } from './subject-link.tsx';

/** One report: what is said, what was replied and decided, and what the caller may do; the reporter follows it here. */
export function CasePage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const complaint = useQuery(complaintQuery(id));
  const me = useQuery(meQuery);
  const reference = complaint.data?.reference;
  const queue = { to: '/complaints', name: t('complaint.queueTitle') };
  const report = { to: '/report', name: t('complaint.reportTitle') };
  return (
    <Page
      title={reference === undefined ? t('complaint.title') : t('complaint.titleOf', { reference })}
      above={<Crumbs above={me.data?.actor ? queue : report} />}
    >
      <QueryState query={complaint}>
        {(data) => <Case complaint={data} today={me.data?.today ?? ''} actor={me.data?.actor ?? null} />}
      </QueryState>
    </Page>
  );
}

interface CaseProps {
  complaint: Complaint;
  today: string;
  actor: MeActor | null;
}

function Case({ complaint, today, actor }: CaseProps) {
  const { t } = useTranslation();
  const { ground, subject, status, text, late, possible = [] } = complaint;
  // What is said is there for who has a part in the report.
  const isOpen = status === 'received' || status === 'withParty' || status === 'replied';
  const hasPart = actor !== null && text !== undefined;
  return (
    <>
      <Group gap="sm" mb="lg">
        <ComplaintStatus status={status} />
        {late === true && (
          <Badge color="clay" variant="filled" className="xanh-badge">
            {t('complaint.late')}
          </Badge>
        )}
        <DueText complaint={complaint} today={today} />
      </Group>
      <Grid gap={{ base: 'lg', md: 40 }}>
        <Grid.Col span={{ base: 12, md: 8 }}>
          <Stack gap="lg">
            <Paper p={{ base: 'md', sm: 'lg' }}>
              <Title order={2} size="h3">
                {t(`complaint.ground.${ground}`)}
              </Title>
              <Text mt={4}>
                <SubjectLink subject={subject} />
              </Text>
              {text !== undefined && <Quoted>{text}</Quoted>}
            </Paper>
            <Decision complaint={complaint} />
            {possible.length > 0 && <CaseActions key={complaint.revision} complaint={complaint} />}
            {hasPart && <CaseFiles complaint={complaint} actor={actor} />}
            {complaint.events !== undefined && <CaseSteps complaint={complaint} />}
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 4 }}>
          <Stack gap="lg">
            <CaseFacts complaint={complaint} />
            {actor?.role === 'operator' && <Contact id={complaint.id} />}
            {isOpen && <NextSteps />}
          </Stack>
        </Grid.Col>
      </Grid>
    </>
  );
}

function Quoted({ children }: { children: ReactNode }) {
  return (
    <Text mt="sm" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
      {children}
    </Text>
  );
}

function Decision({ complaint: { decision } }: { complaint: Complaint }) {
  const { t } = useTranslation();
  if (decision === undefined) return null;
  return (
    <Paper p={{ base: 'md', sm: 'lg' }} className="xanh-soft">
      <Title order={2} size="h3">
        {t(`complaint.decided.${decision.result}`)} · <DayText day={decision.on} />
      </Title>
      <Text fw={500} mt={4}>
        {decision.reasons.map((reason) => t(`complaint.reason.${reason}`)).join('; ')}
      </Text>
      <Quoted>{decision.text}</Quoted>
      <Text size="sm" c="dimmed" mt="sm">
        {t('complaint.changesNothing')}
      </Text>
    </Paper>
  );
}

function CaseFacts({ complaint }: { complaint: Complaint }) {
  const { t } = useTranslation();
  const { receivedOn, seenOn, party, replyDueOn, decideDueOn, checkDueOn, reporterOrg } = complaint;
  return (
    <Paper p={{ base: 'md', sm: 'lg' }}>
      <Facts
        className="xanh-facts xanh-facts-narrow"
        items={[
          { name: t('complaint.receivedOn'), value: <DayText day={receivedOn} /> },
          seenOn !== undefined && { name: t('complaint.seenOn'), value: <DayText day={seenOn} /> },
          party !== undefined && { name: t('complaint.party'), value: <OrganisationLink code={party} /> },
          reporterOrg !== undefined && {
            name: t('complaint.reporterOrg'),
            value: <OrganisationLink code={reporterOrg} />,
          },
          { name: t('complaint.checkDueOn'), value: <DayText day={checkDueOn} /> },
          replyDueOn !== undefined && { name: t('complaint.replyDueOn'), value: <DayText day={replyDueOn} /> },
          decideDueOn !== undefined && { name: t('complaint.decideDueOn'), value: <DayText day={decideDueOn} /> },
        ]}
      />
    </Paper>
  );
}
