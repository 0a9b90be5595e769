import { Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Application, ApplicationEvent } from '../../../../schemas/types.d.ts';
import { meQuery } from '../../api/me.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { InstantText } from '../../ui/date-text.tsx';
import { legalReference } from '../../ui/legal-reference.ts';
import { OrganisationName } from '../../ui/names.tsx';

/** Everything that happened to the application, the latest first, each with who did it and the text that it rests on. */
export function Timeline({ application }: { application: Application }) {
  const { t } = useTranslation();
  const { events, recordedAt, applicant } = application;
  return (
    <section>
      <Title order={2} mb="sm">
        {t('application.timeline')}
      </Title>
      <ol className="xanh-history xanh-timeline-list" reversed>
        {events.toReversed().map((event) => (
          <Happened key={`${event.recordedAt} ${event.type}`} event={event} />
        ))}
        <li>
          <b>{t('application.begun')}</b>
          <Text size="sm" c="dimmed">
            <InstantText instant={recordedAt} /> · <OrganisationName code={applicant} />
          </Text>
        </li>
      </ol>
    </section>
  );
}

const looks: Partial<Record<ApplicationEvent['type'], string>> = {
  approved: 'VALID',
  appealUpheld: 'VALID',
  refused: 'REVOKED',
  appealDismissed: 'REVOKED',
  foundIncomplete: 'SUSPENDED',
  asked: 'SUSPENDED',
};

function Happened({ event }: { event: ApplicationEvent }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data: me } = useQuery(meQuery);
  const { type, recordedAt, role, org, by, text, items, reasons, step, certificate, reference } = event;
  return (
    <li data-reason={looks[type]}>
      <b>{t(`application.event.${type}`)}</b>
      {step !== undefined && ` · ${t(`application.appealStep.${step}`)}`}
      {certificate !== undefined && ` · ${t('certificate.titleOf', { number: certificate.number })}`}
      <Text size="sm" c="dimmed">
        <InstantText instant={recordedAt} /> · {role === 'system' ? t('application.bySystem') : t(`role.${role}`)}
        {org !== undefined && (
          <>
            {', '}
            <OrganisationName code={org} />
          </>
        )}
        {by === me?.actor?.id && ` (${t('application.you')})`}
        {reference !== undefined && ` · ${legalReference(reference, format.language)}`}
      </Text>
      {items !== undefined && (
        <Text size="sm">
          {t('application.missing')}: {items.map((item) => t(`application.item.${item}`)).join(', ')}
        </Text>
      )}
      {reasons !== undefined && (
        <Text size="sm">{reasons.map((reason) => t(`application.reason.${reason}`)).join('; ')}</Text>
      )}
      {text !== undefined && <Text className="xanh-quote">{text}</Text>}
    </li>
  );
}
