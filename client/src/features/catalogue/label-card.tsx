import { Anchor, Badge, Group, Paper, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProductLabel } from '../../../../schemas/types.d.ts';
import { schemesQuery } from '../../api/reference.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { RecordLink } from '../../ui/record-link.tsx';
import { TierBadge } from '../../ui/tier-badge.tsx';
import type { Moment } from './api.ts';
import { CertificateFacts } from './certificate-facts.tsx';
import { DayStatus } from './certificate-status.tsx';
import { CertificateEvents } from './events/certificate-events.tsx';
import { LabelHistory, useLabelRuns } from './label-history.tsx';

interface LabelCardProps {
  label: ProductLabel;
  product: string;
  moment: Moment;
  today: string;
}

/** One certificate of the product: what it says on the day, over time, and in detail. */
export function LabelCard({ label, product, moment, today }: LabelCardProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data: schemes } = useQuery(schemesQuery);
  const scheme = schemes?.find(({ code }) => code === label.scheme);
  const runs = useLabelRuns(label, product, moment);
  const [hasStood, setHasStood] = useState(false);
  if (!hasStood && scheme !== undefined && runs !== undefined) setHasStood(true);
  return (
    <Paper
      component="article"
      p={{ base: 'md', sm: 'xl' }}
      aria-label={`${format.text(label.schemeName)} ${label.number}`}
    >
      <Group justify="space-between" align="flex-start" gap="sm">
        <div>
          <Title order={3}>{format.text(label.schemeName)}</Title>
          <Text size="sm" c="dimmed">
            <RecordLink to={`/certificates/${label.certificate}`}>{label.number}</RecordLink>
            {label.level !== undefined && ` · ${t('label.level', { level: label.level })}`}
          </Text>
        </div>
        <DayBadge label={label} />
      </Group>
      <Verdict label={label} on={moment.on ?? today} />
      <LabelHistory label={label} runs={runs} moment={moment} today={today} />
      <CertificateFacts label={label} />
      {scheme !== undefined && (
        <Text size="sm" c="dimmed" mt="md" className="xanh-plain">
          {format.text(scheme.plain)}{' '}
          {scheme.website !== null && (
            <Anchor href={scheme.website} inherit underline="always" rel="noreferrer" target="_blank">
              {format.text(scheme.owner)}
            </Anchor>
          )}
        </Text>
      )}
      {/* Only below a card that has stood: what arrives late would move the button from under the pointer. */}
      {hasStood && <CertificateEvents id={label.certificate} scheme={label.scheme} today={today} />}
    </Paper>
  );
}

function DayBadge({ label }: { label: ProductLabel }) {
  const { t } = useTranslation();
  if (label.valid && label.tier !== null) return <TierBadge tier={label.tier} />;
  if (!label.valid) return <DayStatus validity={label} />;
  return (
    <Badge color="water" variant="light" className="xanh-badge">
      {t(`label.reason.${label.reason}`)}
    </Badge>
  );
}

/** The answer of the day in a sentence. */
function Verdict({ label, on }: { label: ProductLabel; on: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const why = label.valid ? t(`label.tierReason.${label.tierReason}`) : t(`label.why.${label.reason}`);
  const counts = label.tier === null ? t('label.notGreen') : t('tier.counts', { tier: t(`tier.name.${label.tier}`) });
  return (
    <Text mt="sm">
      {t('label.onDay', { day: format.day(on) })} <b>{counts}</b>. {why}.
    </Text>
  );
}
