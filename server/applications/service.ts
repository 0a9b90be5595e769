import type {
  Application,
  ApplicationInput,
  ApplicationPatch,
  ApplicationQuery,
  Deadline,
  DeadlineQuery,
} from '../../schemas/types.d.ts';
import { badQuery, Problem } from '../core/problem.ts';
import type { Page } from '../core/records.ts';
import type { Actor, Idempotency } from '../core/route.ts';
import { act, rowOf, visible, type ActEntry } from './acting.service.ts';
import { isFull, mostDrafts, mostHistoryMb } from './bounds.rules.ts';
import { deadlineRule, lastDay } from './deadline.rules.ts';
import { placeOf, type StoredApplication } from './dossier.rules.ts';
import { procedureOf } from './procedure.rules.ts';
import { list, show } from './reading.service.ts';
import { lapseSome, redate, registerSome, type RegisteringParts } from './registering.service.ts';
import { aroundOf, refusalOf } from './standing.service.ts';
import { refuseOthers, refuseOthersFiles, refuseUnknown } from './submission.service.ts';

/** Suppliers' applications; the only writer of their collection. */
export interface ApplicationService {
  /** A draft. @throws Problem 403 for another supplier or a scheme that is not the body's, 422 for what is not there */
  create(actor: Actor, input: ApplicationInput, idempotency?: Idempotency): Promise<Application>;
  /** Changes what is not in hand. @throws Problem 403, 404, 409 where it is in hand, 412 where `revision` is stale, 422 */
  amend(actor: Actor, id: string, change: { revision: number; patch: ApplicationPatch }): Promise<Application>;
  /** Lets something happen to it, by the table of `lifecycle.rules.ts`. @throws Problem 403, 404, 409, 422 */
  act(actor: Actor, id: string, entry: ActEntry): Promise<Application>;
  /** @throws Problem 403, 404 */
  get(actor: Actor, id: string): Promise<Application>;
  /** Those that the caller may see, the one begun first first. */
  page(actor: Actor, query: ApplicationQuery): Promise<Page<Application>>;
  /** The last day of a step, by the text of the day and the days off. @throws Problem 400 before there was a text */
  deadline(query: DeadlineQuery): Promise<Deadline>;
  /** Does some of what follows from decisions, passing days and new days off: how much, 0 when nothing was left. */
  follow(): Promise<number>;
}

interface DraftingParts extends RegisteringParts {
  /** Lets one count and write at a time, so that many at once do not pass a bound together. */
  inTurn<T>(work: () => Promise<T>): Promise<T>;
}

/** The applications over their records. */
export function createApplicationService(parts: DraftingParts): ApplicationService {
  return {
    create: (actor, input, idempotency) => create(parts, { actor, input, idempotency }),
    amend: (actor, id, change) => amend(parts, { actor, id, ...change }),
    act: async (actor, id, entry) => show(parts, actor, await act(parts, { actor, id, ...entry })),
    get: async (actor, id) => show(parts, actor, await visible(parts, actor, id)),
    page: (actor, query) => list(parts, actor, query),
    deadline: (query) => deadline(parts, query),
    follow: async () => (await registerSome(parts)) + (await lapseSome(parts)) + (await redate(parts)),
  };
}

async function create(
  parts: DraftingParts,
  { actor, input, idempotency }: { actor: Actor; input: ApplicationInput; idempotency?: Idempotency | undefined },
): Promise<Application> {
  const { records } = parts;
  // First: a key of the applicant's must not tell another what it applies for.
  await refuseOthers(parts, actor, input);
  const repeated = await records.repeated(input.applicant, idempotency);
  if (repeated) return show(parts, actor, await visible(parts, actor, repeated.id));
  const { attachments, ...fields } = input;
  const draft = {
    ...fields,
    ...(attachments && { attachments: addedBy(actor, attachments) }),
    status: 'draft' as const,
    procedure: procedureOf(input).code,
    preparedBy: [actor.id],
    conflicts: [],
    refusedBy: [],
    events: [],
    place: placeOf({ status: 'draft' }),
  };
  await refuseOthersFiles(parts, actor, input);
  await refuseUnknown(parts, draft);
  return parts.inTurn(async () => {
    const begun = { applicant: input.applicant, status: 'draft', 'preparedBy.0': actor.id };
    if ((await records.count(begun)) >= mostDrafts) throw new Problem('TOO_MANY_DRAFTS', { most: mostDrafts });
    const entered = await records.insert((now) => ({ ...draft, changedAt: now }), { by: actor, idempotency });
    return show(parts, actor, entered);
  });
}

async function deadline(
  { calendar }: RegisteringParts,
  { step, from, prefersNewRules }: DeadlineQuery,
): Promise<Deadline> {
  const rule = deadlineRule(step, { receivedOn: from, prefersNewRules });
  if (!rule) throw badQuery('from', 'BEFORE_FIRST_TEXT');
  const { days, reference } = rule;
  const { day, certain } = lastDay(from, days, await calendar());
  return { step, from, days, dueOn: day, certain, reference };
}

async function amend(
  parts: RegisteringParts,
  { actor, id, revision, patch }: { actor: Actor; id: string; revision: number; patch: ApplicationPatch },
): Promise<Application> {
  const { records, clock } = parts;
  await visible(parts, actor, id);
  const change = async (before: StoredApplication, now: string): Promise<StoredApplication> => {
    const today = clock.today();
    const row = rowOf(before, 'edited', today);
    const refusal = refusalOf(row, actor, { dossier: before, around: await aroundOf(parts, actor, before) });
    if (refusal) throw refusal;
    if (isFull(before)) throw new Problem('TOO_MANY_EDITS', { most: mostHistoryMb });
    const after = patched(before, actor, patch);
    const { id: dossier, attachments: files } = before;
    await refuseOthersFiles(parts, actor, { dossier, attachments: after.attachments, before: files });
    await refuseUnknown(parts, after);
    return { ...after, changedAt: now };
  };
  const options = { by: actor, action: 'edited', expected: revision, marks: [] };
  return show(parts, actor, await records.change(id, change, options));
}

function patched(
  before: StoredApplication,
  actor: Actor,
  { attachments, ...fields }: ApplicationPatch,
): StoredApplication {
  const files = attachments && { attachments: addedBy(actor, attachments, before.attachments) };
  const given = Object.entries({ ...before, ...fields, ...files }).filter(([, value]) => value !== null);
  const preparedBy = before.preparedBy.includes(actor.id) ? before.preparedBy : [...before.preparedBy, actor.id];
  return { ...(Object.fromEntries(given) as unknown as StoredApplication), preparedBy };
}

/** Who added a file to the dossier stays, whoever sends the list again. */
function addedBy(
  { id }: Actor,
  attachments: NonNullable<ApplicationInput['attachments']>,
  before: StoredApplication['attachments'] = [],
): NonNullable<StoredApplication['attachments']> {
  return attachments.map((attachment) => {
    const earlier = before.find(({ kind, evidence }) => kind === attachment.kind && evidence === attachment.evidence);
    return { ...attachment, addedBy: earlier?.addedBy ?? id };
  });
}
