import type { LocalisedText, PriorityListInput } from '../schemas/types.d.ts';
import { addDays, addMonths, firstOfMonth, instantAt, type DemoCalendar } from './demo-calendar.ts';
import type { DemoOperation } from './demo-operation.ts';
import criteria from './data/demo-criteria.json' with { type: 'json' };
import schemeRows from './data/demo-schemes.json' with { type: 'json' };
import lists from './data/demo-lists.json' with { type: 'json' };

type SchemeInput = (DemoOperation & { do: 'scheme' })['input'];
const schemes = schemeRows as SchemeInput[];

interface DemoCriterion {
  number: string;
  /** Days before the load on which it came into force. */
  since: number;
  name: LocalisedText;
  groups: string[];
}

/** The fictional label of shops, entered before anything else. */
export function schemeOperations({ opening }: DemoCalendar): DemoOperation[] {
  return schemes.map((input) => ({ at: instantAt(opening, '07:50'), key: input.code, do: 'scheme', input }));
}

/** The fictional criteria documents under the Vietnam Ecolabel, entered on the first day. */
export function criterionOperations(calendar: DemoCalendar): DemoOperation[] {
  return (criteria as DemoCriterion[]).map(({ number, since, name, groups }) => {
    const code = criterionCode(number, calendar);
    const from = calendar.ago(since);
    const source = 'Hư cấu, chỉ dùng để minh họa';
    const said = { scheme: 'VN-ECOLABEL', name, groups, decision: null, from, status: 'demo' as const, source };
    const input = { code, validFrom: from, ...said };
    return { at: instantAt(calendar.opening, '08:40'), key: code, do: 'criterion', input };
  });
}

/** The code of the fictional criteria document with the number (`NSTVN-DEMO 01:2024`). @throws RangeError for an unknown one */
export function criterionCode(number: string, calendar: DemoCalendar): string {
  const criterion = (criteria as DemoCriterion[]).find((candidate) => candidate.number === number);
  if (!criterion) throw new RangeError(`No criterion ${number}.`);
  return `NSTVN-DEMO ${number}:${calendar.ago(criterion.since).slice(0, 4)}`;
}

/** The editions of the priority list: one of two years ago, a wider one of eight months ago, and a draft. */
export function listOperations(calendar: DemoCalendar): DemoOperation[] {
  const starts = editionStarts(calendar);
  return (lists as Omit<PriorityListInput, 'effectiveFrom'>[]).flatMap((list, index): DemoOperation[] => {
    const effectiveFrom = starts[index] ?? '';
    const isDraft = effectiveFrom > calendar.today;
    const drafted = calendar.recorded(isDraft ? calendar.ago(20) : effectiveFrom, isDraft ? 0 : -45);
    const entry: DemoOperation = {
      at: instantAt(drafted, '08:50'),
      key: list.code,
      do: 'priorityList',
      input: { ...list, effectiveFrom },
    };
    if (isDraft) return [entry];
    const published = instantAt(calendar.recorded(effectiveFrom, -20), '08:55');
    return [entry, { at: published, key: `${list.code} published`, do: 'publication', list: list.code }];
  });
}

/** The first days of the editions, in the order of the lists. */
export function editionStarts({ today }: DemoCalendar): [first: string, second: string, draft: string] {
  return [firstOfMonth(addDays(today, -760)), firstOfMonth(addMonths(today, -8)), addMonths(firstOfMonth(today), 2)];
}
