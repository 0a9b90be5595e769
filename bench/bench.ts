import { parseArgs } from 'node:util';
import { benchRegister } from './register.ts';
import { benchPurchases } from './purchases.ts';
import { benchShare } from './share.ts';
import { benchStart } from './start.ts';
import { benchStore } from './store.ts';

// `npm run bench -- share 100000`, `products 20000`, `store`: that part alone, at such sizes. With `--keep <folder>` the data of
// the share and of the store stays there, and the next run finds it.
const { values, positionals } = parseArgs({ options: { keep: { type: 'string' } }, allowPositionals: true });
const [part, ...asked] = positionals;
const sizesOf = (usual: number[]): number[] => (asked.length > 0 ? asked.map(Number) : usual);
const parts: Record<string, () => Promise<void>> = {
  store: () => benchStore(values.keep),
  start: () => benchStart(),
  products: () => each(sizesOf([2000, 20_000]), benchRegister),
  purchases: () => each(sizesOf([100_000]), benchPurchases),
  share: () => each(sizesOf([5000, 100_000, 1_000_000]), (lines) => benchShare(lines, values.keep)),
};

async function each(sizes: number[], measure: (size: number) => Promise<void>): Promise<void> {
  for (const size of sizes) await measure(size);
}

if (part !== undefined && !parts[part]) throw new Error(`There is no part ${part}: ${Object.keys(parts).join(', ')}.`);
for (const [name, measure] of Object.entries(parts)) if (part === undefined || part === name) await measure();
