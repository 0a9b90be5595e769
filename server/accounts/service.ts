import type { ApiKey, Organisation, Session } from '../../schemas/types.d.ts';
import type { Clock } from '../core/clock.ts';
import { Problem } from '../core/problem.ts';
import type { Records } from '../core/records.ts';
import { system } from '../core/author.rules.ts';
import type { Actor, Role } from '../core/route.ts';

/** Who calls: keys for machines, sessions for browsers; each key is an actor of its own. */
export interface AccountService {
  /** Makes a key, which is shown only here. @throws Problem 404 for an unknown organisation, 403 for a role it cannot have */
  createKey(role: Role, org?: string): Promise<string>;
  /** @throws Problem 401 where the key is not valid */
  actorOfKey(key: string): Promise<Actor>;
  /** The actor of a browser's cookie; null where its session has ended. */
  actorOfSession(token: string): Promise<Actor | null>;
  /** Signs a browser in for 12 hours; the token for its cookie. */
  openSession(actor: Actor): Promise<string>;
  closeSession(token: string): Promise<void>;
  /** Roles of the demonstration register that a caller on this machine may continue as. */
  demoRoles: Role[];
  /** The first person of the role, or the second: an actor of its own. @throws Problem 403 where the role is not offered */
  demoActor(role: Role, person?: 1 | 2): Actor;
}

/** For which organisation each demonstration role acts; null for a role without one. */
export type DemoActors = Partial<Record<Role, string | null>>;

interface AccountParts {
  keys: Records<ApiKey>;
  sessions: Records<Session>;
  secrets: { newSecret(): string; hashSecret(secret: string): string };
  organisation(code: string): Promise<Organisation>;
  clock: Clock;
  demo: DemoActors;
}

const sessionHours = 12;
const rolesWithoutOrganisation: ReadonlySet<Role> = new Set<Role>(['operator', 'auditor']);

/** The accounts over their records. */
export function createAccountService(parts: AccountParts): AccountService {
  const { keys, secrets, demo } = parts;
  return {
    createKey: (role, org) => createKey(parts, role, org),
    async actorOfKey(key) {
      const [, id = '', secret = ''] = /^xanh_([0-9a-f]{24})_([A-Za-z0-9_-]{43})$/.exec(key) ?? [];
      const found = await keys.get(id);
      if (!found || found.hash !== secrets.hashSecret(secret)) throw new Problem('UNAUTHENTICATED');
      return { id, role: found.role, ...(found.org && { org: found.org }) };
    },
    actorOfSession: (token) => actorOfSession(parts, token),
    openSession: (actor) => openSession(parts, actor),
    closeSession: (token) => closeSession(parts, token),
    demoRoles: Object.keys(demo) as Role[],
    demoActor(role, person = 1) {
      const org = demo[role];
      if (org === undefined) throw new Problem('FORBIDDEN');
      return { id: person === 2 ? `demo-${role}-2` : `demo-${role}`, role, ...(org && { org }) };
    },
  };
}

async function createKey({ keys, secrets, organisation }: AccountParts, role: Role, org?: string): Promise<string> {
  const isAllowed = org === undefined ? rolesWithoutOrganisation.has(role) : canAct(role, await organisation(org));
  if (!isAllowed) throw new Problem('FORBIDDEN');
  const secret = secrets.newSecret();
  const { id } = await keys.insert(() => ({ hash: secrets.hashSecret(secret), role, ...(org && { org }) }), {
    by: system,
  });
  return `xanh_${id}_${secret}`;
}

async function actorOfSession({ sessions, secrets, clock }: AccountParts, token: string): Promise<Actor | null> {
  const [session] = await sessions.find({ hash: secrets.hashSecret(token) }, 1);
  if (!session || session.expiresAt <= clock.now()) return null;
  return { id: session.actor, role: session.role, ...(session.org && { org: session.org }) };
}

async function openSession({ sessions, secrets, clock }: AccountParts, { id, ...rest }: Actor): Promise<string> {
  const ended = await sessions.find({ expiresAt: { $lte: clock.now() } }, 20);
  await Promise.all(ended.map((session) => sessions.forget(session.id)));
  const token = secrets.newSecret();
  const expiresAt = new Date(Date.parse(clock.now()) + sessionHours * 3_600_000).toISOString();
  await sessions.insert(() => ({ hash: secrets.hashSecret(token), actor: id, ...rest, expiresAt }), {
    by: { id, ...rest },
  });
  return token;
}

async function closeSession({ sessions, secrets }: AccountParts, token: string): Promise<void> {
  const [session] = await sessions.find({ hash: secrets.hashSecret(token) }, 1);
  if (session) await sessions.forget(session.id);
}

function canAct(role: Role, { kind, mayCertify }: Organisation): boolean {
  if (role === 'officer') return kind === 'agency';
  if (role === 'supplier') return kind === 'supplier';
  if (role === 'certifier') return kind === 'certifier' || mayCertify !== undefined;
  return true;
}
