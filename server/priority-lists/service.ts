import type {
  LabelsQuery,
  PriorityList,
  PriorityListCorrectionInput,
  PriorityListDiff,
  PriorityListInput,
  PriorityListPatch,
} from '../../schemas/types.d.ts';
import { knowledgeInstant, type Clock } from '../core/clock.ts';
import { badQuery, broken, Problem } from '../core/problem.ts';
import type { Page, PageQuery, Records } from '../core/records.ts';
import type { Author } from '../core/author.rules.ts';
import type { Actor, Idempotency } from '../core/route.ts';
import { diffEditions } from './diff.rules.ts';
import { editionInForce, editionKnownAt } from './edition.rules.ts';
import { entryFaults, type Nameable } from './entry.rules.ts';

/** Editions of the priority list; the only writer of their collection. */
export interface PriorityListService {
  /** A draft. @throws Problem 409 where the code is taken, 422 for an unknown group, scheme, level or criterion */
  create(by: Author, input: PriorityListInput, idempotency?: Idempotency): Promise<PriorityList>;
  /** Changes a draft. @throws Problem 409 where it is published, 412 where `revision` is stale */
  amend(by: Author, code: string, change: { revision: number; patch: PriorityListPatch }): Promise<PriorityList>;
  /** @throws Problem 403 for who drafted it, 409 where it is published, or another published edition begins on the same day */
  publish(by: Author, code: string, idempotency?: Idempotency): Promise<PriorityList>;
  /**
   * Says what a published edition should have said, known from now on; nothing that it said is lost.
   * @throws Problem 409 where it is a draft, 422 for what it names and for an end before its first day
   */
  correct(by: Author, code: string, entry: EditionCorrection): Promise<PriorityList>;
  /** What changes between two editions. @throws Problem 404, 400 where there is none to compare with */
  diff(actor: Actor | null, code: string, other: string): Promise<PriorityListDiff>;
  /** As corrected; drafts only to those who may see them. @throws Problem 404 */
  get(actor: Actor | null, code: string): Promise<PriorityList>;
  page(actor: Actor | null, query: PageQuery): Promise<Page<PriorityList>>;
  /** The edition in force on a day as known at an instant; null where there is none. */
  inForce(query: LabelsQuery): Promise<PriorityList | null>;
  /** Every published edition with its corrections, for `editionInForce`; one or two a year. */
  published(): Promise<PriorityList[]>;
}

/** What a published edition should have said, and the key under which it is sent. */
export interface EditionCorrection {
  correction: PriorityListCorrectionInput;
  idempotency?: Idempotency | undefined;
}

/** An edition with who drafted it: none of them publishes it. */
export type StoredEdition = PriorityList & { draftedBy?: string[] };

interface PriorityListParts {
  records: Records<StoredEdition>;
  clock: Clock;
  /** What entries may name. */
  nameable(): Promise<Nameable>;
  /** Says that an edition was published or corrected. */
  changed(): void;
}

/** The editions over their records. */
export function createPriorityListService(parts: PriorityListParts): PriorityListService {
  const { records, clock } = parts;
  const published = async () => (await records.all()).filter(({ status }) => status === 'published');
  return {
    published,
    create: (by, input, idempotency) => create(parts, { by, input, idempotency }),
    async amend(by, code, { revision, patch }) {
      if (patch.entries) await refuseEntries(parts, patch.entries);
      const change = (before: StoredEdition) => ({ ...draftOnly(before), ...patch, draftedBy: drafters(before, by) });
      return records.change(code, change, { by, expected: revision });
    },
    publish: (by, code, idempotency) => publish(parts, { by, code, idempotency }),
    correct: (by, code, entry) => correct(parts, { by, code, ...entry }),
    diff: (actor, code, other) => diff(parts, actor, { code, other }),
    async get(actor, code) {
      const edition = await visible(parts, actor, code);
      if (!edition) throw new Problem('NOT_FOUND');
      return edition;
    },
    async page(actor, query) {
      const page = await records.page(seesDrafts(actor) ? {} : { status: 'published' }, query);
      return { ...page, items: page.items.map((edition) => editionKnownAt(edition, clock.now())) };
    },
    async inForce({ on = clock.today(), knownAt }) {
      return editionInForce(await published(), on, knowledgeInstant(clock, knownAt));
    },
  };
}

async function create(
  parts: PriorityListParts,
  { by, input, idempotency }: { by: Author; input: PriorityListInput; idempotency?: Idempotency | undefined },
): Promise<PriorityList> {
  const repeated = await parts.records.repeated(undefined, idempotency);
  if (repeated) return repeated;
  await refuseEntries(parts, input.entries);
  return parts.records.insert(() => ({ ...input, status: 'draft' as const, draftedBy: [by.id] }), {
    by,
    idempotency,
    onDuplicate: () => new Problem('CODE_TAKEN', { code: input.code }),
  });
}

async function publish(
  parts: PriorityListParts,
  { by, code, idempotency }: { by: Author; code: string; idempotency?: Idempotency | undefined },
): Promise<PriorityList> {
  const { records, changed } = parts;
  const list = await records.change(
    code,
    (before, now) => ({ ...draftOfOthers(before, by), status: 'published', publishedAt: now }),
    {
      by,
      action: 'published',
      idempotency,
      onDuplicate: async () => new Problem('EDITION_DAY_TAKEN', { code: await sameDay(records, code) }),
    },
  );
  changed();
  return editionKnownAt(list, parts.clock.now());
}

async function correct(
  parts: PriorityListParts,
  entry: EditionCorrection & { by: Author; code: string },
): Promise<PriorityList> {
  const { records, clock, changed } = parts;
  const { by, code, correction, idempotency } = entry;
  if (correction.entries) await refuseEntries(parts, correction.entries);
  const list = await records.change(
    code,
    (before, now) => {
      if (before.status === 'draft') throw new Problem('NOT_PUBLISHED');
      if (correction.through !== undefined && correction.through < before.effectiveFrom)
        throw broken({ pointer: '/through', code: 'ENDS_BEFORE_BEGIN' });
      return { ...before, corrections: [...(before.corrections ?? []), { ...correction, recordedAt: now }] };
    },
    { by, action: 'corrected', idempotency },
  );
  changed();
  return editionKnownAt(list, clock.now());
}

async function diff(
  parts: PriorityListParts,
  actor: Actor | null,
  { code, other }: { code: string; other: string },
): Promise<PriorityListDiff> {
  const edition = await visible(parts, actor, code);
  if (!edition) throw new Problem('NOT_FOUND');
  const compared = await visible(parts, actor, other);
  if (!compared) throw badQuery('with', 'UNKNOWN_CODE', { code: other });
  return diffEditions(edition, compared);
}

/** The edition as corrected; null where there is none, or only a draft that the caller may not see. */
async function visible(
  { records, clock }: PriorityListParts,
  actor: Actor | null,
  code: string,
): Promise<PriorityList | null> {
  const list = await records.get(code);
  if (!list || (list.status === 'draft' && !seesDrafts(actor))) return null;
  return editionKnownAt(list, clock.now());
}

function seesDrafts(actor: Actor | null): boolean {
  return actor?.role === 'operator' || actor?.role === 'auditor';
}

/** Four eyes: who publishes an edition is not who drafted it. @throws Problem 403, 409 */
function draftOfOthers(list: StoredEdition, { id }: Author): StoredEdition {
  const draft = draftOnly(list);
  if (draft.draftedBy?.includes(id)) throw new Problem('FOUR_EYES', {}, [{ pointer: '', code: 'DRAFTED_IT' }]);
  return draft;
}

function drafters({ draftedBy = [] }: StoredEdition, { id }: Author): string[] {
  return draftedBy.includes(id) ? draftedBy : [...draftedBy, id];
}

function draftOnly(list: StoredEdition): StoredEdition {
  if (list.status === 'published') throw new Problem('ALREADY_PUBLISHED');
  return list;
}

async function sameDay(records: Records<StoredEdition>, code: string): Promise<string> {
  const effectiveFrom = (await records.get(code))?.effectiveFrom;
  const [other] = await records.find({ effectiveFrom, status: 'published' }, 1);
  return other?.code ?? '';
}

async function refuseEntries({ nameable }: PriorityListParts, entries: PriorityListInput['entries']): Promise<void> {
  const faults = entryFaults(entries, await nameable());
  if (faults.length > 0) throw broken(...faults);
}
