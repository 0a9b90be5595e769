import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Services } from '../../server/compose.ts';
import { systemClock } from '../../server/core/clock.ts';
import { openApiDocument } from '../../server/core/openapi.ts';
import { apiOf } from '../../server/routes.ts';

const run = promisify(execFile);
const bin = (name: string) => fileURLToPath(new URL(`../../node_modules/.bin/${name}`, import.meta.url));

/** What somebody outside would write with it; each line is wrong where a type is lost on the way. */
const usage = `
import { getCertificates, getProducts, postPurchases, type Certificate, type PurchaseInput } from './client';

const found = await getProducts({ query: { q: 'giấy in', minPrice: '50000', sort: 'price' } });
const tier: 'A' | 'B' | 'C' | null | undefined = found.data?.items[0]?.tier;
const changed = await getCertificates({ query: { changedSince: '2026-03-01T00:00:00Z', limit: 100 } });
const certificates: Certificate[] = changed.data?.items ?? [];
const purchase = {} as PurchaseInput;
await postPurchases({ body: purchase, query: { preview: true }, headers: { 'Idempotency-Key': 'a' } });
// @ts-expect-error there is no such parameter
await getProducts({ query: { colour: 'green' } });
export { certificates, tier };
`;

describe('a client that is generated from the OpenAPI document', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'xanh-client-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('compiles under strict rules, with every call in it', async () => {
    // What the routes are made of is called by no line of the document.
    const services = new Proxy({}, { get: (): unknown => services }) as Services;
    const { routes } = apiOf(services, { clock: systemClock(), store: 'embedded', isDemo: false });
    await writeFile(join(folder, 'openapi.json'), JSON.stringify(openApiDocument(routes)));
    const input = ['-i', join(folder, 'openapi.json'), '-o', join(folder, 'client'), '-c', '@hey-api/client-fetch'];
    await run(bin('openapi-ts'), [...input, '--no-log-file']);
    await writeFile(join(folder, 'usage.ts'), usage);
    const compilerOptions = {
      strict: true,
      noEmit: true,
      skipLibCheck: true,
      target: 'es2023',
      module: 'esnext',
      moduleResolution: 'bundler',
      lib: ['es2023', 'dom', 'dom.iterable'],
      types: [],
    };
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions }));
    const said = await run(bin('tsc'), ['-p', folder]).catch((error: { stdout: string }) => error);
    expect(said.stdout).toBe('');
    const operations = [...(await readSdk()).matchAll(/^export const \w+ = </gm)];
    expect(operations).toHaveLength(routes.length);
  }, 120_000);

  const readSdk = () => readFile(join(folder, 'client/sdk.gen.ts'), 'utf8');
});
