import type { ApiKey, ApiKeyEntry, ApiKeyInput, ApiKeyMade, KeyQuery, Organisation } from '../../schemas/types.d.ts';
import { system, type Author } from '../core/author.rules.ts';
import type { Clock } from '../core/clock.ts';
import { Problem } from '../core/problem.ts';
import type { Page, Records } from '../core/records.ts';
import type { Actor } from '../core/route.ts';
import { canAct } from './role.rules.ts';

/** Keys of machines, each an actor of its own. */
export interface KeyService {
  /** Makes a key, which is shown only here. @throws Problem 404 for an unknown organisation, 403 for a role it cannot have */
  make(by: Author, input: ApiKeyInput): Promise<ApiKeyMade>;
  /** @throws Problem 401 where the key is not valid, was revoked or has ended */
  actorOf(key: string): Promise<Actor>;
  /** Whether the key of this id is there, not revoked and not ended. */
  opens(id: string): Promise<boolean>;
  page(actor: Actor, query: KeyQuery): Promise<Page<ApiKeyEntry>>;
  /** Ends it at once. @throws Problem 404, 403 */
  revoke(actor: Actor, id: string): Promise<void>;
  /** Ends those that a person made, who may have kept them. */
  endMadeBy(by: Author, person: string): Promise<void>;
}

interface KeyParts {
  keys: Records<ApiKey>;
  secrets: { newSecret(): string; hashSecret(secret: string): string };
  organisation(code: string): Promise<Organisation>;
  manages(actor: Actor, org: string | undefined): Promise<boolean>;
  clock: Clock;
}

/** How exactly the last use is known: not every call is to cost a write. */
const useIsKnownToMs = 10 * 60_000;

/** The keys over their records. */
export function createKeyService(parts: KeyParts): KeyService {
  const { keys } = parts;
  return {
    make: (by, input) => make(parts, by, input),
    actorOf: (key) => actorOf(parts, key),
    async opens(id) {
      const found = await keys.get(id);
      return found !== null && isOpen(found, parts.clock.today());
    },
    async page(actor, { org = actor.org, ...query }) {
      if (!(await parts.manages(actor, org))) throw new Problem('FORBIDDEN');
      return keys.page(org === undefined ? {} : { org }, query);
    },
    async revoke(actor, id) {
      const found = await keys.get(id);
      if (!found) throw new Problem('NOT_FOUND');
      if (!(await parts.manages(actor, found.org))) throw new Problem('FORBIDDEN');
      await revoke(parts, actor, id);
    },
    async endMadeBy(by, person) {
      for (const { id } of await keys.find({ madeBy: person })) await revoke(parts, by, id);
    },
  };
}

async function make(
  { keys, secrets, organisation }: KeyParts,
  by: Author,
  { role, org, through }: ApiKeyInput,
): Promise<ApiKeyMade> {
  if (!canAct(role, org === undefined ? undefined : await organisation(org))) throw new Problem('FORBIDDEN');
  const secret = secrets.newSecret();
  const { id } = await keys.insert(
    () => ({
      hash: secrets.hashSecret(secret),
      role,
      ...(org && { org }),
      ...(through && { through }),
      madeBy: by.id,
    }),
    { by },
  );
  return { id, key: `xanh_${id}_${secret}` };
}

async function actorOf({ keys, secrets, clock }: KeyParts, key: string): Promise<Actor> {
  const [, id = '', secret = ''] = /^xanh_([0-9a-f]{24})_([A-Za-z0-9_-]{43})$/.exec(key) ?? [];
  const found = await keys.get(id);
  const isRight = found?.hash === secrets.hashSecret(secret) && isOpen(found, clock.today());
  if (!isRight) throw new Problem('UNAUTHENTICATED');
  const { role, org, lastUsedAt } = found;
  const now = clock.now();
  if (lastUsedAt === undefined || Date.parse(now) - Date.parse(lastUsedAt) >= useIsKnownToMs)
    await keys.change(id, (record) => ({ ...record, lastUsedAt: now }), { by: system });
  return { id, role, ...(org && { org }) };
}

async function revoke({ keys }: KeyParts, by: Author, id: string): Promise<void> {
  await keys.change(id, revoked, { by, action: 'revoked' });
}

function revoked(record: ApiKey, now: string): ApiKey {
  return { ...record, revokedAt: record.revokedAt ?? now };
}

function isOpen({ through, revokedAt }: ApiKey, today: string): boolean {
  return revokedAt === undefined && (through === undefined || through >= today);
}
