import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type {
  Certificate,
  Product,
  RecordedEntry,
  RecordHistory,
  Seal,
  SealProof,
  Verification,
} from '../../schemas/types.d.ts';
import { describeFinding } from '../../server/audit/finding.rules.ts';
import { rootOfProof } from '../../server/audit/merkle.rules.ts';
import { leafText } from '../../server/audit/seal.rules.ts';
import { certificateModel } from '../../server/certificates/model.ts';
import { statesAfter, withEntry, type HistoryEntry } from '../../server/core/history.rules.ts';
import { chainOf, stateOf } from '../../server/core/record-history.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { aCertificate, aPurchase, aWorld, type World } from '../support/builders.ts';

type Stored = Record<string, unknown> & { _id: string | number; history: Record<string, unknown>[] };

describe('the history of the register', () => {
  let app: TestApp;
  let world: World;
  let paper: Product;
  let certificate: Certificate;
  const days = ['2026-11-24', '2026-11-25', '2026-11-26'] as const;
  const documents = (name: string) => app.connection.collection<Stored>(name);
  const verify = () => app.services.audit.verify(() => {});
  const findings = async () => (await verify()).findings.map(describeFinding);
  /** The next morning, when the day before is sealed. */
  const sleep = async (): Promise<void> => {
    app.later(24 * 3600);
    await app.services.settle();
  };

  beforeAll(async () => {
    app = await startTestApp();
    world = await aWorld(app);
    paper = await world.product();
    const sent = aCertificate({ products: [paper.id], scheme: 'EU-ECOLABEL' });
    certificate = (await world.certifier.post('/api/certificates').send(sent).expect(201)).body;
    await sleep();
    const suspended = { type: 'suspended', on: '2026-11-25', reason: 'Mẫu không đạt' };
    await world.certifier.post(`/api/certificates/${certificate.id}/events`).send(suspended).expect(201);
    await world.officer.post('/api/purchases').send(aPurchase()).expect(201);
    await sleep();
    const reinstated = { type: 'reinstated', on: '2026-11-26', reason: 'Mẫu đạt' };
    await world.certifier.post(`/api/certificates/${certificate.id}/events`).send(reinstated).expect(201);
    await sleep();
    await world.operator.patch(`/api/products/${paper.id}`).set('If-Match', '"1"').send({ brand: 'Mới' }).expect(200);
  });
  afterAll(() => app.close());

  it('holds who did what, in which role for whom, and nothing of it is in an answer', async () => {
    const { history } = (await documents('certificates').findOne({ _id: certificate.id }))!;
    expect(history).toEqual([
      expect.objectContaining({
        seq: 1,
        action: 'entered',
        before: [],
        by: expect.objectContaining({ role: 'certifier' }),
      }),
      expect.objectContaining({ seq: 2, action: 'suspended', before: [{ path: '/events', length: 0 }] }),
      expect.objectContaining({ seq: 3, action: 'reinstated', before: [{ path: '/events', length: 1 }] }),
    ]);
    const { body } = await app.anyone.get(`/api/certificates/${certificate.id}`).expect(200);
    expect(body.history).toBeUndefined();
  });

  it('is sealed day by day, and fits; what was written today waits', async () => {
    const seals = await documents('seals').find().sort({ _id: 1 }).toArray();
    expect(seals.map(({ day }) => day)).toEqual(days);
    expect(await verify()).toMatchObject({ seals: 3, unsealed: 1, findings: [] });
  });

  it('is told to everybody of a certificate and a product: what changed, by which role and organisation, never by whom', async () => {
    const { body } = await app.anyone.get(`/api/certificates/${certificate.id}/history`).expect(200);
    const body1 = { role: 'certifier', org: 'T-BODY', orgName: { vi: 'Tổ chức T-BODY (hư cấu)' } };
    expect(body).toMatchObject({ kind: 'certificates', id: certificate.id, fits: true });
    expect(body.entries.map(({ by, action, sealed }: RecordedEntry) => [by, action, sealed])).toEqual([
      [body1, 'entered', true],
      [body1, 'suspended', true],
      [body1, 'reinstated', true],
    ]);
    expect(body.entries[0].changes).toContainEqual({ path: '/number', after: certificate.number });
    expect(body.entries[1].changes).toEqual([
      { path: '/events/0', after: expect.objectContaining({ type: 'suspended', reason: 'Mẫu không đạt' }) },
    ]);
    const ofProduct = (await app.anyone.get(`/api/products/${paper.id}/history`).expect(200)).body as RecordHistory;
    expect(ofProduct.entries.at(-1)).toMatchObject({
      by: { role: 'operator' },
      changes: [{ path: '/brand', before: 'Mẫu', after: 'Mới' }],
      sealed: false,
    });
    expect(JSON.stringify([body, ofProduct])).not.toMatch(/statusRuns|identities|"id":"[0-9a-f]{24}","role"/);
    await app.anyone.get(`/api/products/${certificate.id}/history`).expect(404);
  });

  it('is told of any record to operator and auditor, with the ids of actors; secrets of keys to nobody', async () => {
    const [purchase] = await documents('purchases').find().toArray();
    const ask = (kind: string, id: unknown) => world.auditor.get('/api/history').query({ kind, id: String(id) });
    const { entries } = (await ask('purchases', purchase!._id).expect(200)).body as RecordHistory;
    expect(entries).toEqual([
      expect.objectContaining({ by: expect.objectContaining({ id: expect.any(String), org: 'T-UNIT' }) }),
    ]);
    const lines = entries[0]!.changes.find(({ path }) => path === '/lines')!.after as { amountNet: unknown }[];
    expect(lines[0]!.amountNet).toEqual(expect.any(String));
    await ask('organisations', 'T-BODY').expect(200);
    const [key] = await documents('apiKeys').find().toArray();
    await ask('apiKeys', key!._id).expect(404);
    await ask('sessions', 'x').expect(404);
    await ask('__proto__', 'x').expect(400);
  });

  it('is verified and exported for an auditor by the running server, and by nobody else', async () => {
    const path = '/api/audit/verification';
    expect((await world.auditor.get(path).expect(200)).body).toEqual({ state: 'none' });
    expect((await world.auditor.post(path).send({}).expect(202)).body).toMatchObject({ state: 'running' });
    let body: Verification = { state: 'running' };
    while (body.state === 'running') body = (await world.auditor.get(path).expect(200)).body as Verification;
    expect(body).toMatchObject({ state: 'done', seals: 3, unsealed: 1, findings: [] });
    const file = await world.auditor.get('/api/audit/export').responseType('blob').expect(200);
    expect(file.headers['content-disposition']).toContain('xanh-history.jsonl');
    const lines = (file.body as Buffer).toString().trimEnd().split('\n');
    const kinds = lines.map((line) => (JSON.parse(line) as { kind: string }).kind);
    expect(kinds.filter((kind) => kind === 'seal')).toHaveLength(3);
    expect(kinds.filter((kind) => kind === 'record')).toHaveLength(body.records ?? 0);
  });

  it('has seals for everybody to keep, and proves to an auditor that a seal covers a record', async () => {
    const all = (await app.anyone.get('/api/seals').expect(200)).body as { items: Seal[]; total: number };
    expect([all.total, all.items.map(({ day }) => day)]).toEqual([3, days.toReversed()]);
    const first = (await app.anyone.get(`/api/seals?from=${days[1]}&limit=1`).expect(200)).body;
    expect(first).toMatchObject({ total: 2, items: [all.items[0]] });
    const second = (await app.anyone.get(`/api/seals?from=${days[1]}&limit=1&cursor=${first.next}`).expect(200)).body;
    expect(second).toMatchObject({ items: [all.items[1]], next: null });
    const { body: ofDay } = await app.anyone.get(`/api/seals/${days[0]}`).expect(200);
    expect(ofDay.items).toEqual([all.items[2]]);
    await app.anyone.get('/api/seals/2026-11-23').expect(404);
    await app.anyone.get('/api/seals/any-day').expect(404);
    const record = { kind: 'certificates', id: certificate.id };
    const { body } = await world.auditor.get(`/api/seals/${days[0]}/proof`).query(record).expect(200);
    const { seal, leaf, index, path } = body as SealProof;
    const bytes = (of: Uint8Array) => createHash('sha256').update(of).digest();
    expect(leaf).toMatchObject({ collection: 'certificates', id: certificate.id, seq: 1 });
    expect(rootOfProof(bytes, leafText(leaf), { index, size: seal.leaves, path })).toBe(seal.root);
    await world.auditor
      .get(`/api/seals/${days[0]}/proof`)
      .query({ ...record, kind: 'purchases' })
      .expect(404);
  });

  describe('does not fit where somebody', () => {
    /** Changes a document past the register, and puts it back; what is found meanwhile. */
    const tamper = async (name: string, id: string | number, change: (stored: Stored) => Stored | null) => {
      const before = (await documents(name).findOne({ _id: id }))!;
      const after = change(before);
      if (after === null) await documents(name).deleteOne({ _id: id });
      else await documents(name).replaceOne({ _id: id }, after);
      const found = await findings();
      await documents(name).replaceOne({ _id: id }, before, { upsert: true });
      return found;
    };
    const history = (change: (entries: Stored['history']) => Stored['history']) => (stored: Stored) => ({
      ...stored,
      history: change(stored.history),
    });
    const of = (seq: number) => `certificates ${certificate.id}, entry ${seq} of ${days[seq - 1]}`;

    it.each<[string, (stored: Stored) => Stored | null, number, RegExp]>([
      [
        'changes a byte of a record',
        (stored) => ({ ...stored, number: `${certificate.number.slice(0, -1)}X` }),
        1,
        /what the record says/,
      ],
      [
        'changes a byte of an event',
        ({ events, ...stored }) => ({
          ...stored,
          events: (events as object[]).with(1, { ...(events as object[])[1], reason: 'x' }),
        }),
        3,
        /what the record says/,
      ],
      [
        'changes an entry',
        history((entries) => entries.with(1, { ...entries[1], by: { id: 'other' } })),
        2,
        /entry was changed/,
      ],
      ['removes the last entry', history((entries) => entries.slice(0, 2)), 3, /is missing/],
      ['removes an entry', history((entries) => entries.toSpliced(1, 1)), 2, /is missing/],
      ['puts entries into another order', history(([a, b, c]) => [a!, c!, b!]), 2, /not in its place/],
      ['removes a record', () => null, 1, /was removed/],
    ])('%s', async (_what, change, seq, why) => {
      const [first] = await tamper('certificates', certificate.id, change);
      expect(first).toContain(of(seq));
      expect(first).toMatch(why);
    });

    it('changes a record and makes its whole history anew', async () => {
      const made = (stored: Stored): Stored => {
        const forged = { ...stored, number: 'FORGED' };
        const states = statesAfter(forged.history as never, stateOf(certificateModel, forged));
        const entries = forged.history as unknown as HistoryEntry[];
        const chain = entries.reduce<HistoryEntry[]>(
          (done, { by, at, action, before }, index) =>
            withEntry(chainOf(certificateModel), done, { by, at, action, before, state: states[index]! }),
          [],
        );
        return { ...forged, history: chain as never };
      };
      const [first] = await tamper('certificates', certificate.id, made);
      expect(first).toBe(`${of(1)}: it is not the entry that was sealed on that day.`);
    });

    it('… and fits again as it was', async () => expect(await findings()).toEqual([]));

    it('removes a day, also the last one, or changes a seal or a leaf', async () => {
      const second = (await documents('seals').findOne({ _id: 2 }))!;
      expect((await tamper('seals', 2, () => null))[0]).toBe(
        `Seal 2 is missing: a day from ${days[0]} to ${days[2]} was removed.`,
      );
      expect((await tamper('seals', 3, () => null))[0]).toContain(`${of(3)}: no seal of that day has it`);
      expect((await tamper('seals', 2, (seal) => ({ ...seal, root: '0'.repeat(64) })))[0]).toContain('Seal 2');
      const chunk = (await documents('sealLeaves').findOne({ seal: 2 }))!;
      const leaves = chunk['leaves'] as { id: string }[];
      const at = leaves.findIndex(({ id }) => id === certificate.id);
      expect(leaves.length).toBe(second['leaves']);
      const changed = leaves.with(at, { ...leaves[at]!, hash: '0'.repeat(64) } as never);
      expect(await tamper('sealLeaves', chunk._id, (stored) => ({ ...stored, leaves: changed }))).toEqual([
        `Seal 2 of ${days[1]}: the leaf of certificates ${certificate.id} was changed.`,
      ]);
      expect(
        (await tamper('sealLeaves', chunk._id, (stored) => ({ ...stored, leaves: leaves.toSpliced(at, 1) })))[0],
      ).toBe(`Seal 2 of ${days[1]} does not fit its leaves: one was added, removed or moved.`);
    });
  });

  it('is begun by whoever runs the server for records from before histories were kept, and then fits', async () => {
    const criteria = documents('criteria');
    const { history: _history, unsealedSince: _since, ...old } = (await criteria.findOne())!;
    const fresh = { ...old, _id: 'T-OLD' };
    await criteria.insertOne(fresh as unknown as Stored);
    expect(await findings()).toEqual([expect.stringContaining('criteria T-OLD')]);
    expect([await app.services.audit.adopt(), await app.services.audit.adopt()]).toEqual([1, 0]);
    expect(await findings()).toEqual([]);
    expect((await criteria.findOne({ _id: 'T-OLD' }))?.history).toMatchObject([{ seq: 1, action: 'adopted' }]);
    await criteria.deleteOne({ _id: 'T-OLD' });
  });

  it('heals where sealing was cut off before the marks were taken off, and seals what comes late in a further seal', async () => {
    const seals = await documents('seals').countDocuments();
    await documents('certificates').updateOne(
      { _id: certificate.id },
      { $set: { unsealedSince: `${days[1]}T04:00:00.000Z` } },
    );
    await documents('sealLeaves').insertOne({ _id: 'cut off.100000', seal: seals + 1, first: '', leaves: [] } as never);
    await app.services.settle();
    expect(await documents('seals').countDocuments()).toBe(seals);
    expect((await documents('certificates').findOne({ _id: certificate.id }))!['unsealedSince']).toBeUndefined();
    // Two instances at once, and a write that its store was slow to commit.
    await sleep();
    const [{ day: lastDay }] = (await documents('seals').find().sort({ _id: -1 }).limit(1).toArray()) as unknown as [
      { day: string },
    ];
    expect(lastDay).toBe('2026-11-27');
    const { now } = app.clock;
    const instant = now();
    app.clock.set('2026-11-27T16:59:59.000Z');
    await world.operator.patch(`/api/products/${paper.id}`).set('If-Match', '"2"').send({ brand: 'Trễ' }).expect(200);
    app.clock.set(instant);
    await Promise.all([app.services.audit.sealSome(), app.services.audit.sealSome()]);
    await app.services.settle();
    const last = await documents('seals').find().sort({ _id: -1 }).limit(2).toArray();
    expect(last.map(({ _id, day, leaves }) => [_id, day, leaves])).toEqual([
      [seals + 2, lastDay, 1],
      [seals + 1, lastDay, 1],
    ]);
    expect(await verify()).toMatchObject({ seals: seals + 2, unsealed: 0, findings: [] });
    expect(await documents('sealLeaves').countDocuments()).toBe(seals + 2);
  });
});
