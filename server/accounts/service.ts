import type { Session } from '../../schemas/types.d.ts';
import type { Clock } from '../core/clock.ts';
import { Problem } from '../core/problem.ts';
import type { Records } from '../core/records.ts';
import { system } from '../core/author.rules.ts';
import type { Actor, Role } from '../core/route.ts';
import type { KeyService } from './keys.service.ts';

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
  keys: KeyService;
  sessions: Records<Session>;
  secrets: { newSecret(): string; hashSecret(secret: string): string };
  clock: Clock;
  demo: DemoActors;
}

const sessionHours = 12;
const demoActors = 'demo-';

/** The accounts over their records. */
export function createAccountService(parts: AccountParts): AccountService {
  const { keys, demo } = parts;
  return {
    createKey: async (role, org) => (await keys.make(system, { role, ...(org && { org }) })).key,
    actorOfKey: keys.actorOf,
    actorOfSession: (token) => actorOfSession(parts, token),
    openSession: (actor) => openSession(parts, actor),
    closeSession: (token) => closeSession(parts, token),
    demoRoles: Object.keys(demo) as Role[],
    demoActor(role, person = 1) {
      const org = demo[role];
      if (org === undefined) throw new Problem('FORBIDDEN');
      return { id: `${demoActors}${role}${person === 2 ? '-2' : ''}`, role, ...(org && { org }) };
    },
  };
}

async function actorOfSession({ keys, sessions, secrets, clock }: AccountParts, token: string): Promise<Actor | null> {
  const [session] = await sessions.find({ hash: secrets.hashSecret(token) }, 1);
  if (!session || session.expiresAt <= clock.now()) return null;
  // A browser is in no longer than the key that it signed in with.
  if (!session.actor.startsWith(demoActors) && !(await keys.opens(session.actor))) return null;
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
