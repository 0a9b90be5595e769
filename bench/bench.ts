import { benchRegister } from './register.ts';
import { benchPurchases } from './purchases.ts';
import { benchShare } from './share.ts';
import { benchStart } from './start.ts';

// `npm run bench -- 100000`: the share at so many lines, and nothing else.
const sizes = process.argv.slice(2).map(Number);
if (sizes.length === 0) {
  await benchStart();
  for (const products of [2000, 20_000]) await benchRegister(products);
  await benchPurchases(100_000);
}
for (const lines of sizes.length > 0 ? sizes : [5000, 100_000, 1_000_000]) await benchShare(lines);
