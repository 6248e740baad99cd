// One vitest project per kind of test, so that a kind can be run alone. No test setup that hides what a test does.

import { defineConfig } from 'vitest/config';

const oneAfterAnother = { fileParallelism: false, testTimeout: 120_000, hookTimeout: 120_000 };

/** Folder under test/ → how patient the runner is. Crash and e2e kinds start whole processes, so never two at once. */
const kinds = {
  unit: { testTimeout: 20_000 },
  property: { testTimeout: 120_000 },
  contract: { testTimeout: 60_000 },
  integration: { testTimeout: 60_000, hookTimeout: 60_000 },
  migration: { testTimeout: 30_000 },
  crash: { testTimeout: 600_000, hookTimeout: 120_000 },
  'e2e-browser': oneAfterAnother,
  'e2e-electron': oneAfterAnother,
};

export default defineConfig({
  test: {
    passWithNoTests: true,
    maxWorkers: 2,
    projects: Object.entries(kinds).map(([name, patience]) => ({
      test: {
        name,
        include: [`test/${name.replace('e2e-', 'e2e/')}/**/*.test.{ts,tsx}`],
        pool: 'forks' as const,
        environment: 'node',
        ...patience,
      },
    })),
  },
});
