import type { ShareLine } from '../../../../schemas/types.d.ts';
import type { GroupBy } from './share-state.ts';

/** The parts of a figure that one can look into: what it is a share of, and what counts in it. */
export const parts = ['all', 'green', 'scope', 'scopeGreen', 'unknown', 'exempt'] as const;

export type Part = (typeof parts)[number];

interface PartOf {
  part: Part;
  tiers: string;
  groupBy?: GroupBy | undefined;
  key: string | undefined;
}

/** Whether a line of the figure's denominator is in the part. */
export function isInPart(line: Pick<ShareLine, 'green' | 'exemption'>, asked: PartOf): boolean {
  return tests[asked.part](line, asked);
}

const tests: Record<Part, typeof isInPart> = {
  all: () => true,
  green: ({ green }, asked) => countsAsGreen(green, asked),
  scope: ({ green }) => green.inScope,
  scopeGreen: ({ green }, asked) => green.inScope && countsAsGreen(green, asked),
  unknown: ({ green }) => green.status === 'unknown',
  exempt: ({ exemption }) => exemption !== undefined,
};

/** A group by tier or by label is a part of the numerator only. */
function countsAsGreen(green: ShareLine['green'], { tiers, groupBy, key }: PartOf): boolean {
  if (green.tier === null || !tiers.split(',').includes(green.tier)) return false;
  if (key === undefined) return true;
  if (groupBy === 'tier') return green.tier === key;
  return groupBy !== 'scheme' || green.scheme === key;
}
