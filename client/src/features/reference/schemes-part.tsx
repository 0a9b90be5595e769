import { Anchor, Badge, Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { LabelScheme } from '../../../../schemas/types.d.ts';
import { schemesQuery } from '../../api/reference.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { Facts } from '../../ui/facts.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { EntryPart } from './entry-part.tsx';
import type { PartProps } from './part-props.ts';
import { SchemeForm } from './scheme-form.tsx';

/** Every label: what it proves and what not, how the law regards it, how long its certificates run. */
export function SchemesPart({ isOperator, today }: PartProps) {
  const { t } = useTranslation();
  const schemes = useQuery(schemesQuery);
  return (
    <EntryPart<LabelScheme>
      lead={t('reference.schemesLead')}
      newLabel={t('reference.newScheme')}
      isOperator={isOperator}
      renderForm={(scheme, onDone) => (
        <SchemeForm key={scheme?.code ?? 'new'} scheme={scheme} today={today} onDone={onDone} />
      )}
    >
      {(onEdit) => (
        <QueryState query={schemes} blocks={6}>
          {(all) => (
            <Stack gap="md">
              {byLaw(all).map((scheme) => (
                <SchemeCard key={scheme.code} scheme={scheme} onEdit={onEdit} />
              ))}
            </Stack>
          )}
        </QueryState>
      )}
    </EntryPart>
  );
}

const order: LabelScheme['basis'][] = [
  'statutory',
  'legacy-transitional',
  'statutory-preference',
  'equivalent-buyer-decides',
  'information-only',
];

/** What the law names comes first. */
function byLaw(schemes: LabelScheme[]): LabelScheme[] {
  return schemes.toSorted((a, b) => order.indexOf(a.basis) - order.indexOf(b.basis));
}

interface SchemeCardProps {
  scheme: LabelScheme;
  onEdit: ((scheme: LabelScheme) => void) | undefined;
}

function SchemeCard({ scheme, onEdit }: SchemeCardProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { code, name, plain, basis } = scheme;
  return (
    <Paper component="article" p={{ base: 'md', sm: 'lg' }} aria-label={format.text(name)}>
      <Group justify="space-between" align="flex-start" gap="sm" mb="xs">
        <Title order={2} size="h3">
          {format.text(name)}
        </Title>
        <Badge variant="light" color={basis === 'information-only' ? 'gray' : 'leaf'} className="xanh-badge">
          {t(`reference.basis.${basis}`)}
        </Badge>
      </Group>
      <Text mb="md" maw={760}>
        {format.text(plain)}
      </Text>
      <SchemeFacts scheme={scheme} />
      <Group mt="md" className="xanh-no-print">
        <Anchor component={Link} to={`/certificates?scheme=${encodeURIComponent(code)}`} size="sm">
          {t('reference.toCertificates')}
        </Anchor>
        {onEdit !== undefined && (
          <Button
            variant="default"
            size="compact-sm"
            aria-label={t('reference.changeOf', { name: format.text(name) })}
            onClick={() => onEdit(scheme)}
          >
            {t('reference.change')}
          </Button>
        )}
      </Group>
    </Paper>
  );
}

function SchemeFacts({ scheme }: { scheme: LabelScheme }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { code, owner, website, subject, levels, validityMonths, canSuspend, whenMandateEnds, from, through } = scheme;
  const ownerName = format.text(owner);
  return (
    <Facts
      items={[
        {
          name: t('reference.owner'),
          value: website ? (
            <Anchor href={website} inherit rel="noreferrer" target="_blank">
              {ownerName}
            </Anchor>
          ) : (
            ownerName
          ),
        },
        { name: t('reference.subject'), value: t(`reference.subjectOf.${subject}`) },
        levels.length > 0 && { name: t('reference.levels'), value: levels.join(', ') },
        {
          name: t('reference.validity'),
          value: validityMonths === null ? t('reference.noRule') : t('reference.months', { count: validityMonths }),
        },
        { name: t('reference.canSuspend'), value: t(canSuspend ? 'state.yes' : 'state.no') },
        whenMandateEnds !== undefined && {
          name: t('reference.whenMandateEnds'),
          value:
            whenMandateEnds.afterDays === undefined
              ? t(`reference.mandateEnd.${whenMandateEnds.certificates}`)
              : t('reference.endsAfter', { count: whenMandateEnds.afterDays }),
        },
        (from ?? through) !== undefined && {
          name: t('reference.days'),
          value: `${from === undefined ? t('reference.notSaid') : format.day(from)} – ${through === undefined ? t('reference.open') : format.day(through)}`,
        },
        { name: t('edition.code'), value: code },
      ]}
    />
  );
}
