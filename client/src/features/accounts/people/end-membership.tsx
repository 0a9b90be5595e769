import { Button, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import type { MembershipEntry } from '../../../../../schemas/types.d.ts';
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx';
import { notify } from '../../../ui/notify.ts';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { useEndMembership } from './api.ts';

/** Takes a role from somebody, or an open invitation back, after saying what that does. */
export function EndMembership({ member: { id, person, name, role } }: { member: MembershipEntry }) {
  const { t } = useTranslation();
  const [isAsked, { open, close }] = useDisclosure(false);
  const isOpen = person === undefined;
  const end = useEndMembership(() => {
    notify(t(isOpen ? 'people.withdrawn' : 'people.removed'));
    close();
  });
  const label = t(isOpen ? 'people.withdraw' : 'people.remove');
  return (
    <>
      <Button variant="default" size="xs" onClick={open}>
        {label}
      </Button>
      <ConfirmDialog title={label} isOpen={isAsked} onClose={close}>
        <Text>
          {t(isOpen ? 'people.withdrawWhat' : 'people.removeWhat', {
            name: name ?? t('people.noName'),
            role: t(`role.${role}`),
          })}
        </Text>
        {end.isError && <ProblemAlert error={end.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {t('state.cancel')}
          </Button>
          <Button color="clay" loading={end.isPending} onClick={() => end.mutate(id)}>
            {label}
          </Button>
        </Group>
      </ConfirmDialog>
    </>
  );
}
