import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { GroupAttribute } from '../../../../schemas/types.d.ts';
import { groupsQuery } from '../../api/reference.ts';
import { readValues } from './search-state.ts';

const mostShown = 12;

/** The attributes of the groups that the address chooses, each once; none while no group is chosen. */
export function useChosenAttributes(params: URLSearchParams): GroupAttribute[] {
  const { data: groups } = useQuery(groupsQuery);
  const chosen = readValues(params, 'group').join(',');
  return useMemo(() => {
    const codes = chosen.split(',');
    const all = (groups ?? []).filter(({ code }) => codes.includes(code)).flatMap(({ attributes = [] }) => attributes);
    return [...new Map(all.map((attribute) => [attribute.key, attribute])).values()].slice(0, mostShown);
  }, [groups, chosen]);
}
