import { benchRegister } from './register.ts';
import { benchStart } from './start.ts';

await benchStart();
for (const products of [2000, 20_000]) await benchRegister(products);
