import { Anchor } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { MeActor } from '../../../../schemas/types.d.ts';
import { addQuery } from '../../api/client.ts';
import { meQuery } from '../../api/me.ts';
import { useWithBack } from '../../ui/crumbs.tsx';
import type { Part } from './part.ts';
import { toQuery } from './share-state.ts';
import type { GroupBy, ShareState } from './share-state.ts';

const readers = new Set<MeActor['role']>(['officer', 'operator', 'auditor']);

/** The question that the figures of the page answer; their lines are asked by the same one. */
export const ShareQuestion = createContext<ShareState | null>(null);

/** A group of a table. */
export interface GroupKey {
  by: GroupBy;
  key: string;
}

interface LinesLinkProps {
  part: Part;
  /** The group whose lines are meant; the whole without one. */
  group?: GroupKey | undefined;
  tiers?: string | undefined;
  /** What a screen reader says instead of the bare number. */
  label: string;
  children: ReactNode;
}

/** A figure that leads to its lines, for those who may read lines; plain for everybody else. */
export function LinesLink({ part, group, tiers, label, children }: LinesLinkProps) {
  const state = useContext(ShareQuestion);
  const mayRead = useMayReadLines();
  const withBack = useWithBack();
  if (state === null || !mayRead) return children;
  const query = { ...toQuery(state, { groupBy: group?.by, tiers: tiers ?? state.tiers }), key: group?.key, part };
  return (
    <Anchor
      component={Link}
      to={withBack(addQuery('/share/lines', query))}
      inherit
      aria-label={label}
      className="xanh-into"
    >
      {children}
    </Anchor>
  );
}

/** Whether the caller reads purchase lines at all. */
export function useMayReadLines(): boolean {
  const { data: me } = useQuery(meQuery);
  return me?.actor != null && readers.has(me.actor.role);
}
