import type { Connection } from 'mongoose';
import { createKeyService, type KeyService } from './accounts/keys.service.ts';
import { createMembershipService, type MembershipService } from './accounts/memberships.service.ts';
import { createPeopleService, type PeopleService } from './accounts/people.service.ts';
import type { People, Send } from './accounts/port.ts';
import { createPostService, type PostService } from './accounts/post.service.ts';
import { resetLetter } from './accounts/letter.rules.ts';
import { hashAddress, hashSecret, newSecret } from './accounts/secret.adapter.ts';
import { createAccountService, type AccountService, type DemoActors } from './accounts/service.ts';
import { createSignUpService, type SignUpService } from './accounts/sign-ups.service.ts';
import type { Collections } from './collections.ts';
import type { Registry } from './compose-registry.ts';
import type { Clock } from './core/clock.ts';
import { oneAtATime } from './core/in-turn.ts';
import type { Logger } from './core/log.ts';
import { newId } from './core/model.ts';
import { createSavedService, type SavedService } from './saved/service.ts';

/** What people's accounts need of the environment. */
export interface AccountSettings {
  /** Signs cookies and hides what is derived from addresses. */
  secret(): Promise<string>;
  /** Where people reach the server, for links in letters. */
  address: string;
  /** The mail server; null where letters go into the outbox. */
  send: Send | null;
}

/** Who loads or measures a register has no people in it. */
const keysAlone: AccountSettings = {
  secret: () => Promise.reject(new Error('no secret is set for accounts')),
  address: 'http://localhost',
  send: null,
};

export interface Accounts {
  accounts: AccountService;
  people: PeopleService;
  memberships: MembershipService;
  keys: KeyService;
  signUps: SignUpService;
  post: PostService;
  /** What people keep for themselves. */
  saved: SavedService;
  /** Where people reach the server, for links in letters. */
  address: string;
  /** Loads the authentication library before the first person asks for it. */
  openPeople(): Promise<void>;
}

interface AccountComposition {
  records: Collections;
  registry: Registry;
  connection: Connection;
  clock: Clock;
  log: Logger;
  demo: DemoActors | null;
  people?: AccountSettings;
  /** Forgets what other features keep of a person. */
  forgetElsewhere(person: string): Promise<void>;
}

/** Sign-in by key and by password, and who may act for whom. */
export function composeAccounts(composition: AccountComposition): Accounts {
  const { records, registry, clock, demo } = composition;
  const { secret, address } = composition.people ?? keysAlone;
  const { organisations } = registry;
  const { post, people } = composePeople(composition);
  const hash = async (email: string): Promise<string> => hashAddress(await secret(), email);
  const secrets = { newSecret, hashSecret, hashAddress: hash };
  const shared = { ...records, people, post, secrets, clock, address };
  const memberships = createMembershipService({ ...shared, organisation: organisations.get });
  const managed = { organisation: organisations.get, manages: memberships.manages };
  const keys = createKeyService({ keys: records.keys, secrets, clock, ...managed });
  const signUps = createSignUpService({ ...shared, organisations, inTurn: oneAtATime() });
  const isThere = async (person: string) => (await (await people()).describe([person])).has(person);
  const saved = createSavedService({ records: records.saved, newId, isThere });
  const forgetElsewhere = async (person: string) => {
    await saved.forget(person);
    await composition.forgetElsewhere(person);
  };
  return {
    accounts: createAccountService({ keys, sessions: records.sessions, secrets, clock, demo: demo ?? {} }),
    people: createPeopleService({ people, memberships, keys, signUps, post, forgetElsewhere }),
    memberships,
    keys,
    signUps,
    post,
    saved,
    address,
    openPeople: async () => void (await people()),
  };
}

/** The post, and the authentication library, which sends letters by it. */
function composePeople({ records, connection, clock, log, people: settings = keysAlone }: AccountComposition): {
  post: PostService;
  people(): Promise<People>;
} {
  const { secret, address, send } = settings;
  const failed = (error: unknown): void => log.error({ err: describe(error) }, 'a letter could not be sent');
  const post = createPostService({ letters: records.letters, send, clock, failed });
  const sendReset = async (to: string, token: string): Promise<void> =>
    post.post(to, resetLetter(`${address}/new-password#${token}`));
  // The library takes most of a second to load, and machines never need it.
  const people = once(async (): Promise<People> => {
    const { openPeople } = await import('./accounts/people.adapter.ts');
    return openPeople({ connection, secret: await secret(), sendReset });
  });
  return { post, people };
}

/** The same result for everybody; asked for again after a failure. */
function once<T>(work: () => Promise<T>): () => Promise<T> {
  let running: Promise<T> | null = null;
  return () =>
    (running ??= work().catch((error: unknown) => {
      running = null;
      throw error;
    }));
}

/** What of a mail server's error says nothing of the letter: its text may name the address. */
function describe(error: unknown): object {
  const { name, code, responseCode } = error as { name?: string; code?: string; responseCode?: number };
  return { name, code, responseCode };
}
