import type { Organisation } from '../../../schemas/types.d.ts';

/** An agency and how far below the top of the list it stands. */
export interface AgencyAtDepth {
  agency: Organisation;
  depth: number;
}

/** The agencies as a list from the top down; with a root only it and those below it. */
export function listTree(agencies: Organisation[], root?: string): AgencyAtDepth[] {
  const codes = new Set(agencies.map(({ code }) => code));
  const isTop = ({ code, parent }: Organisation) =>
    root === undefined ? parent === undefined || !codes.has(parent) : code === root;
  const below = (agency: Organisation, depth: number): AgencyAtDepth[] => [
    { agency, depth },
    ...agencies.filter(({ parent }) => parent === agency.code).flatMap((child) => below(child, depth + 1)),
  ];
  const tops = agencies.filter(isTop);
  return tops.flatMap((top) => below(top, 0));
}
