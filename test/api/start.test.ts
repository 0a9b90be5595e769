import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startServer, xanh } from '../support/server.ts';

describe('the server as one starts it', () => {
  let folder: string;
  let environment: Record<string, string>;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'xanh-start-'));
    environment = { XANH_DATA: join(folder, 'another/disk'), XANH_DEMO: '0' };
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('begins an empty store with reference data, prints one address, and ends cleanly on Ctrl-C', async () => {
    const server = await startServer(environment);
    expect((await fetch(`${server.address}/api/health`)).status).toBe(200);
    expect(await (await fetch(`${server.address}/api/groups?limit=1`)).json()).toMatchObject({
      total: expect.any(Number),
    });
    expect(await (await fetch(`${server.address}/`)).text()).toContain('<div id="root">');
    expect(await (await fetch(`${server.address}/products/abc`)).text()).toContain('<div id="root">');
    expect(server.printed().match(/http:/g)).toHaveLength(1);
    expect(await server.end('SIGINT')).toBe(0);
  }, 120_000);

  it('makes keys by the command line while it runs and while it does not, and says which port is taken', async () => {
    const before = await xanh(['key', 'create', '--role', 'operator'], environment);
    expect(before).toMatch(/^xanh_[0-9a-f]{24}_[A-Za-z0-9_-]{43}$/);
    const server = await startServer(environment);
    const during = await xanh(['key', 'create', '--role', 'officer', '--org', 'BTC'], environment);
    const me = async (key: string) =>
      (await fetch(`${server.address}/api/me`, { headers: { Authorization: `Bearer ${key}` } })).json();
    expect(await me(before)).toMatchObject({ actor: { role: 'operator' } });
    expect(await me(during)).toMatchObject({ actor: { role: 'officer', org: 'BTC' } });
    expect(await xanh(['store', 'uri'], environment)).toMatch(/^mongodb:\/\//);
    const { port } = new URL(server.address);
    await expect(startServer({ XANH_DATA: join(folder, 'second'), XANH_DEMO: '0', PORT: port })).rejects.toThrow(
      new RegExp(`Port ${port} is taken`),
    );
    expect(await server.end('SIGTERM')).toBe(0);
    await expect(xanh(['store', 'uri'], environment)).rejects.toMatchObject({
      stderr: expect.stringContaining('npm start'),
    });
    await expect(xanh(['key', 'create', '--role', 'king'], environment)).rejects.toMatchObject({
      stderr: expect.stringContaining('usage'),
    });
    await expect(xanh(['key', 'create', '--role', 'officer', '--org', 'NOBODY'], environment)).rejects.toMatchObject({
      code: 1,
    });
  }, 120_000);

  it('says which variable is not right', async () => {
    await expect(startServer({ ...environment, PORT: 'abc' })).rejects.toThrow(/PORT/);
  }, 120_000);

  it('keeps its data to its owner', async () => {
    expect((await stat(join(environment['XANH_DATA']!, 'store'))).mode & 0o077).toBe(0);
  });
});
