import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import type { ShareLine, ShareReport } from '../../schemas/types.d.ts';
import { createRandom } from '../../seed/random.ts';
import type { Caller } from '../support/app.ts';
import { anEdition } from '../support/builders.ts';
import { someQuestion, startShareRegister, writeSomething, type ShareRegister } from '../support/share-register.ts';

const period = { from: '2023-01-01', to: '2025-12-31', tiers: 'A' };
const rounds = 2;
const writesARound = 8;

describe('the share of a register that goes on', () => {
  let register: ShareRegister;
  const random = createRandom(11);
  const ask = async (query: object) => (await register.world.auditor.get('/api/share').query(query).expect(200)).text;
  const figures = (text: string) => {
    const { query: _query, cutOff: _cutOff, ...figure } = JSON.parse(text) as ShareReport;
    return figure;
  };
  beforeAll(async () => {
    register = await startShareRegister(600);
  }, 240_000);
  afterAll(() => register.app.close());

  it('has behind every figure the lines of its M1 denominator, to the đồng, page by page', async () => {
    const auditor = register.world.auditor;
    for (const query of [
      { groupBy: 'group', key: 'office-paper' },
      { groupBy: 'quarter', key: '2024-Q1' },
      { groupBy: 'agency', key: 'self', agency: 'BENCH-0' },
      { groupBy: 'nature', key: 'works', tiers: 'A,B' },
      { groupBy: 'funding', key: 'none', knownAt: '2025-03-01T00:00:00Z' },
      { groupBy: 'scheme', key: 'VN-ECOLABEL', agency: 'BENCH-0' },
      { groupBy: 'group', key: 'air-conditioner', edition: 'TEST-2', agency: 'BENCH-0' },
      { agency: 'BENCH-0' },
    ]) {
      const { key, ...question } = { ...period, key: undefined, ...query };
      const report = JSON.parse(await ask(question)) as ShareReport;
      const figure = key === undefined ? report.measures : report.groups.find((group) => group.key === key)!.measures;
      const lines: ShareLine[] = [];
      let cursor: string | null = null;
      let said: number;
      do {
        const answer = await auditor
          .get('/api/share/lines')
          .query({ ...question, ...(key && { key }), limit: 100, ...(cursor && { cursor }) })
          .expect(200);
        const page = answer.body as { items: ShareLine[]; total: number; next: string | null };
        lines.push(...page.items);
        cursor = page.next;
        said = page.total;
      } while (cursor !== null);
      expect(said).toBe(lines.length);
      const sum = lines.reduce((total, { amountNet }) => total + BigInt(amountNet), 0n);
      expect([query, String(sum)]).toEqual([query, figure.M1.denominator]);
      expect(new Set(lines.map(({ purchase, lineNo }) => `${purchase} ${lineNo}`)).size).toBe(lines.length);
      expect(lines[0]).toMatchObject({
        agency: expect.stringContaining('BENCH'),
        basisDate: expect.any(String),
        reference: expect.any(String),
        green: { status: expect.any(String) },
      });
    }
  }, 120_000);

  it('is compared with its purchases by verify, which finds what is wrong, and makes it again where that is asked for', async () => {
    const { connection, services } = register.app;
    const cells = connection.collection<{ _id: string }>('shareCells');
    const right = await services.verifyShare(false);
    expect(right).toEqual({ agree: expect.any(Number), differ: [], waiting: 0 });
    const [cell, gone] = await cells.find({ agency: 'BENCH-1' }).sort({ _id: 1 }).limit(2).toArray();
    const other = await cells.findOne({ agency: 'BENCH-2' });
    await cells.updateOne({ _id: cell!._id }, { $set: { parts: (other as unknown as { parts: object }).parts } });
    await cells.deleteOne({ _id: gone!._id });
    const differ = [cell, gone].map((one) => ({ month: one!._id.slice(0, 7), agency: 'BENCH-1' }));
    expect(await services.verifyShare(false)).toEqual({ ...right, agree: right!.agree - 2, differ });
    expect(await services.verifyShare(true)).toEqual({ ...right, agree: right!.agree - 2, differ });
    expect(await services.verifyShare(false)).toEqual(right);
  });

  it('gives the same lines as CSV in the language of the reader, all at once', async () => {
    const query = { ...period, groupBy: 'group', key: 'office-paper' };
    const csv = async (language: string) => {
      const sent = register.world.auditor.get('/api/share/lines').query(query);
      return sent
        .set('Accept', 'text/csv')
        .set('Accept-Language', language)
        .expect(200)
        .expect('Content-Type', /text\/csv/);
    };
    const [vi, en] = [await csv('vi'), await csv('en')];
    expect(vi.text.startsWith('\uFEFFMã cơ quan,')).toBe(true);
    expect(en.text.startsWith('\uFEFFAgency,')).toBe(true);
    const rows = parse<Record<string, string>>(en.text, { bom: true, columns: true });
    const report = JSON.parse(await ask({ ...period, groupBy: 'group' })) as ShareReport;
    const { denominator } = report.groups.find(({ key }) => key === 'office-paper')!.measures.M1;
    const sum = rows.reduce((total, row) => total + BigInt(row['Amount before VAT (VND)']!), 0n);
    expect(String(sum)).toBe(denominator);
  });

  it('shows lines to the own subtree, operator and auditor only', async () => {
    const { world } = register;
    const officer = register.officers[0]!.caller;
    const status = async (caller: Caller, query: object) =>
      (await caller.get('/api/share/lines').query({ ...period, ...query })).status;
    expect(await status(register.app.anyone, {})).toBe(401);
    expect(await status(world.supplier, {})).toBe(403);
    expect(await status(world.certifier, {})).toBe(403);
    expect(await status(officer, { agency: 'BENCH-0' })).toBe(200);
    expect(await status(officer, { agency: 'BENCH-5' })).toBe(200);
    expect(await status(officer, { agency: 'T-UNIT' })).toBe(403);
    expect(await status(officer, { groupBy: 'supplier' })).toBe(403);
    expect(await status(world.operator, { groupBy: 'supplier', key: 'NCC-1' })).toBe(200);
    expect(await status(world.auditor, { key: 'office-paper' })).toBe(400);
    expect(await status(world.auditor, { cursor: 'bm8' })).toBe(400);
    const own = await officer.get('/api/share/lines').query(period).expect(200);
    const named = await officer
      .get('/api/share/lines')
      .query({ ...period, agency: 'BENCH-0' })
      .expect(200);
    expect((own.body as { total: number }).total).toBe((named.body as { total: number }).total);
  });

  it('lets only operator and auditor group by supplier', async () => {
    const query = { ...period, groupBy: 'supplier' };
    await register.app.anyone.get('/api/share').query(query).expect(401);
    await register.world.certifier.get('/api/share').query(query).expect(403);
    const report = JSON.parse(await ask(query)) as ShareReport;
    expect(report.groups.length).toBeGreaterThan(100);
  });

  it('simulates another edition for everybody, a draft for operator and auditor only, with its scope and its levels for tier B', async () => {
    const { world, app } = register;
    const draft = anEdition({
      code: 'TEST-DRAFT',
      effectiveFrom: '2026-01-01',
      entries: [
        {
          group: 'air-conditioner',
          obligation: 'preferred',
          accepts: [{ scheme: 'VN-ENERGY-COMPARATIVE', minLevel: '1' }],
        },
      ],
    });
    await world.operator.post('/api/priority-lists').send(draft).expect(201);
    app.later();
    const query = { ...period, tiers: 'A,B', groupBy: 'group' };
    await app.anyone
      .get('/api/share')
      .query({ ...query, edition: 'TEST-DRAFT' })
      .expect(401);
    await world.officer
      .get('/api/share')
      .query({ ...query, edition: 'TEST-DRAFT' })
      .expect(403);
    await app.anyone
      .get('/api/share')
      .query({ ...query, edition: 'TEST-NONE' })
      .expect(400);
    const published = (
      await app.anyone
        .get('/api/share')
        .query({ ...query, edition: 'TEST-1' })
        .expect(200)
    ).body as ShareReport;
    expect(published).toMatchObject({ simulation: true, editions: ['TEST-1'] });
    const [now, then] = [await ask(query), await ask({ ...query, edition: 'TEST-DRAFT' })].map(
      (text) => JSON.parse(text) as ShareReport,
    );
    expect(now).not.toHaveProperty('simulation');
    expect(then).toMatchObject({ simulation: true, editions: ['TEST-DRAFT'] });
    const group = (report: ShareReport, key: string) => report.groups.find((one) => one.key === key)!.measures;
    expect(group(then!, 'office-paper').M3.numerator).toBe('0');
    expect(group(then!, 'air-conditioner').M3.value).toBe('1.0000');
    expect(BigInt(group(then!, 'air-conditioner').M1.numerator)).toBeGreaterThan(
      BigInt(group(now!, 'air-conditioner').M1.numerator),
    );
  });

  it(`gives byte-equal answers for a question and knownAt before and after ${rounds * writesARound} random later writes, and from cells at any moment the figure of the lines`, async () => {
    const { app } = register;
    const instants = ['2024-06-04T00:00:00Z', '2025-03-01T00:00:00Z', '2025-12-01T00:00:00Z', app.later()];
    const asked = Array.from({ length: 20 }, () => ({ ...someQuestion(random), knownAt: random.pick(instants) }));
    const before: string[] = [];
    for (const query of asked) before.push(await ask(query));
    let green = 0;
    for (let round = 0; round < rounds; round++) {
      for (let write = 0; write < writesARound; write++) await writeSomething(register, random);
      const query = someQuestion(random);
      const now = figures(await ask(query));
      expect(now).not.toHaveProperty('pending');
      expect(now).toEqual(figures(await ask({ ...query, knownAt: app.later() })));
      if (now.measures.M1.numerator !== '0') green += 1;
    }
    expect(green).toBeGreaterThan(rounds / 4);
    const after: string[] = [];
    for (const query of asked) after.push(await ask(query));
    expect(after).toEqual(before);
  }, 400_000);
});
