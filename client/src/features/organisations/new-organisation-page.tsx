import { Button, Checkbox, Group, NativeSelect, Paper, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { createIdempotencyKey } from '../../api/idempotency-key.ts';
import { isOperator } from '../../api/may-enter.ts';
import { provincesQuery } from '../../api/reference.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { AgencySelect } from '../../ui/agency-select.tsx';
import { Crumbs } from '../../ui/crumbs.tsx';
import { DayInput } from '../../ui/day-input.tsx';
import { fieldErrors, shownPointers } from '../../ui/field-errors.ts';
import { notify } from '../../ui/notify.ts';
import { OnlyFor } from '../../ui/only-for.tsx';
import { Page } from '../../ui/page.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { useEnterOrganisation } from './api.ts';
import { emptyOrganisation, kinds, levels, toOrganisationInput } from './entry-values.ts';
import { MandatesSelect } from './mandates-select.tsx';

/** Enters an organisation: the operator's form. */
export function NewOrganisationPage() {
  const { t } = useTranslation();
  return (
    <Page
      title={t('organisations.new')}
      lead={t('organisations.newLead')}
      above={<Crumbs above={{ to: '/organisations', name: t('organisations.title') }} />}
    >
      <OnlyFor may={isOperator} title={t('organisations.operatorOnly')}>
        {() => <Entry />}
      </OnlyFor>
    </Page>
  );
}

const lists = ['mayCertify'];

function useEntryForm() {
  return useForm({ initialValues: emptyOrganisation });
}

function Entry() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [key] = useState(createIdempotencyKey);
  const form = useEntryForm();
  const enter = useEnterOrganisation(({ code }) => {
    notify(t('organisations.entered'));
    void navigate(`/organisations/${encodeURIComponent(code)}`);
  });
  const save = () =>
    enter.mutate(
      { input: toOrganisationInput(form.values), key },
      { onError: (error) => form.setErrors(fieldErrors(error, lists)) },
    );
  return (
    <Paper p={{ base: 'md', sm: 'xl' }} maw={860}>
      <form onSubmit={form.onSubmit(save)}>
        <Stack>
          <WhoFields form={form} />
          {form.values.kind === 'agency' && <AgencyFields form={form} />}
          <MandatesSelect description={t('organisations.mandatesHint')} {...form.getInputProps('mayCertify')} />
          {enter.isError && (
            <ProblemAlert error={enter.error} shownAtFields={shownPointers(enter.error, form.values, lists)} />
          )}
          <Group>
            <Button type="submit" loading={enter.isPending}>
              {t('organisations.enter')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Paper>
  );
}

interface FieldsProps {
  form: ReturnType<typeof useEntryForm>;
}

function WhoFields({ form }: FieldsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data: provinces = [] } = useQuery(provincesQuery(undefined));
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }}>
      <NativeSelect
        label={t('organisations.kind')}
        data={kinds.map((kind) => ({ value: kind, label: t(`organisation.kind.${kind}`) }))}
        {...form.getInputProps('kind')}
      />
      <TextInput
        label={t('organisation.code')}
        description={t('organisations.codeHint')}
        required
        maxLength={64}
        {...form.getInputProps('code')}
      />
      <TextInput label={t('organisation.nameVi')} required maxLength={1000} {...form.getInputProps('name.vi')} />
      <TextInput label={t('organisation.nameEn')} maxLength={1000} {...form.getInputProps('name.en')} />
      <TextInput label={t('organisation.taxCode')} maxLength={14} {...form.getInputProps('taxCode')} />
      <NativeSelect
        label={t('organisation.province')}
        data={[
          { value: '', label: t('purchase.notSaid') },
          ...provinces.map(({ code, name }) => ({ value: code, label: format.text(name) })),
        ]}
        {...form.getInputProps('province')}
      />
      <DayInput
        label={t('organisation.from')}
        description={t('organisations.fromHint')}
        {...form.getInputProps('from')}
      />
    </SimpleGrid>
  );
}

function AgencyFields({ form }: FieldsProps) {
  const { t } = useTranslation();
  const { value, onChange, error } = form.getInputProps('parent');
  return (
    <>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <AgencySelect
          label={t('organisation.parent')}
          placeholder={t('organisation.atTheTop')}
          clearable
          clearButtonProps={{ 'aria-label': t('state.clear') }}
          value={value === '' ? null : value}
          onChange={(code) => onChange(code ?? '')}
          error={error}
        />
        <NativeSelect
          label={t('organisation.level')}
          description={t('organisations.levelHint')}
          data={[
            { value: '', label: t('purchase.notSaid') },
            ...levels.map((level) => ({ value: level, label: t(`organisation.levels.${level}`) })),
          ]}
          {...form.getInputProps('level')}
        />
        <TextInput
          label={t('organisation.budgetUnitCode')}
          description={t('organisations.budgetHint')}
          inputMode="numeric"
          maxLength={7}
          {...form.getInputProps('budgetUnitCode')}
        />
        <DayInput label={t('organisation.reportsFrom')} {...form.getInputProps('reportsFrom')} />
      </SimpleGrid>
      <Checkbox
        label={t('organisations.publish')}
        description={t('organisations.publishHint')}
        {...form.getInputProps('publish', { type: 'checkbox' })}
      />
    </>
  );
}
