import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ImportMapping, PurchaseImport, ShareReport } from '../../schemas/types.d.ts';
import { startServer, xanh, type RunningServer } from '../support/server.ts';

const rows = Number(process.env['XANH_IMPORT_ROWS'] ?? 100_000);
const kills = 5;
const mapping: ImportMapping = { amountBasis: 'net', amountUnit: 'dong', numberStyle: 'dot' };

/** A ledger of one-line and two-line purchases over three years, and the sum of its amounts. */
function aLedger(): { text: string; sum: bigint; purchases: number } {
  const lines = ['Số hợp đồng;Ngày ký;Nhà cung cấp;Nội dung;Thành tiền'];
  const keys = new Set<string>();
  let sum = 0n;
  for (let row = 0; row < rows; row++) {
    // Every tenth row belongs to the purchase of the row 5,000 before it: rows of one key lie far apart.
    const contract = row % 10 === 9 && row > 5000 ? row - 5000 : row;
    const year = 2023 + (contract % 3);
    const amount = BigInt((row * 7919) % 90_000_000) + 1000n;
    sum += amount;
    keys.add(String(contract));
    lines.push(
      `HD-${contract};${(contract % 28) + 1}/${(contract % 12) + 1}/${year};Nhà bán lẻ ${contract % 97} (hư cấu);Giấy in ${row};${amount.toLocaleString('de-DE')}`,
    );
  }
  return { text: lines.join('\r\n'), sum, purchases: keys.size };
}

describe('import of a large ledger', () => {
  let folder: string;
  let environment: Record<string, string>;
  let server: RunningServer;
  let officer: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'xanh-import-'));
    environment = { XANH_DATA: folder, XANH_DEMO: '0' };
    server = await startServer(environment);
    officer = await xanh(['key', 'create', '--role', 'officer', '--org', 'BCT'], environment);
  }, 120_000);
  afterAll(async () => {
    await server?.end('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  });

  it(`of ${rows} rows, killed five times in the middle and resumed, loses and doubles nothing`, async () => {
    const { text, sum, purchases } = aLedger();
    const begun = performance.now();
    const { id } = await send(text, { name: 'large.csv', mapping });
    for (let kill = 0; kill < kills; kill++) {
      await untilMoved(id);
      await pause(Math.random() * 1500);
      await server?.end('SIGKILL');
      server = await startServer(environment);
    }
    const job = await untilFinished(id);
    console.log(`${rows} rows, ${kills} kills: ${((performance.now() - begun) / 1000).toFixed(0)} s`);
    expect(job).toMatchObject({
      status: 'done',
      totals: { rows, good: rows, bad: 0, alreadyThere: 0, purchases, lines: rows, sum: String(sum) },
    });
    const share = await settledShare();
    expect([share.lines, share.measures.M1.denominator]).toEqual([rows, String(sum)]);

    const again = await untilFinished((await send(text, { name: 'again.csv', mapping })).id);
    expect(again.totals).toMatchObject({ good: 0, bad: 0, alreadyThere: rows });
    expect((await settledShare()).lines).toBe(rows);
  }, 3_600_000);

  async function send(
    text: string,
    { name, mapping: given }: { name: string; mapping: ImportMapping },
  ): Promise<PurchaseImport> {
    const form = new FormData();
    form.set('agency', 'BCT');
    form.set('mapping', JSON.stringify(given));
    form.set('file', new Blob([text]), name);
    const answer = await fetch(`${server.address}/api/purchases/imports`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${officer}` },
      body: form,
    });
    expect(answer.status).toBe(202);
    return (await answer.json()) as PurchaseImport;
  }

  async function get(path: string): Promise<unknown> {
    const answer = await fetch(`${server.address}/api/${path}`, { headers: { Authorization: `Bearer ${officer}` } });
    expect([path, answer.status]).toEqual([path, 200]);
    return answer.json();
  }

  /** The share of the ledger's years, once everything recorded is worked in. */
  async function settledShare(): Promise<ShareReport> {
    for (;;) {
      const share = (await get('share?from=2023-01-01&to=2025-12-31&agency=BCT')) as ShareReport;
      if (share.pending !== true) return share;
      await pause(500);
    }
  }

  async function jobOf(id: string): Promise<PurchaseImport> {
    return (await get(`purchases/imports/${id}`)) as PurchaseImport;
  }

  /** Until it has done something since this was called. */
  async function untilMoved(id: string): Promise<void> {
    const place = ({ status, progress }: PurchaseImport) => `${status} ${progress.done}`;
    const before = place(await jobOf(id));
    for (;;) {
      const job = await jobOf(id);
      if (place(job) !== before && job.status !== 'queued') return;
      if (job.status === 'done') throw new Error('done before it was killed often enough: take more rows');
      await pause(100);
    }
  }

  async function untilFinished(id: string): Promise<PurchaseImport> {
    for (;;) {
      const job = await jobOf(id);
      if (['done', 'failed', 'needsMapping'].includes(job.status)) return job;
      await pause(500);
    }
  }
});

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
