import type { Organisation } from '../../schemas/types.d.ts';

/** The tree of agencies: who stands below whom. */
export interface AgencyTree {
  has(code: string): boolean;
  /** The agency and all below it. */
  subtree(code: string): string[];
  /** Agencies directly below; the roots for null. */
  children(code: string | null): string[];
  /** Which of the children of `top` (the roots for null) the agency belongs to; `self` for `top` itself. */
  branch(top: string | null): (agency: string) => string;
  size: number;
}

/** The tree that the agencies' parents draw. */
export function agencyTree(agencies: Pick<Organisation, 'code' | 'parent'>[]): AgencyTree {
  const below = new Map<string | null, string[]>();
  for (const { code, parent = null } of agencies) below.set(parent, [...(below.get(parent) ?? []), code]);
  const codes = new Set(agencies.map(({ code }) => code));
  const children = (code: string | null): string[] => below.get(code) ?? [];
  const subtree = (code: string): string[] => [code, ...children(code).flatMap(subtree)];
  return {
    has: (code) => codes.has(code),
    subtree,
    children,
    branch(top) {
      const branches = new Map(
        children(top).flatMap((child) => subtree(child).map((agency) => [agency, child] as const)),
      );
      return (agency) => (agency === top ? 'self' : (branches.get(agency) ?? 'unknown'));
    },
    size: codes.size,
  };
}
