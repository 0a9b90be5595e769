import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Application, Certificate, Evidence, Product } from '../../schemas/types.d.ts';
import { aPdf, ecolabelFiles } from '../support/dossiers.ts';
import { startServer, xanh, type RunningServer } from '../support/server.ts';

const clients = 20;
const each = 10;
const kills = 6;
const longestStart = 1500;
const scheme = 'VN-ECOLABEL';

interface Sent {
  key: string;
  path: string;
  body: object;
  /** The call is repeated under it until it is answered. */
  once: string;
  /** Sent beside the body, both as a form. */
  file?: Buffer;
}

describe('kill -9 while suppliers apply and a body decides', () => {
  let folder: string;
  let environment: Record<string, string>;
  let server: RunningServer;
  let operator: string;
  let bodies: string[];
  const suppliers: string[] = [];
  let killed = 0;
  let isOver = false;
  let killing = Promise.resolve();

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'xanh-apply-'));
    environment = { XANH_DATA: folder, XANH_DEMO: '0' };
    server = await startServer(environment);
    const key = (role: string, ...org: string[]) => xanh(['key', 'create', '--role', role, ...org], environment);
    operator = await key('operator');
    const name = (code: string) => ({ code, name: { vi: `${code} (hư cấu)` } });
    const enter = (organisation: { code: string }) =>
      send({ key: operator, path: 'organisations', body: organisation, once: organisation.code });
    await enter({ ...name('T-BODY'), kind: 'certifier', mayCertify: [scheme] } as { code: string });
    for (let at = 0; at < clients; at++) {
      await enter({ ...name(`T-S${at}`), kind: 'supplier' } as { code: string });
      suppliers.push(await key('supplier', '--org', `T-S${at}`));
    }
    bodies = [await key('certifier', '--org', 'T-BODY'), await key('certifier', '--org', 'T-BODY')];
  }, 300_000);
  afterAll(async () => {
    isOver = true;
    await killing;
    await server.end('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  });

  it(`loses and doubles none of ${clients * each} dossiers by ${clients} clients, and decides none twice`, async () => {
    killing = killAndRestart();
    const decided = new Map<string, string[]>();
    const work = suppliers.map(async (_key, at) => {
      for (let turn = 0; turn < each; turn++) await apply(at, turn, decided);
    });
    await Promise.all(work);
    isOver = true;
    await killing;
    expect(killed).toBeGreaterThan(2);
    await expectEachOnce(decided);
    await server.end('SIGTERM');
    // Every record's history still stands behind what it says.
    expect(await xanh(['audit', 'verify'], environment)).toEqual(expect.any(String));
    const approved = [...decided.values()].filter(([result]) => result === 'approved').length;
    console.log(`${killed} kills, ${decided.size} dossiers decided once, ${approved} of them approved`);
  }, 900_000);

  /** Kills the server now and then, until the clients are done, and starts it again over the same folder. */
  async function killAndRestart(): Promise<void> {
    while (killed < kills) {
      await pause(1500 + Math.random() * 3000);
      if (isOver) return;
      await server.end('SIGKILL');
      killed += 1;
      server = await startServer(environment);
    }
  }

  /** One supplier's dossier from its product to its decision, which two calls want differently at once. */
  async function apply(at: number, turn: number, decided: Map<string, string[]>): Promise<void> {
    const [key, name, applicant] = [suppliers[at]!, `A${at}-${turn}`, `T-S${at}`];
    const [one, other] = [bodies[turn % 2]!, bodies[(turn + 1) % 2]!];
    const product = {
      kind: 'good',
      name: { vi: name },
      brand: 'Mẫu',
      model: name,
      group: 'office-paper',
      supplier: applicant,
    };
    const { id } = (await send({ key, path: 'products', body: product, once: `p ${name}` })).body as Product;
    const items = ecolabelFiles(new Date().toISOString().slice(0, 10));
    const attachments = await Promise.all(
      items.map(async ({ evidence: _none, ...facts }) => {
        const file = { key, path: 'evidence', body: facts, once: `e ${facts.kind} ${name}`, file: aPdf(facts.kind) };
        return { ...facts, evidence: ((await send(file)).body as Evidence).id };
      }),
    );
    const input = { kind: 'new', applicant, scheme, products: [id], attachments };
    const dossier = (await send({ key, path: 'applications', body: input, once: `a ${name}` })).body as Application;
    const act = (by: string, body: { type: string; [field: string]: unknown }) =>
      send({ key: by, path: `applications/${dossier.id}/events`, body, once: `${body.type} ${name}` });
    const text = 'Thử (hư cấu)';
    for (const [by, body] of [
      [key, { type: 'submitted' }],
      [one, { type: 'foundComplete' }],
      [one, { type: 'asked', text }],
      [key, { type: 'answered', text }],
      [one, { type: 'evaluated', text }],
    ] as const)
      expect([name, body.type, (await act(by, body)).status]).toEqual([name, body.type, 201]);
    const certificate = { number: `QD-${name}` };
    // An approval has more to look at than a refusal: with a start of its own it comes first now and then on a busy machine too.
    const start = (turn % 2) * Math.random() * longestStart;
    const answers = await Promise.all([
      act(one, { type: 'approved', reasons: ['criteriaMet'], certificate }),
      pause(start).then(() => act(one, { type: 'refused', reasons: ['criteriaNotMet'], text })),
      act(other, { type: 'withdrawn' }),
    ]);
    // Before the decision it is not this person's to withdraw, after it nobody's.
    expect([name, [403, 409].includes(answers[2].status)]).toEqual([name, true]);
    const results = ['approved', 'refused'].filter((_result, index) => answers[index]!.status === 201);
    const statuses = answers.slice(0, 2).map(({ status }) => status);
    expect([name, statuses.toSorted((a, b) => a - b)]).toEqual([name, [201, 409]]);
    decided.set(dossier.id, results);
  }

  async function expectEachOnce(decided: Map<string, string[]>): Promise<void> {
    await settled();
    const dossiers = await all<Application>('applications', operator);
    expect(dossiers.map(({ id }) => id).toSorted()).toEqual([...decided.keys()].toSorted());
    const certificates = await all<Certificate>('certificates', operator);
    const numbers = certificates.map(({ number }) => number).toSorted();
    const approved = dossiers.filter(({ status }) => status === 'approved');
    expect(numbers).toEqual(approved.map(({ id, decision }) => decision?.certificate?.number ?? id).toSorted());
    const byId = new Map(certificates.map((certificate) => [certificate.id, certificate]));
    for (const { id, events, decision, outcome, applicant, products } of dossiers) {
      const decisions = events.filter(({ type }) => type === 'approved' || type === 'refused').map(({ type }) => type);
      expect([id, decisions, decision?.result]).toEqual([id, decided.get(id), decisions[0]]);
      const expected = decisions[0] === 'approved' ? { holder: applicant, products } : {};
      expect(byId.get(outcome?.certificate ?? '') ?? {}).toMatchObject(expected);
    }
    expect(approved.length).toBeGreaterThan(0);
  }

  /** Until nothing approved waits to be entered; by then the drains have looked several times. */
  async function settled(): Promise<void> {
    for (let looks = 0; looks < 60; looks++) {
      const approved = await all<Application>('applications', operator, '&status=approved');
      if (approved.every(({ outcome }) => outcome?.certificate !== undefined)) return;
      await pause(500);
    }
  }

  /** Sends until the server answers, whichever server that is by then. @throws for an answer that nobody foresaw */
  async function send({ key, path, body, once, file }: Sent): Promise<{ status: number; body: unknown }> {
    for (;;) {
      try {
        const answer = await fetch(`${server.address}/api/${path}`, {
          method: 'POST',
          headers: {
            Authorization: `Bearer ${key}`,
            ...(!file && { 'Content-Type': 'application/json' }),
            'Idempotency-Key': once.replaceAll(' ', '-'),
          },
          body: file ? formOf(body, file) : JSON.stringify(body),
        });
        const given: unknown = await answer.json();
        if (answer.status === 503) continue;
        if (![201, 403, 409].includes(answer.status))
          throw new RangeError(`${path}: ${answer.status} ${JSON.stringify(given)}`);
        return { status: answer.status, body: given };
      } catch (error) {
        // The connection broke because the server was killed: the same is asked again, under the same key.
        if (error instanceof RangeError) throw error;
        await pause(100);
      }
    }
  }

  async function all<T>(path: string, key: string, query = ''): Promise<T[]> {
    const items: T[] = [];
    let cursor = '';
    do {
      const url = `${server.address}/api/${path}?limit=100${query}${cursor && `&cursor=${cursor}`}`;
      const answer = await fetch(url, { headers: { Authorization: `Bearer ${key}` } });
      const page = (await answer.json()) as { items: T[]; next: string | null };
      items.push(...page.items);
      cursor = page.next ?? '';
    } while (cursor);
    return items;
  }
});

function formOf(body: object, file: Buffer): FormData {
  const form = new FormData();
  for (const [field, value] of Object.entries(body))
    form.set(field, typeof value === 'string' ? value : JSON.stringify(value));
  form.set('file', new Blob([new Uint8Array(file)]), 'a.pdf');
  return form;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
