import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it came in. */
export interface Sent {
  call: string;
  body: unknown;
  key: string | undefined;
}

type Answer = { status?: number; body: unknown; afterMs?: number };

/** Answers written down beforehand, by method and path; the last one of a call is given again and again. It knows nothing and decides nothing. */
export interface CannedAnswers {
  url: string;
  sent: Sent[];
  /** The requests of a call, as they came in. */
  of(call: string): Sent[];
  give(call: string, ...answers: Answer[]): void;
  close(): Promise<void>;
}

/** Listens on loopback and gives the answers that the test wrote down. */
export async function cannedAnswers(): Promise<CannedAnswers> {
  const answers = new Map<string, Answer[]>();
  const sent: Sent[] = [];
  const late = new Set<NodeJS.Timeout>();
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      const call = `${request.method ?? ''} ${(request.url ?? '').split('?')[0] ?? ''}`;
      const key = request.headers.authorization?.replace('Bearer ', '');
      sent.push({ call, body: text === '' ? null : (JSON.parse(text) as unknown), key });
      const waiting = answers.get(call) ?? [];
      const answer = (waiting.length > 1 ? waiting.shift() : waiting[0]) ?? { status: 404, body: documented.notFound };
      const timer = setTimeout(() => {
        late.delete(timer);
        response.writeHead(answer.status ?? 200, { 'content-type': 'application/json' });
        response.end(JSON.stringify(answer.body));
      }, answer.afterMs ?? 0);
      late.add(timer);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sent,
    of: (call) => sent.filter((request) => request.call === call),
    give: (call, ...given) => void answers.set(call, given),
    close: () =>
      new Promise((resolve) => {
        for (const timer of late) clearTimeout(timer);
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** Answers of Meilisearch as its documentation shows them (API reference of version 1.37). */
export const documented = {
  version: (pkgVersion: string) => ({
    commitSha: 'b46889b5f0f2f8b91438a08a358ba8f05fc09fc1',
    commitDate: '2026-01-12',
    pkgVersion,
  }),
  enqueued: (taskUid: number) => ({
    taskUid,
    indexUid: 'movies',
    status: 'enqueued',
    type: 'documentAdditionOrUpdate',
    enqueuedAt: '2026-01-12T10:00:00.000000Z',
  }),
  task: (uid: number, status: 'succeeded' | 'failed' | 'processing', message?: string) => ({
    uid,
    indexUid: 'movies',
    status,
    type: 'documentAdditionOrUpdate',
    error: message === undefined ? null : { message, code: 'invalid_document_id', type: 'invalid_request', link: '' },
    enqueuedAt: '2026-01-12T10:00:00.000000Z',
    startedAt: '2026-01-12T10:00:00.100000Z',
    finishedAt: '2026-01-12T10:00:00.200000Z',
  }),
  stats: (numberOfDocuments: number) => ({ numberOfDocuments, isIndexing: false, fieldDistribution: {} }),
  notFound: { message: 'Index `movies` not found.', code: 'index_not_found', type: 'invalid_request', link: '' },
  badFilter: {
    message: 'Attribute `x` is not filterable.',
    code: 'invalid_search_filter',
    type: 'invalid_request',
    link: '',
  },
  forbidden: { message: 'The provided API key is invalid.', code: 'invalid_api_key', type: 'auth', link: '' },
  unavailable: { message: 'Service unavailable', code: 'internal', type: 'internal', link: '' },
};
