import { createHash } from 'node:crypto';
import type { Express, Request, Response } from 'express';
import type { MeActor, Schemas } from '../../schemas/types.d.ts';
import { sendSheet, type Sheet } from './csv.ts';
import { sendDownload, type Download } from './download.ts';
import { Problem, type Language } from './problem.ts';
import { parseBody, parseQuery, type SchemaName } from './schemas.ts';
import { present } from './shape.ts';
import { receiveForm, type SentFile, type SentForm } from './upload.ts';

/** Who calls: a key or a session, with its role and, for most roles, its organisation. */
export type Actor = Pick<MeActor, 'id' | 'role' | 'org' | 'unverified'>;
export type Role = MeActor['role'];
/** Who may call: everybody, these roles, or whoever is signed in as a person; what an organisation may see of it is the service's to say. */
export type Access = 'public' | 'people' | readonly Role[];
/** Who is behind a request: a person may be one without acting for anybody. */
export interface Caller {
  actor: Actor | null;
  person?: string;
}
/** A repeatable write: the caller's key, and a digest of what was asked under it. */
export interface Idempotency {
  key: string;
  digest: string;
}
/** What an answer is: one record, a page of records (of a feed, where one can come back for what changes later), a file, or nothing. */
export type Returns = SchemaName | { list: SchemaName; feed?: true } | 'file' | 'nothing';

/** A validated call, as a handler gets it. */
export interface Call<Body, Query> {
  actor: Actor | null;
  /** The person who calls; empty on a call that is not for people alone. */
  person: string;
  params: Record<string, string>;
  body: Body;
  query: Query;
  language: Language;
  /** The revision that `If-Match` names; 0 where the route asks for none, and where it is to create the record. */
  revision: number;
  idempotency: Idempotency | undefined;
  /** The caller wants a table, and the route has one. */
  wantsCsv: boolean;
  /** The file that came with the call; only where the route takes one. */
  file: SentFile | undefined;
  request: Request;
  response: Response;
}

/** One call of the API, said once: mounting, access, validation and OpenAPI all come from it. */
export interface Route<B extends SchemaName = SchemaName, Q extends SchemaName = SchemaName> {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** Express path, its parameters as `:name`. */
  path: string;
  summary: string;
  access: Access;
  /** Open too to a person for whom nobody has vouched yet, as itself. */
  unverified?: true;
  body?: B;
  query: Q;
  returns: Returns;
  /** Status of a good answer; 200 by default. */
  status?: 201 | 202 | 204;
  /**
   * The record that changes is named by `If-Match`: 428 without it, 412 where it is stale. With `orNew` the call may also
   * create a record, under `If-None-Match: *`; its `revision` is then 0.
   */
  ifMatch?: true | 'orNew';
  /** The call may carry an `Idempotency-Key`. */
  idempotent?: true;
  /** The answer is a table too, for who accepts `text/csv` rather than JSON. */
  csv?: true;
  /** The body is multipart: its fields are those of `body`, and a `file` comes with them, of so many bytes at the most. */
  takesFile?: true | { largest: number };
  handle(call: Call<Schemas[B], Schemas[Q]>): Promise<Answer>;
}

/** A handler's answer; a record's `revision` becomes its `ETag`. */
export interface Answer {
  body?: object | null;
  status?: number;
  /** In place of a body, where the caller wants a table. */
  sheet?: Sheet;
  /** In place of a body, where the answer is a file. */
  download?: Download;
}

/** The route with its types checked against its schema names, and forgotten for the list it goes into. */
export function defineRoute<B extends SchemaName, Q extends SchemaName>(route: Route<B, Q>): Route {
  return route;
}

/** The caller, known to be signed in: routes with a list of roles let nobody else in. */
export function signedIn(actor: Actor | null): Actor {
  if (!actor) throw new Problem('UNAUTHENTICATED');
  return actor;
}

/** Who makes this call. @throws Problem 401, 403 */
export type CallerOf = (request: Request, route: Pick<Route, 'access' | 'unverified'>) => Promise<Caller>;

/** Mounts every route: actor, access, parse, handle, reply, in this order. */
export function mount(app: Express, routes: Route[], callerOf: CallerOf): void {
  for (const route of routes) {
    app[route.method](route.path, async (request, response) => {
      const caller = await callerOf(request, route);
      const person = admit(route.access, caller);
      const form = await formOf(route, request, response);
      const call = readCall(route, { request, response, form });
      const answer = await route.handle({ ...call, actor: caller.actor, person });
      await reply(route, response, answer);
    });
  }
}

async function formOf({ takesFile, body }: Route, request: Request, response: Response): Promise<SentForm | undefined> {
  if (!takesFile) return undefined;
  const largest = takesFile === true ? undefined : takesFile.largest;
  return receiveForm(request, response, { schema: body ?? 'empty-body', largest });
}

/** Lets the caller in; gives the person, where the call is for people. @throws Problem 401, 403 */
function admit(access: Access, { actor, person }: Caller): string {
  if (access === 'public') return '';
  if (access === 'people') {
    if (person === undefined) throw new Problem(actor ? 'PEOPLE_ALONE' : 'UNAUTHENTICATED');
    return person;
  }
  if (!actor) throw new Problem('UNAUTHENTICATED');
  if (!access.includes(actor.role)) throw new Problem('FORBIDDEN');
  return '';
}

function readCall(
  route: Route,
  { request, response, form }: { request: Request; response: Response; form: SentForm | undefined },
): Omit<Call<never, never>, 'actor' | 'person'> {
  const query = parseQuery(route.query, { ...request.query });
  const body = route.body ? parseBody(route.body, form?.fields ?? bodyOf(request)) : undefined;
  return {
    params: request.params as Record<string, string>,
    query: query as never,
    body: body as never,
    language: languageOf(request),
    revision: route.ifMatch ? revisionOf(request, route.ifMatch) : 0,
    wantsCsv: route.csv === true && request.accepts('json', 'text/csv') === 'text/csv',
    idempotency: route.idempotent ? idempotencyOf(request, form) : undefined,
    file: form?.file,
    request,
    response,
  };
}

function bodyOf(request: Request): unknown {
  if (request.body !== undefined) return request.body;
  const isSent = Number(request.get('content-length') ?? 0) > 0 || request.get('transfer-encoding') !== undefined;
  if (isSent && !request.is('json')) throw new Problem('UNSUPPORTED_MEDIA_TYPE');
  return {};
}

/** Vietnamese first: English only where the reader prefers it. */
export function languageOf(request: Request): Language {
  return request.acceptsLanguages('vi', 'en') === 'en' ? 'en' : 'vi';
}

function revisionOf(request: Request, asked: true | 'orNew'): number {
  const header = request.get('if-match');
  if (asked === 'orNew' && header === undefined && request.get('if-none-match') === '*') return 0;
  if (header === undefined) throw new Problem('PRECONDITION_REQUIRED');
  const revision = /^"([1-9][0-9]{0,9})"$/.exec(header)?.[1];
  if (!revision) throw new Problem('PRECONDITION_FAILED');
  return Number(revision);
}

function idempotencyOf(request: Request, form: SentForm | undefined): Idempotency | undefined {
  const key = request.get('idempotency-key');
  if (key === undefined) return undefined;
  if (!/^[\x21-\x7e]{1,200}$/.test(key)) throw new Problem('INVALID_HEADER', { header: 'Idempotency-Key' });
  const sent: unknown = form ? { ...form.fields, file: form.file.hash } : request.body;
  const asked = `${request.method} ${request.path} ${canonical(sent)}`;
  return { key, digest: createHash('sha256').update(asked).digest('hex') };
}

/** The same text for the same JSON, whatever the order of its members. */
function canonical(value: unknown): string {
  return (
    JSON.stringify(value, (_key, part: unknown) =>
      typeof part === 'object' && part !== null && !Array.isArray(part)
        ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
        : part,
    ) ?? ''
  );
}

async function reply(route: Route, response: Response, { body, status, sheet, download }: Answer): Promise<void> {
  if (response.headersSent) return;
  if (sheet) return sendSheet(response, sheet);
  if (download) return sendDownload(response, download);
  response.status(status ?? route.status ?? 200);
  if (!body || route.returns === 'nothing' || route.returns === 'file') return void response.end();
  if (typeof route.returns === 'object') {
    const { list } = route.returns;
    const page = body as { items: unknown[] };
    return void response.json({ ...page, items: page.items.map((item) => present(list, item)) });
  }
  if ('revision' in body) response.set('ETag', `"${String(body.revision)}"`);
  response.json(present(route.returns, body));
}
