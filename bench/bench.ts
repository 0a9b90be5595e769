import { parseArgs } from 'node:util';
import { benchRegister } from './register.ts';
import { benchPurchases } from './purchases.ts';
import { benchShare } from './share.ts';
import { benchStart } from './start.ts';

// `npm run bench -- 100000`: the share at so many lines, and nothing else; with `--keep <folder>` its register stays there,
// and the next run finds it.
const { values, positionals } = parseArgs({ options: { keep: { type: 'string' } }, allowPositionals: true });
const sizes = positionals.map(Number);
if (sizes.length === 0) {
  await benchStart();
  for (const products of [2000, 20_000]) await benchRegister(products);
  await benchPurchases(100_000);
}
for (const lines of sizes.length > 0 ? sizes : [5000, 100_000, 1_000_000]) await benchShare(lines, values.keep);
