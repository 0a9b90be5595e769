import type {
  LabelScheme,
  LabelsQuery,
  PriorityList,
  PriorityListInput,
  PriorityListPatch,
  ProductGroup,
} from '../../schemas/types.d.ts';
import { knowledgeInstant, type Clock } from '../core/clock.ts';
import { broken, Problem, type Fault } from '../core/problem.ts';
import type { Page, PageQuery, Records } from '../core/records.ts';
import type { Actor, Idempotency } from '../core/route.ts';
import { editionInForce } from './edition.rules.ts';

/** Editions of the priority list; the only writer of their collection. */
export interface PriorityListService {
  /** A draft. @throws Problem 409 where the code is taken, 422 for an unknown group, scheme or level */
  create(input: PriorityListInput, idempotency?: Idempotency): Promise<PriorityList>;
  /** Changes a draft. @throws Problem 409 where it is published, 412 where `revision` is stale */
  amend(code: string, change: { revision: number; patch: PriorityListPatch }): Promise<PriorityList>;
  /** @throws Problem 409 where it is published, or another published edition begins on the same day */
  publish(code: string, idempotency?: Idempotency): Promise<PriorityList>;
  /** Drafts only to those who may see them. @throws Problem 404 */
  get(actor: Actor | null, code: string): Promise<PriorityList>;
  page(actor: Actor | null, query: PageQuery): Promise<Page<PriorityList>>;
  /** The edition in force on a day as known at an instant; null where there is none. */
  inForce(query: LabelsQuery): Promise<PriorityList | null>;
  /** Every published edition; one or two a year. */
  published(): Promise<PriorityList[]>;
}

interface PriorityListParts {
  records: Records<PriorityList>;
  clock: Clock;
  schemes(): Promise<LabelScheme[]>;
  groups(): Promise<ProductGroup[]>;
  /** Says that an edition was published. */
  changed(): void;
}

/** The editions over their records. */
export function createPriorityListService(parts: PriorityListParts): PriorityListService {
  const { records, clock } = parts;
  const published = () => records.find({ status: 'published' });
  return {
    published,
    async create(input, idempotency) {
      const repeated = await records.repeated(undefined, idempotency);
      if (repeated) return repeated;
      await refuseUnknown(parts, input.entries);
      return records.insert(() => ({ ...input, status: 'draft' as const }), {
        idempotency,
        onDuplicate: () => new Problem('CODE_TAKEN', { code: input.code }),
      });
    },
    async amend(code, { revision, patch }) {
      if (patch.entries) await refuseUnknown(parts, patch.entries);
      return records.change(code, (before) => ({ ...draftOnly(before), ...patch }), { expected: revision });
    },
    publish: (code, idempotency) => publish(parts, code, idempotency),
    async get(actor, code) {
      const list = await records.get(code);
      if (!list || (list.status === 'draft' && !seesDrafts(actor))) throw new Problem('NOT_FOUND');
      return list;
    },
    page: (actor, query) => records.page(seesDrafts(actor) ? {} : { status: 'published' }, query),
    async inForce({ on = clock.today(), knownAt }) {
      return editionInForce(await published(), on, knowledgeInstant(clock, knownAt));
    },
  };
}

async function publish(parts: PriorityListParts, code: string, idempotency?: Idempotency): Promise<PriorityList> {
  const { records, changed } = parts;
  const list = await records.change(
    code,
    (before, now) => ({ ...draftOnly(before), status: 'published', publishedAt: now }),
    { idempotency, onDuplicate: async () => new Problem('EDITION_DAY_TAKEN', { code: await sameDay(records, code) }) },
  );
  changed();
  return list;
}

function seesDrafts(actor: Actor | null): boolean {
  return actor?.role === 'operator' || actor?.role === 'auditor';
}

function draftOnly(list: PriorityList): PriorityList {
  if (list.status === 'published') throw new Problem('ALREADY_PUBLISHED');
  return list;
}

async function sameDay(records: Records<PriorityList>, code: string): Promise<string> {
  const effectiveFrom = (await records.get(code))?.effectiveFrom;
  const [other] = await records.find({ effectiveFrom, status: 'published' }, 1);
  return other?.code ?? '';
}

async function refuseUnknown(
  { schemes, groups }: PriorityListParts,
  entries: PriorityListInput['entries'],
): Promise<void> {
  const [knownSchemes, knownGroups] = await Promise.all([schemes(), groups()]);
  const schemeOf = new Map(knownSchemes.map((scheme) => [scheme.code, scheme]));
  const isGroup = new Set(knownGroups.map(({ code }) => code));
  const faults = entries.flatMap(({ group, accepts }, row): Fault[] => {
    const at = `/entries/${row}`;
    const isTwice = entries.findIndex((entry) => entry.group === group) < row;
    return [
      ...(isGroup.has(group) ? [] : [unknown(`${at}/group`, group)]),
      ...(isTwice ? [{ pointer: `${at}/group`, code: 'TWICE' as const, params: { code: group } }] : []),
      ...accepts.flatMap(({ scheme, minLevel }, index): Fault[] => {
        const known = schemeOf.get(scheme);
        if (!known) return [unknown(`${at}/accepts/${index}/scheme`, scheme)];
        const isLevel = minLevel === undefined || known.levels.includes(minLevel);
        return isLevel ? [] : [{ pointer: `${at}/accepts/${index}/minLevel`, code: 'LEVEL_UNKNOWN' }];
      }),
    ];
  });
  if (faults.length > 0) throw broken(...faults);
}

function unknown(pointer: string, code: string): Fault {
  return { pointer, code: 'UNKNOWN_CODE', params: { code } };
}
