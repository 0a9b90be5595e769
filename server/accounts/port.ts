/** Who signs in with a password, over the authentication library; names and addresses stand there alone. */
export interface People {
  /** One call of the library, with the cookies of the browser; it gives those to set. @throws Problem for what it refuses */
  call<T = unknown>(path: string, sent: LibraryCall): Promise<PeopleAnswer<T>>;
  /** The person of a browser's cookies; null where nobody is signed in by them. */
  session(cookie: string): Promise<PersonSession | null>;
  /** Keeps for what the person acts in this session. */
  choose(token: string, membership: string): Promise<void>;
  /** The sessions of a person that have not ended, the one begun last first. */
  sessions(person: string): Promise<KeptSession[]>;
  /** Ends a session of the person; false where it has none of that id. */
  endSession(person: string, id: string): Promise<boolean>;
  /** The account of the address where the password is its own, else a new one. @throws Problem 401 where it has another password */
  enter(account: Account): Promise<string>;
  /** Name and address of those who are still there. */
  describe(ids: string[]): Promise<Map<string, Described>>;
  /** Removes name, address, password, sessions and whatever else the library keeps of the person. */
  erase(id: string): Promise<Described | null>;
}

export interface LibraryCall {
  cookie: string;
  body?: object;
  /** With what the person calls, in two words; a session that the call begins keeps it. */
  device?: string;
}

/** A session as the person may see it. */
export interface KeptSession {
  id: string;
  token: string;
  device: string;
  since: string;
  seenAt: string;
  until: string;
}

export interface PeopleAnswer<T> {
  body: T;
  /** Values of `Set-Cookie`. */
  cookies: string[];
}

export interface PersonSession {
  person: string;
  token: string;
  device: string;
  membership?: string;
  name: string;
  email: string;
  secondFactor: boolean;
}

export interface Account {
  email: string;
  name: string;
  password: string;
}

export interface Described {
  name: string;
  email: string;
}

/** A letter to one person. */
export interface LetterText {
  subject: string;
  text: string;
}

/** Sends a letter by a mail server. @throws where that does not take it */
export type Send = (to: string, letter: LetterText) => Promise<void>;
