import { Alert, Button, Group, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyLine } from '../../../ui/copy-line.tsx';
import { DayInput } from '../../../ui/day-input.tsx';
import { fieldErrors, shownPointers } from '../../../ui/field-errors.ts';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { useMakeKey } from './api.ts';
import { RoleSelect, useRolesIn } from './role-select.tsx';

/** Makes a key for a machine of the organisation, and shows it this once. */
export function KeyForm({ org }: { org: string }) {
  const { t } = useTranslation();
  const roles = useRolesIn(org);
  const [made, setMade] = useState<string>();
  const form = useForm({ initialValues: { role: '', through: '' } });
  const make = useMakeKey(({ key }) => {
    setMade(key);
    form.reset();
  });
  const send = form.onSubmit(({ role, through }) => {
    const chosen = roles.find((one) => one === role) ?? roles[0];
    if (chosen === undefined) return;
    const body = { role: chosen, ...(org !== '' && { org }), ...(through !== '' && { through }) };
    make.mutate(body, { onError: (problem) => form.setErrors(fieldErrors(problem)) });
  });
  return (
    <Paper p={{ base: 'md', sm: 'xl' }}>
      <form onSubmit={send}>
        <Stack>
          <Title order={2} size="h3">
            {t('keys.make')}
          </Title>
          {made !== undefined && <MadeKey made={made} onKept={() => setMade(undefined)} />}
          <SimpleGrid cols={{ base: 1, sm: 2 }} maw={760}>
            <RoleSelect roles={roles} org={org} isOperator {...form.getInputProps('role')} />
            <DayInput
              label={t('keys.through')}
              description={t('keys.throughHint')}
              {...form.getInputProps('through')}
            />
          </SimpleGrid>
          {make.isError && <ProblemAlert error={make.error} shownAtFields={shownPointers(make.error, form.values)} />}
          <Group>
            <Button type="submit" loading={make.isPending} disabled={roles.length === 0}>
              {t('keys.makeNow')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Paper>
  );
}

function MadeKey({ made, onKept }: { made: string; onKept: () => void }) {
  const { t } = useTranslation();
  return (
    <Alert color="leaf" variant="light" title={t('keys.shownOnce')}>
      <Stack gap="sm">
        <Text size="sm">{t('keys.shownOnceWhat')}</Text>
        <CopyLine text={made} label={t('account.key')} />
        <Group>
          <Button size="xs" variant="default" onClick={onKept}>
            {t('keys.kept')}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}
