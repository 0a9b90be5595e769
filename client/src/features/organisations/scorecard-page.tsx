import { Grid, Group, Paper, SimpleGrid, Stack, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import type { Scorecard } from '../../../../schemas/types.d.ts';
import { organisationQuery } from '../../api/reference.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { Crumbs } from '../../ui/crumbs.tsx';
import { Page } from '../../ui/page.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { scorecardQuery } from './api.ts';

/** How a certification body works, in figures. */
export function ScorecardPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const { code = '' } = useParams();
  const card = useQuery(scorecardQuery(code));
  const { data: body } = useQuery(organisationQuery(code));
  const name = body === undefined ? code : format.text(body.name);
  return (
    <Page
      title={t('scorecard.title')}
      lead={t('scorecard.lead', { name })}
      above={<Crumbs above={{ to: `/organisations/${encodeURIComponent(code)}`, name }} />}
    >
      <QueryState query={card}>{(data) => <Card card={data} />}</QueryState>
    </Page>
  );
}

function Card({ card }: { card: Scorecard }) {
  const { t } = useTranslation();
  const format = useFormat();
  const total = card.certificates.reduce((sum, { count }) => sum + count, 0);
  return (
    <Stack gap="xl">
      <SimpleGrid cols={{ base: 2, md: 4 }}>
        <Figure value={format.number(total)} name={t('scorecard.certificates')} />
        <Figure value={format.number(card.applications)} name={t('scorecard.applications')} />
        <Figure value={format.number(card.refused)} name={t('scorecard.refused')} />
        <Figure value={format.number(card.complaintsUpheld)} name={t('scorecard.complaintsUpheld')} />
      </SimpleGrid>
      <Grid gap={{ base: 'lg', md: 40 }}>
        <Grid.Col span={{ base: 12, md: 6 }}>
          <Bars
            title={t('scorecard.byStatus', { day: format.day(card.on) })}
            none={t('scorecard.noCertificates')}
            rows={card.certificates.map(({ status, count }) => ({
              key: status,
              name: t(`certificate.status.${status}`),
              count,
            }))}
          />
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 6 }}>
          <Bars
            title={t('scorecard.revocations')}
            none={t('scorecard.noRevocations')}
            rows={card.revocations.map(({ cause, count }) => ({ key: cause, name: t(`cause.${cause}`), count }))}
          />
        </Grid.Col>
      </Grid>
      {card.bodyUnknown > 0 && <p className="xanh-note">{t('scorecard.bodyUnknown', { count: card.bodyUnknown })}</p>}
      <Times card={card} />
    </Stack>
  );
}

function Figure({ value, name }: { value: string; name: string }) {
  return (
    <Paper p={{ base: 'md', sm: 'lg' }}>
      <Text fz={32} fw={700} lh={1.1} className="xanh-figure">
        {value}
      </Text>
      <Text size="sm" c="dimmed">
        {name}
      </Text>
    </Paper>
  );
}

interface BarsProps {
  title: string;
  none: string;
  rows: { key: string; name: string; count: number }[];
}

/** Counts as bars with their numbers: the list is the table of the chart. */
function Bars({ title, none, rows }: BarsProps) {
  const format = useFormat();
  const most = Math.max(...rows.map(({ count }) => count), 1);
  return (
    <Paper component="section" p={{ base: 'md', sm: 'lg' }} h="100%" aria-label={title}>
      <Title order={2} size="h3" mb="md">
        {title}
      </Title>
      {rows.length === 0 && <Text c="dimmed">{none}</Text>}
      <Stack component="ul" gap="sm" className="xanh-list">
        {rows.map(({ key, name, count }) => (
          <li key={key}>
            <Group justify="space-between" gap="sm" wrap="nowrap">
              <Text size="sm">{name}</Text>
              <Text size="sm" fw={600} className="xanh-figure">
                {format.number(count)}
              </Text>
            </Group>
            <div className="xanh-countbar" aria-hidden>
              <span style={{ inlineSize: `${(100 * count) / most}%` }} />
            </div>
          </li>
        ))}
      </Stack>
    </Paper>
  );
}

function Times({ card: { steps, approved } }: { card: Scorecard }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Paper component="section" p={{ base: 'md', sm: 'lg' }} aria-label={t('scorecard.times')}>
      <Title order={2} size="h3">
        {t('scorecard.times')}
      </Title>
      <Text size="sm" c="dimmed" mb="sm">
        {t('scorecard.timesWhat', { approved: format.number(approved) })}
      </Text>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('scorecard.step')}</Table.Th>
            <Table.Th ta="end">{t('scorecard.medianDays')}</Table.Th>
            <Table.Th ta="end">{t('scorecard.timesGone')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {steps.map(({ step, medianDays, times }) => (
            <Table.Tr key={step}>
              <Table.Td>{t(`scorecard.steps.${step}`)}</Table.Td>
              <Table.Td ta="end" className="xanh-figure">
                {medianDays === null ? '–' : format.number(medianDays)}
              </Table.Td>
              <Table.Td ta="end" className="xanh-figure">
                {format.number(times)}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Paper>
  );
}
