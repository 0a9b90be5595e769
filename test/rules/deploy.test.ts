import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
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
