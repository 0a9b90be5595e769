import { Button, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { EmptyNote } from './empty-note.tsx';

/** Says who may do this, and leads to the sign-in and back. */
export function SignInNote({ icon, title }: { icon: ReactNode; title: string }) {
  const { t } = useTranslation();
  const { pathname, search } = useLocation();
  return (
    <EmptyNote icon={icon} title={title}>
      <Text c="dimmed">{t('account.needed')}</Text>
      <Button component={Link} to={`/sign-in?to=${encodeURIComponent(pathname + search)}`}>
        {t('account.signIn')}
      </Button>
    </EmptyNote>
  );
}
