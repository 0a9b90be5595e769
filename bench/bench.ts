import { parseArgs } from 'node:util';
import { benchRegister } from './register.ts';
import { benchPurchases } from './purchases.ts';
import { benchShare } from './share.ts';
import { benchStart } from './start.ts';
import { benchStore } from './store.ts';

// `npm run bench -- 100000`: the share at so many lines, and nothing else; with `--keep <folder>` its register stays there,
// and the next run finds it. `npm run bench -- store`: the embedded store, and nothing else.
const { values, positionals } = parseArgs({ options: { keep: { type: 'string' } }, allowPositionals: true });
const isStoreOnly = positionals[0] === 'store';
const sizes = isStoreOnly ? [] : positionals.map(Number);
if (isStoreOnly || sizes.length === 0) await benchStore(values.keep);
if (!isStoreOnly && sizes.length === 0) {
  await benchStart();
  for (const products of [2000, 20_000]) await benchRegister(products);
  await benchPurchases(100_000);
}
if (!isStoreOnly)
  for (const lines of sizes.length > 0 ? sizes : [5000, 100_000, 1_000_000]) await benchShare(lines, values.keep);
