import { Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Complaint, ComplaintEventType } from '../../../../schemas/types.d.ts';
import { InstantText } from '../../ui/date-text.tsx';
import { OrganisationLink } from '../../ui/names.tsx';

/** A decision is marked as what it says; everything before it is a step like others. */
const looks: Partial<Record<ComplaintEventType, string>> = { upheld: 'REVOKED', rejected: 'VALID' };

/** What happened to the report, the latest first. */
export function CaseSteps({ complaint: { events, recordedAt } }: { complaint: Complaint }) {
  const { t } = useTranslation();
  return (
    <section aria-label={t('complaint.steps')}>
      <Title order={2} size="h3" mb="xs">
        {t('complaint.steps')}
      </Title>
      <ol className="xanh-history" reversed>
        {events?.toReversed().map(({ type, recordedAt: at, side, org, text }) => (
          <li key={at} data-reason={looks[type]}>
            <b>{t(`complaint.event.${type}`)}</b> ·{' '}
            {org === undefined ? t(`complaint.side.${side}`) : <OrganisationLink code={org} />}
            <Text size="sm" c="dimmed">
              <InstantText instant={at} />
            </Text>
            {text !== undefined && (
              <Text size="sm" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
                {text}
              </Text>
            )}
          </li>
        ))}
        <li>
          <b>{t('complaint.event.received')}</b>
          <Text size="sm" c="dimmed">
            <InstantText instant={recordedAt} />
          </Text>
        </li>
      </ol>
    </section>
  );
}
