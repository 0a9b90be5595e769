import { Badge, Button, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import IconFlag from '@tabler/icons-react/icons/IconFlag';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ComplaintKind, ComplaintStanding, DecidedComplaint } from '../../../schemas/types.d.ts';
import { complaintsAboutQuery } from '../api/complaints.ts';
import { DayText } from './date-text.tsx';
import { QueryState } from './query-state.tsx';

interface ComplaintsAboutProps {
  kind: ComplaintKind;
  id: string;
}

/** What was reported about a record: how many are open, what was decided and why; and the way to report a fault. */
export function ComplaintsAbout({ kind, id }: ComplaintsAboutProps) {
  const { t } = useTranslation();
  const standing = useQuery(complaintsAboutQuery(kind, id));
  return (
    <Stack component="section" gap="xs" mt="lg" aria-label={t('complaint.about')}>
      <Group justify="space-between" gap="sm">
        <Title order={2} size="h3">
          {t('complaint.about')}
        </Title>
        <Button
          component={Link}
          to={`/report?kind=${kind}&id=${id}`}
          variant="default"
          size="compact-sm"
          className="xanh-no-print"
          leftSection={<IconFlag size={16} aria-hidden />}
        >
          {t('complaint.report')}
        </Button>
      </Group>
      <QueryState query={standing} blocks={1}>
        {(data) => <Standing standing={data} />}
      </QueryState>
    </Stack>
  );
}

function Standing({ standing: { open, upheld, rejected, decided } }: { standing: ComplaintStanding }) {
  const { t } = useTranslation();
  if (open + upheld + rejected === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t('complaint.none')}
      </Text>
    );
  }
  return (
    <>
      <Group gap="xs">
        {open > 0 && (
          <Badge color="amber" variant="light" className="xanh-badge">
            {t('complaint.openCount', { count: open })}
          </Badge>
        )}
        {upheld > 0 && (
          <Badge color="clay" variant="light" className="xanh-badge">
            {t('complaint.upheldCount', { count: upheld })}
          </Badge>
        )}
        {rejected > 0 && (
          <Badge color="gray" variant="light" className="xanh-badge">
            {t('complaint.rejectedCount', { count: rejected })}
          </Badge>
        )}
      </Group>
      <Text size="sm" c="dimmed">
        {t('complaint.changesNothing')}
      </Text>
      {decided.length > 0 && (
        <ul className="xanh-history">
          {decided.map((one) => (
            <Decided key={one.reference} complaint={one} />
          ))}
        </ul>
      )}
    </>
  );
}

function Decided({ complaint: { reference, ground, decision } }: { complaint: DecidedComplaint }) {
  const { t } = useTranslation();
  return (
    <li data-reason={decision.result === 'upheld' ? 'REVOKED' : 'ENDED'}>
      <b>{t(`complaint.decided.${decision.result}`)}</b>: {t(`complaint.ground.${ground}`)} ·{' '}
      <DayText day={decision.on} /> · {reference}
      <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
        {decision.reasons.map((reason) => t(`complaint.reason.${reason}`)).join('; ')}. {decision.text}
      </Text>
    </li>
  );
}
