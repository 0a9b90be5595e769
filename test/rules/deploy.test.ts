import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { dayOf, systemClock } from '../../server/core/clock.ts';
import { readConfig } from '../../server/core/config.ts';
import config from '../../schemas/config.json' with { type: 'json' };

const read = (file: string) => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
const known = Object.keys(config.properties);

describe('the production files', () => {
  it('set no variable of the application that the server does not read', () => {
    const [, environment = ''] =
      /^ {2}xanh:\n[\s\S]*?^ {4}environment:\n((?: {6}.*\n)+)/m.exec(read('compose.yaml')) ?? [];
    const inCompose = [...environment.matchAll(/^ {6}(\w+):/gm)].map(([, name]) => name ?? '');
    const inImage = [...read('Dockerfile').matchAll(/\b([A-Z_]+)=/g)].map(([, name]) => name ?? '');
    expect(inCompose).toEqual(expect.arrayContaining(['MONGODB_URI', 'MEILI_URL', 'MEILI_KEY']));
    expect(inImage).toEqual(expect.arrayContaining(['HOST', 'XANH_DATA']));
    expect([...inCompose, ...inImage].filter((name) => !known.includes(name))).toEqual([]);
  });

  it('run the server as an unprivileged user, and publish it to this machine alone', () => {
    expect(read('Dockerfile')).toMatch(/^USER node$/m);
    expect(read('compose.yaml')).toMatch(/ports: \['127\.0\.0\.1:3000:3000'\]/);
  });

  it('copy into the image whatever the server imports', () => {
    const copied = [...read('Dockerfile').matchAll(/^COPY (\w+) \.\//gm)].map(([, folder]) => folder);
    expect(copied).toEqual(['schemas', 'server', 'seed', 'client']);
    const ignored = read('.dockerignore');
    for (const folder of copied) expect(ignored).toContain(`!${folder}`);
  });

  it('explain every variable of the environment', () => {
    const documents = read('docs/deploy.md') + read('README.md');
    expect(known.filter((name) => !documents.includes(name) && name !== 'NODE_ENV' && name !== 'XANH_TODAY')).toEqual(
      [],
    );
  });
});

describe('the environment', () => {
  it('has the defaults of one machine: port 3000 on the loopback address, data beside the program', () => {
    expect(readConfig({})).toEqual({ PORT: 3000, HOST: '127.0.0.1', XANH_DATA: './data', LOG_LEVEL: 'info' });
    expect(readConfig({ PORT: '8080', XANH_DEMO: '', MONGODB_URI: 'mongodb://h/x' })).toMatchObject({
      PORT: 8080,
      MONGODB_URI: 'mongodb://h/x',
    });
    for (const wrong of [{ PORT: 'many' }, { XANH_DEMO: 'yes' }, { XANH_TODAY: '14.3.2026' }])
      expect(() => readConfig(wrong)).toThrow('INVALID_QUERY');
  });

  it('moves the day that counts as today by XANH_TODAY, and no instant', () => {
    const clock = systemClock('2026-03-14');
    expect(clock.today()).toBe('2026-03-14');
    expect(Math.abs(Date.parse(clock.now()) - Date.now())).toBeLessThan(60_000);
    expect(systemClock().today()).toBe(dayOf(new Date().toISOString()));
  });
});
