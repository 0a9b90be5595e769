import { useQuery } from '@tanstack/react-query';
import IconLock from '@tabler/icons-react/icons/IconLock';
import type { ReactNode } from 'react';
import type { MeActor } from '../../../schemas/types.d.ts';
import { meQuery } from '../api/me.ts';
import { QueryState } from './query-state.tsx';
import { SignInNote } from './sign-in-note.tsx';

interface OnlyForProps {
  /** Who may see it. */
  may(actor: MeActor): boolean;
  /** Says so to everybody else. */
  title: string;
  children(actor: MeActor, today: string): ReactNode;
}

/** Something that only some roles may see; others are told who, and led to the sign-in and back. */
export function OnlyFor({ may, title, children }: OnlyForProps) {
  const me = useQuery(meQuery);
  return (
    <QueryState query={me}>
      {({ actor, today }) =>
        actor !== null && may(actor) ? children(actor, today) : <SignInNote icon={<IconLock />} title={title} />
      }
    </QueryState>
  );
}
