import { Anchor } from '@mantine/core';
import type { AnchorProps } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link, useLocation } from 'react-router';
import { useWithBack } from './crumbs.tsx';

interface RecordLinkProps extends AnchorProps {
  to: string;
  children: ReactNode;
}

/** Leads to another record, which then leads back; out of a form that is being filled it opens beside it. */
export function RecordLink({ to, children, ...props }: RecordLinkProps) {
  const { pathname } = useLocation();
  const withBack = useWithBack();
  const isForm = pathname.endsWith('/new');
  return (
    <Anchor
      component={Link}
      to={isForm ? to : withBack(to)}
      {...(isForm && { target: '_blank', rel: 'noreferrer' })}
      inherit
      {...props}
    >
      {children}
    </Anchor>
  );
}
