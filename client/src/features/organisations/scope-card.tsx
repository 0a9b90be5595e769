import { Anchor, Badge, Group, Paper, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Mandate, Organisation } from '../../../../schemas/types.d.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { GroupName, SchemeName } from '../../ui/names.tsx';
import { standingOn } from './change.ts';

interface ScopeCardProps {
  organisation: Organisation;
  day: string;
}

/** What the body is accredited for, and on which days; what is over stays to be seen. */
export function ScopeCard({ organisation: { code, mayCertify }, day }: ScopeCardProps) {
  const { t } = useTranslation();
  if (mayCertify === undefined || mayCertify.length === 0) return null;
  return (
    <Paper component="section" p={{ base: 'md', sm: 'lg' }} aria-label={t('body.scope')}>
      <Group justify="space-between" gap="sm" mb="sm">
        <Title order={2} size="h3">
          {t('body.scope')}
        </Title>
        <Anchor component={Link} to={`/organisations/${encodeURIComponent(code)}/scorecard`} size="sm">
          {t('scorecard.title')}
        </Anchor>
      </Group>
      <ul className="xanh-history">
        {mayCertify.map((mandate) => (
          <Scope key={JSON.stringify(mandate)} mandate={mandate} day={day} />
        ))}
      </ul>
    </Paper>
  );
}

const colours = { held: 'leaf', suspended: 'amber', ended: 'clay', later: 'gray' } as const;

function Scope({ mandate, day }: { mandate: Mandate; day: string }) {
  const { t } = useTranslation();
  const standing = standingOn(mandate, day);
  return (
    <li data-reason={standing === 'held' ? 'VALID' : 'ENDED'}>
      <Group gap="xs">
        <b>
          <SchemeName code={mandate.scheme} />
        </b>
        <Badge variant="light" color={colours[standing]} className="xanh-badge">
          {t(`body.standing.${standing}`)}
        </Badge>
      </Group>
      <Text size="sm" c="dimmed">
        <Days {...mandate} />
        {' · '}
        {mandate.groups === undefined
          ? t('body.allGroups')
          : mandate.groups.map((group, at) => (
              <span key={group}>
                {at > 0 && ', '}
                <GroupName code={group} />
              </span>
            ))}
      </Text>
      {mandate.suspended?.map((days) => (
        <Text key={days.from} size="sm">
          {t('body.suspended')}: <Days {...days} />
        </Text>
      ))}
    </li>
  );
}

/** The accreditations of a testing laboratory: reports name them. */
export function LaboratoryCard({ organisation: { accreditations }, day }: ScopeCardProps) {
  const { t } = useTranslation();
  if (accreditations === undefined || accreditations.length === 0) return null;
  return (
    <Paper component="section" p={{ base: 'md', sm: 'lg' }} aria-label={t('body.laboratory')}>
      <Title order={2} size="h3" mb="sm">
        {t('body.laboratory')}
      </Title>
      <ul className="xanh-history">
        {accreditations.map((accreditation) => {
          const standing = standingOn(accreditation, day);
          return (
            <li key={JSON.stringify(accreditation)} data-reason={standing === 'held' ? 'VALID' : 'ENDED'}>
              <Group gap="xs">
                <b>{accreditation.number}</b>
                <Badge variant="light" color={colours[standing]} className="xanh-badge">
                  {t(`body.standing.${standing}`)}
                </Badge>
              </Group>
              <Text size="sm" c="dimmed">
                <Days {...accreditation} />
              </Text>
            </li>
          );
        })}
      </ul>
    </Paper>
  );
}

function Days({ from, through }: { from?: string; through?: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (from === undefined && through === undefined) return <>{t('body.always')}</>;
  if (through === undefined) return <>{t('body.from', { from: format.day(from ?? '') })}</>;
  if (from === undefined) return <>{t('body.until', { through: format.day(through) })}</>;
  return <>{t('body.days', { from: format.day(from), through: format.day(through) })}</>;
}
