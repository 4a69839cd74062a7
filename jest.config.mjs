import { readFileSync } from 'node:fs';

const swc = JSON.parse(readFileSync(new URL('./.swcrc', import.meta.url), 'utf8'));
delete swc.exclude; // the build leaves specs out; the runner needs them

const common = {
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  transform: { '^.+\\.tsx?$': ['@swc/jest', { ...swc, swcrc: false }] },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  testEnvironment: 'node',
  setupFiles: ['<rootDir>/test/support/setup.ts'],
};

/** Three tiers, named by what is real in them: nothing but the code; servers; a whole started program. */
export default {
  maxWorkers: 2,
  // A limit for what hangs, not a measure: servers start and programs run in these tests, on machines that do other work too.
  testTimeout: 180_000,
  projects: [
    { ...common, displayName: 'pure', testMatch: ['<rootDir>/src/**/*.spec.ts', '<rootDir>/test/pure/**/*.test.ts'] },
    {
      ...common,
      displayName: 'servers',
      testMatch: ['<rootDir>/test/servers/**/*.test.ts'],
      globalSetup: '<rootDir>/test/support/servers-up.mjs',
      globalTeardown: '<rootDir>/test/support/servers-down.mjs',
    },
    {
      ...common,
      displayName: 'whole',
      testMatch: ['<rootDir>/test/whole/**/*.test.ts'],
    },
  ],
};
