import { fileURLToPath } from 'node:url';

const rootDir = fileURLToPath(new URL('..', import.meta.url));
const common = {
  rootDir,
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  transform: {
    '\\.tsx?$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2023',
          parser: { syntax: 'typescript', tsx: true },
          transform: { react: { runtime: 'automatic' } },
          experimental: { keepImportAttributes: true },
        },
      },
    ],
  },
};

/** The tests of one folder. */
function project(folder, more = {}) {
  return { ...common, displayName: folder, testMatch: [`<rootDir>/test/${folder}/**/*.test.{ts,tsx}`], ...more };
}

const withClient = { globalSetup: '<rootDir>/test/support/build-client.mjs' };

export default {
  rootDir,
  testTimeout: 30_000,
  testSequencer: '<rootDir>/test/sequencer.mjs',
  projects: [
    project('rules'),
    project('store'),
    project('search'),
    project('api', withClient),
    project('client', {
      testEnvironment: 'jsdom',
      moduleNameMapper: { '\\.css$': '<rootDir>/test/support/empty.ts' },
    }),
    project('browser', withClient),
    project('long', withClient),
    project('crash'),
  ],
};
