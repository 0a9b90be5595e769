import { Anchor, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Application, MeActor } from '../../../../schemas/types.d.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useWithBack } from '../../ui/crumbs.tsx';
import { OrganisationName, SchemeName } from '../../ui/names.tsx';
import { Due, awaitedOf } from './due.tsx';
import { ProductLine } from './product-line.tsx';
import { ApplicationBadge } from './status-badge.tsx';

interface ApplicationRowProps {
  application: Application;
  actor: MeActor;
  today: string;
}

/** One application in the queue: what it is for, how it stands, who is awaited and until when. */
export function ApplicationRow({ application, actor, today }: ApplicationRowProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const withBack = useWithBack();
  const { id, kind, scheme, applicant, status, products, receivedOn, reviewer } = application;
  const awaited = awaitedOf(application);
  const isMine = reviewer === actor.id;
  return (
    <li className="xanh-row xanh-application-row" data-late={(application.legalClock?.late ?? false) || undefined}>
      <div className="xanh-row-what">
        <Anchor component={Link} to={withBack(`/applications/${id}`)} fw={600}>
          {t(`application.kind.${kind}`)}
          {scheme !== undefined && (
            <>
              {' · '}
              <SchemeName code={scheme} />
            </>
          )}
        </Anchor>
        <Text size="sm">
          <ProductLine products={products} />
        </Text>
        <Text size="sm" c="dimmed">
          {actor.role !== 'supplier' && (
            <>
              <OrganisationName code={applicant} />
              {' · '}
            </>
          )}
          {receivedOn === undefined
            ? t('application.notSubmitted')
            : t('application.received', { day: format.day(receivedOn) })}
        </Text>
      </div>
      <div>
        <Group gap={6}>
          <ApplicationBadge status={status} />
        </Group>
        <Text size="sm" c="dimmed" mt={4}>
          {t(`application.awaits.${awaited}`)}
          {isMine && ` · ${t('application.inYourHands')}`}
        </Text>
      </div>
      <div className="xanh-application-due">
        <Due application={application} today={today} />
      </div>
    </li>
  );
}
