import type { Evidence } from '../../schemas/types.d.ts';
import type { Caller } from './app.ts';

/** A file and who sends it; a PDF of no kind in particular unless it says more. */
interface Sending {
  caller: Caller;
  bytes: Buffer;
  name?: string;
  key?: string;
  fields?: object;
}

/** The call that sends a file, still to be awaited. */
export function send({ caller, bytes, name = 'a.pdf', key, fields = {} }: Sending) {
  const call = caller.post('/api/evidence').set('Accept-Language', 'en');
  if (key !== undefined) void call.set('Idempotency-Key', key);
  for (const [field, value] of Object.entries({ kind: 'other', ...fields }))
    void call.field(field, typeof value === 'string' ? value : JSON.stringify(value));
  return call.attach('file', bytes, name);
}

/** The record of a file that is sent. */
export async function sent(sending: Sending): Promise<Evidence> {
  return (await send(sending).expect(201)).body as Evidence;
}

/** The content of a file, still to be awaited. */
export function download(caller: Caller, { id }: Pick<Evidence, 'id'>) {
  return caller.get(`/api/evidence/${id}/content`);
}

/** The record of a file as the caller sees it. */
export async function get(caller: Caller, { id }: Pick<Evidence, 'id'>): Promise<Evidence> {
  return (await caller.get(`/api/evidence/${id}`).expect(200)).body as Evidence;
}

/** The files that a query finds. */
export async function listed(caller: Caller, query: string): Promise<Evidence[]> {
  return ((await caller.get(`/api/evidence?${query}`).expect(200)).body as { items: Evidence[] }).items;
}
