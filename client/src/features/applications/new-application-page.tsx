import { Button, Group, Paper, Radio, Select, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import type { ApplicationInput, ApplicationKind, MeActor } from '../../../../schemas/types.d.ts';
import { createIdempotencyKey } from '../../api/idempotency-key.ts';
import { mayEnter } from '../../api/may-enter.ts';
import { organisationQuery, schemesQuery } from '../../api/reference.ts';
import { productQuery } from '../../api/registry.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { Crumbs } from '../../ui/crumbs.tsx';
import { fieldErrors, shownPointers } from '../../ui/field-errors.ts';
import { OnlyFor } from '../../ui/only-for.tsx';
import { Page } from '../../ui/page.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { SupplierSelect } from '../../ui/supplier-select.tsx';
import { useBegin } from './api.ts';

const kinds = [
  'new',
  'listing',
  'extension',
  'details',
  'technicalChange',
  'renewal',
] as const satisfies ApplicationKind[];

/** Begins an application: what for, and under which label; the rest is filled in step by step. */
export function NewApplicationPage() {
  const { t } = useTranslation();
  return (
    <Page
      title={t('application.newTitle')}
      lead={t('application.newLead')}
      above={<Crumbs above={{ to: '/applications', name: t('nav.applications') }} />}
    >
      <OnlyFor may={mayEnter} title={t('application.whoApplies')}>
        {(actor, today) => <Start actor={actor} today={today} />}
      </OnlyFor>
    </Page>
  );
}

function Start({ actor, today }: { actor: MeActor; today: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const [key] = useState(createIdempotencyKey);
  const offered = kinds.filter((kind) => kind !== 'listing' || actor.role !== 'certifier');
  const [kind, setKind] = useState<string>(params.get('kind') ?? 'new');
  const [scheme, setScheme] = useState('');
  const [applicant, setApplicant] = useState(actor.role === 'supplier' ? (actor.org ?? '') : '');
  const begin = useBegin(({ id }) => void navigate(`/applications/${id}`, { replace: true }));
  const isListing = kind === 'listing';
  const product = params.get('product');
  const input = {
    kind: kind as ApplicationKind,
    applicant,
    ...(!isListing && { scheme }),
    ...(product !== null && { products: [product] }),
  } satisfies ApplicationInput;
  const errors = fieldErrors(begin.error);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    begin.mutate({ input, key });
  };
  return (
    <Stack component="form" maw={760} gap="lg" onSubmit={submit}>
      <Paper p={{ base: 'md', sm: 'xl' }}>
        <Stack gap="lg">
          {product !== null && <ChosenProduct id={product} />}
          <Radio.Group label={t('application.kindLabel')} value={kind} onChange={setKind} required>
            <Stack gap="sm" mt={6}>
              {offered.map((one) => (
                <Radio
                  key={one}
                  value={one}
                  label={t(`application.kind.${one}`)}
                  description={t(`application.kindWhat.${one}`)}
                />
              ))}
            </Stack>
          </Radio.Group>
          {!isListing && (
            <SchemeField actor={actor} today={today} value={scheme} onChange={setScheme} error={errors['scheme']} />
          )}
          {actor.role !== 'supplier' && (
            <SupplierSelect
              label={t('application.applicant')}
              value={applicant}
              onChange={setApplicant}
              error={errors['applicant']}
            />
          )}
        </Stack>
      </Paper>
      {begin.isError && <ProblemAlert error={begin.error} shownAtFields={shownPointers(begin.error, input)} />}
      <Group>
        <Button
          type="submit"
          size="md"
          loading={begin.isPending}
          disabled={applicant === '' || (!isListing && scheme === '')}
        >
          {t('application.begin')}
        </Button>
        <Text size="sm" c="dimmed">
          {t('application.beginNote')}
        </Text>
      </Group>
    </Stack>
  );
}

interface SchemeFieldProps {
  actor: MeActor;
  today: string;
  value: string;
  onChange: (code: string) => void;
  error: string | undefined;
}

/** The labels in force; a body's own. */
function SchemeField({ actor: { role, org = '' }, today, value, onChange, error }: SchemeFieldProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data: schemes = [] } = useQuery(schemesQuery);
  const { data: body } = useQuery({ ...organisationQuery(org), enabled: role === 'certifier' });
  const theirs = new Set((body?.mayCertify ?? []).map(({ scheme }) => scheme));
  const offered = schemes.filter(
    ({ code, from = today, through = today }) =>
      from <= today && today <= through && (role !== 'certifier' || theirs.has(code)),
  );
  const plain = offered.find(({ code }) => code === value)?.plain;
  return (
    <Select
      label={t('facet.scheme')}
      {...(plain && { description: format.text(plain) })}
      required
      searchable
      nothingFoundMessage={t('state.nothing')}
      error={error}
      value={value === '' ? null : value}
      onChange={(code) => onChange(code ?? '')}
      data={offered.map(({ code, name }) => ({ value: code, label: format.text(name) }))}
    />
  );
}

/** The product that the way here began at. */
function ChosenProduct({ id }: { id: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data: product } = useQuery(productQuery(id));
  if (product === undefined) return null;
  return <Text fw={600}>{t('application.applyForProduct', { name: format.text(product.name) })}</Text>;
}
