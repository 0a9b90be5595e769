import { Button, Checkbox, Group, Paper, SimpleGrid, Stack, TextInput, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import type { InvitationInput } from '../../../../../schemas/types.d.ts';
import { fieldErrors, shownPointers } from '../../../ui/field-errors.ts';
import { notify } from '../../../ui/notify.ts';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { useInvite } from './api.ts';
import { RoleSelect, useRolesIn } from './role-select.tsx';

interface InviteFormProps {
  /** Empty for a role that looks over the whole register. */
  org: string;
  isOperator: boolean;
}

/** Invites an address into a role of the organisation. */
export function InviteForm({ org, isOperator }: InviteFormProps) {
  const { t } = useTranslation();
  const roles = useRolesIn(org);
  const form = useForm({ initialValues: { email: '', role: '', admin: false } });
  const invite = useInvite(() => {
    notify(t('people.invited', { email: form.values.email }));
    form.reset();
  });
  const send = form.onSubmit(({ email, role, admin }) => {
    const chosen = roles.find((one) => one === role) ?? roles[0];
    if (chosen === undefined) return;
    const body: InvitationInput = { email, role: chosen, ...(org !== '' && { org }), ...(admin && { admin: true }) };
    invite.mutate(body, { onError: (problem) => form.setErrors(fieldErrors(problem)) });
  });
  return (
    <Paper p={{ base: 'md', sm: 'xl' }}>
      <form onSubmit={send}>
        <Stack>
          <Title order={2} size="h3">
            {t('people.invite')}
          </Title>
          <SimpleGrid cols={{ base: 1, sm: 2 }} maw={760}>
            <TextInput
              label={t('account.email')}
              description={t('people.inviteHint')}
              type="email"
              required
              autoComplete="off"
              {...form.getInputProps('email')}
            />
            <RoleSelect roles={roles} org={org} isOperator={isOperator} {...form.getInputProps('role')} />
          </SimpleGrid>
          {org !== '' && (
            <Checkbox
              label={t('people.asAdmin')}
              description={t('people.adminWhat')}
              {...form.getInputProps('admin', { type: 'checkbox' })}
            />
          )}
          {invite.isError && (
            <ProblemAlert error={invite.error} shownAtFields={shownPointers(invite.error, form.values)} />
          )}
          <Group>
            <Button type="submit" loading={invite.isPending} disabled={roles.length === 0}>
              {t('people.sendInvitation')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Paper>
  );
}
