import { NativeSelect } from '@mantine/core';
import type { NativeSelectProps } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { organisationQuery } from '../../../api/reference.ts';
import { rolesIn } from './managed.ts';

/** The roles that the organisation has, or those without one; none until they are known. */
export function useRolesIn(org: string) {
  const { data: organisation } = useQuery({ ...organisationQuery(org), enabled: org !== '' });
  return org !== '' && organisation === undefined ? [] : rolesIn(organisation);
}

interface RoleSelectProps extends Omit<NativeSelectProps, 'data'> {
  roles: ReturnType<typeof useRolesIn>;
  org: string;
  isOperator: boolean;
}

/** One of these roles. */
export function RoleSelect({ roles, org, isOperator, ...props }: RoleSelectProps) {
  const { t } = useTranslation();
  return (
    <NativeSelect
      label={t('people.role')}
      description={isOperator && org === '' ? t('people.chooseFirst') : undefined}
      data={roles.map((role) => ({ value: role, label: t(`role.${role}`) }))}
      {...props}
    />
  );
}
