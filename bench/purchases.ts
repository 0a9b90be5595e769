import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import type { ImportMapping, PurchaseImport, PurchaseInput } from '../schemas/types.d.ts';
import { idOf, insertCatalogue } from './catalogue.ts';
import {
  asJson,
  bareWhile,
  benchAgency,
  header,
  interleaved,
  percentile,
  say,
  shown,
  timed,
  withServer,
  type Bench,
} from './measure.ts';

const products = 2000;
const linesAPurchase = 20;
const rounds = 60;
const mapping: ImportMapping = { amountBasis: 'net', amountUnit: 'dong', numberStyle: 'dot' };

/** Recording a purchase of 20 lines, and importing a ledger of so many rows while others go on asking. */
export async function benchPurchases(rows: number): Promise<void> {
  await withServer({ prepare: ({ connection }) => insertCatalogue(connection, products) }, async (bench) => {
    say(`\npurchases of ${linesAPurchase} lines; ${products} products\n`);
    say(header);
    let number = 0;
    for (const [name, path] of [
      ['a preview', '/api/purchases?preview=true'],
      ['recorded', '/api/purchases'],
    ] as const) {
      const send = async () => void (await bench.officer(path, asJson(aPurchase(`DON-${++number}`))));
      say(shown(name, await interleaved(send, bench, { rounds })));
    }
    await benchImport(bench, rows);
  });
}

/** The time of a whole import, of its decisions and sums, and what others wait meanwhile. */
async function benchImport(bench: Bench, rows: number): Promise<void> {
  const form = new FormData();
  form.set('agency', benchAgency);
  form.set('mapping', JSON.stringify(mapping));
  form.set('file', new Blob([aLedger(rows)]), 'ledger.csv');
  const quiet = await bareWhile(bench, delay(3000));
  const loop = monitorEventLoopDelay({ resolution: 1 });
  loop.enable();
  let recorded = 0;
  const job = untilDone(bench, form).then((ms) => (recorded = ms));
  const busy = await bareWhile(bench, job);
  loop.disable();
  const settled = await timed(bench.services.settle);
  say(`\nimport of ${rows} rows\n`);
  say(
    '| recorded in, s | rows a second | then decided and summed in, s | longest hold of the loop, ms | bare answer meanwhile, p95 |',
  );
  say('| --- | --- | --- | --- | --- |');
  const unit = percentile(quiet, 0.5);
  const figures = [
    recorded / 1000,
    rows / (recorded / 1000),
    settled / 1000,
    loop.max / 1e6,
    percentile(busy, 0.95) / unit,
  ];
  say(`| ${figures.map((figure) => figure.toFixed(1)).join(' | ')} |`);
}

async function untilDone({ officer }: Bench, form: FormData): Promise<number> {
  return timed(async () => {
    const { id } = (await officer('/api/purchases/imports', { method: 'POST', body: form })) as PurchaseImport;
    for (;;) {
      const { status } = (await officer(`/api/purchases/imports/${id}`)) as PurchaseImport;
      if (status === 'done') return;
      if (status === 'failed' || status === 'needsMapping') throw new Error(`the import is ${status}`);
      await delay(200);
    }
  });
}

function aPurchase(reference: string): PurchaseInput {
  return {
    agency: benchAgency,
    reference,
    method: 'quotation',
    basisDate: '2026-03-14',
    supplier: { name: 'Nhà bán lẻ (hư cấu)' },
    lines: Array.from({ length: linesAPurchase }, (_, at) => ({
      description: `Dòng ${at} (hư cấu)`,
      product: idOf(at * 2),
      quantity: '10',
      unit: 'C62',
      amountNet: '1000000',
    })),
  };
}

function aLedger(rows: number): string {
  const lines = ['Số hợp đồng;Ngày ký;Nhà cung cấp;Nội dung;Thành tiền'];
  for (let row = 0; row < rows; row++) {
    const contract = Math.floor(row / 2);
    const day = `${(contract % 28) + 1}/${(contract % 12) + 1}/${2023 + (contract % 3)}`;
    lines.push(`HD-${contract};${day};Nhà bán lẻ ${contract % 97} (hư cấu);Giấy in ${row} (hư cấu);${1000 + row}`);
  }
  return lines.join('\r\n');
}
