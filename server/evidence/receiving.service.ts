import type { EvidenceInput, EvidenceUse } from '../../schemas/types.d.ts';
import { broken, Problem, type Fault } from '../core/problem.ts';
import type { Draft } from '../core/records.ts';
import type { Actor, Idempotency } from '../core/route.ts';
import { isType, typeOfContent } from './content.rules.ts';
import { accreditationKey } from './laboratory.rules.ts';
import { cleanName } from './name.rules.ts';
import type { FileStore } from './port.ts';
import { living, usedBy, type ReadingParts } from './reading.service.ts';
import { isSameUse, laterDay, retainUntil } from './retention.rules.ts';
import { holderOf, refuseUse } from './standing.service.ts';
import type { StoredEvidence } from './uses.service.ts';

export interface ReceivingParts extends ReadingParts {
  files: FileStore;
  /** Lets one count and write at a time, so that many at once do not pass a bound together. */
  inTurn<T>(work: () => Promise<T>): Promise<T>;
}

/** A file as it was sent; what its first bytes show is null where they show nothing. */
export interface SentEvidence {
  name: string;
  bytes: Uint8Array;
  hash: string;
  type: string | null;
}

/** So many files hang on one use, and so many does an organisation send within a day. */
const mostOfUse = 50;
const mostOfDay = 500;

interface Receiving {
  input: EvidenceInput;
  file: SentEvidence;
  idempotency?: Idempotency | undefined;
}

/** Keeps the bytes, then the record that names them: a crash in between leaves bytes that nobody sees and that are swept away. */
export async function receive(parts: ReceivingParts, actor: Actor, sent: Receiving): Promise<StoredEvidence> {
  const { records, files, clock } = parts;
  const holder = holderOf(actor);
  if (holder === undefined) throw new Problem('FORBIDDEN');
  const repeated = await records.repeated(holder, sent.idempotency);
  if (repeated) return repeated;
  const draft = draftOf(actor, sent, { holder, today: clock.today() });
  const { use } = sent.input;
  const basisDate = use ? await refuseUse(parts, actor, { use, at: '/use' }) : null;
  const key = draft.key ?? '';
  const already = await knownAs(parts, key);
  if (already) return again(parts, { actor, known: already, ...sent });
  await refuseMore(parts, holder, use);
  const keptAt = clock.now();
  await files.keep(draft.hash, sent.file.bytes, keptAt);
  const record = await parts.inTurn(async () => {
    const other = await knownAs(parts, key);
    if (other) return again(parts, { actor, known: other, ...sent });
    await refuseMore(parts, holder, use);
    const whole = { ...draft, ...(basisDate !== null && { retainUntil: retainUntil({ basisDate }) }) };
    return records.insert(() => whole, { by: actor, idempotency: sent.idempotency, onDuplicate: sentElsewhere });
  });
  await files.hold(draft.hash, keptAt);
  return record;
}

async function knownAs({ records }: ReceivingParts, key: string): Promise<StoredEvidence | undefined> {
  return (await records.find({ key }, 1))[0];
}

/** @throws Problem 415, 422 for what is no evidence */
function draftOf(
  { id, org }: Actor,
  { input, file }: Receiving,
  { holder, today }: { holder: string; today: string },
): Draft<StoredEvidence> {
  const { use, ...facts } = input;
  const type = typeOfContent(file.bytes, file.type);
  if (!isType(type)) throw new Problem(type);
  const faults: Fault[] = [];
  const { issuedOn, validThrough } = facts;
  if (issuedOn !== undefined && issuedOn > today) faults.push({ pointer: '/issuedOn', code: 'IN_THE_FUTURE' });
  if (issuedOn !== undefined && validThrough !== undefined && validThrough < issuedOn)
    faults.push({ pointer: '/validThrough', code: 'ENDS_BEFORE_START' });
  if (faults.length > 0) throw broken(...faults);
  return {
    ...facts,
    hash: file.hash,
    size: file.bytes.length,
    type,
    name: cleanName(file.name, type),
    ...(org !== undefined && { org }),
    uploadedBy: id,
    uses: use ? [use] : [],
    holder,
    ...(facts.laboratory && { accreditationKey: accreditationKey(facts.laboratory.accreditation) }),
    key: `${holder}/${file.hash}/${facts.kind}`,
  };
}

/** The same file again: the use is added to what there is. @throws Problem 409 where other things are said of it */
async function again(
  parts: ReceivingParts,
  { actor, known, input, idempotency }: Receiving & { actor: Actor; known: StoredEvidence },
): Promise<StoredEvidence> {
  if (saidOf(known) !== saidOf(input)) throw new Problem('EVIDENCE_EXISTS', { id: known.id });
  if (!input.use) return known;
  return addUse(parts, actor, { id: known.id, use: input.use, at: '/use', idempotency });
}

function saidOf({
  issuedOn,
  validThrough,
  laboratory,
}: Pick<EvidenceInput, 'issuedOn' | 'validThrough' | 'laboratory'>): string {
  return JSON.stringify([issuedOn, validThrough, laboratory?.name, laboratory?.accreditation]);
}

/** Another server has taken the same file at this moment: the next try finds it. */
function sentElsewhere(): Problem {
  return new Problem('BUSY');
}

/** Names a further use. @throws Problem 403, 409, 410, 422 */
export async function addUse(
  parts: ReceivingParts,
  actor: Actor,
  { id, use, at, idempotency }: { id: string; use: EvidenceUse; at: string; idempotency?: Idempotency | undefined },
): Promise<StoredEvidence> {
  const basisDate = await refuseUse(parts, actor, { use, at });
  const until = basisDate === null ? undefined : retainUntil({ basisDate });
  const change = async (record: StoredEvidence): Promise<StoredEvidence> => {
    if (record.removedOn !== undefined) throw new Problem('EVIDENCE_REMOVED');
    if (record.uses.some((named) => isSameUse(named, use))) return record;
    await refuseMoreOf(parts, use);
    const last = laterDay(record.retainUntil, until);
    return { ...record, uses: [...record.uses, use], ...(last !== undefined && { retainUntil: last }) };
  };
  return parts.records.change(id, change, { by: actor, action: 'used', idempotency });
}

/** @throws Problem 409 where the use, or the day of the organisation, has its most */
async function refuseMore(
  { records, clock }: ReceivingParts,
  holder: string,
  use: EvidenceUse | undefined,
): Promise<void> {
  const since = new Date(Date.parse(clock.now()) - 86_400_000).toISOString();
  const sent = await records.count({ holder, recordedAt: { $gte: since } });
  if (sent >= mostOfDay) throw new Problem('TOO_MANY_FILES', { most: mostOfDay });
  if (use) await refuseMoreOf({ records }, use);
}

async function refuseMoreOf({ records }: Pick<ReceivingParts, 'records'>, use: EvidenceUse): Promise<void> {
  if ((await records.count({ ...usedBy(use), ...living })) >= mostOfUse)
    throw new Problem('TOO_MANY_FILES', { most: mostOfUse });
}
