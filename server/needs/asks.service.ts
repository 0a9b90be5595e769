import type { Organisation } from '../../schemas/types.d.ts';
import { createPause } from '../core/clock.ts';
import type { Counter, NeedStore } from './port.ts';
import { type Asked, lastDayOf } from './publication.rules.ts';

/** The asks of one group: those of agencies, and those of visitors by month. */
export interface GroupAsks {
  byAgencies: Asked[];
  visitors: { month: string; count: number }[];
}

export interface AskSources {
  store: Pick<NeedStore, 'counters' | 'justified'>;
  /** Those of the codes that exist, as they were on a day. */
  organisations(codes: string[], on: string): Promise<Map<string, Organisation>>;
  /** The province of today's map that the code meant on the day; null for none. */
  provinceToday(code: string, on: string): Promise<string | null>;
}

/** Every ask by its group. An agency that the register does not know, as one of a demonstration that was taken away, is none. */
export async function readAsks(parts: AskSources, through: string): Promise<Map<string, GroupAsks>> {
  const pause = createPause();
  const groups = new Map<string, GroupAsks>();
  const months = new Map<string, Map<string, Asked & { group: string }>>();
  const add = ({ group, month, agency, wants, count }: Counter) => {
    if (agency === null) {
      groupOf(groups, group).visitors.push({ month, count });
      return;
    }
    const ofMonth = months.get(month) ?? new Map<string, Asked & { group: string }>();
    const key = JSON.stringify([group, agency, wants]);
    const known = ofMonth.get(key)?.count ?? 0;
    months.set(month, ofMonth.set(key, { group, month, agency, wants, province: null, count: known + count }));
  };
  for await (const counter of parts.store.counters(through)) {
    add(counter);
    await pause();
  }
  for await (const line of parts.store.justified(through)) {
    add({ ...line, wants: '' });
    await pause();
  }
  for (const [month, ofMonth] of months) {
    const asked = [...ofMonth.values()];
    const placed = await placesOf(parts, [...new Set(asked.map(({ agency }) => agency))], lastDayOf(month));
    for (const { group, ...ask } of asked) {
      const province = placed.get(ask.agency);
      if (province !== undefined) groupOf(groups, group).byAgencies.push({ ...ask, province });
      await pause();
    }
  }
  return groups;
}

function groupOf(groups: Map<string, GroupAsks>, code: string): GroupAsks {
  const known = groups.get(code) ?? { byAgencies: [], visitors: [] };
  groups.set(code, known);
  return known;
}

/** Where the agencies stood on a day, on today's map; those that are none are left out. */
async function placesOf(parts: AskSources, agencies: string[], on: string): Promise<Map<string, string | null>> {
  const found = await parts.organisations(agencies, on);
  const placed = await Promise.all(
    [...found.values()]
      .filter(({ kind }) => kind === 'agency')
      .map(
        async ({ code, province }) =>
          [code, province === undefined ? null : await parts.provinceToday(province, on)] as const,
      ),
  );
  return new Map(placed);
}
