// One vitest project per kind of test, so that a kind can be run alone. No test setup that hides what a test does.

import { defineConfig } from 'vitest/config';
import { BaseSequencer } from 'vitest/node';
import type { TestSpecification } from 'vitest/node';

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

/** What takes longest begins first, so that no worker is left alone with it at the end. */
const longestFirst = ['test/crash/', 'test/integration/cli/', 'test/property/'];

class LongestFirst extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const at = longestFirst.findIndex((folder) => moduleId.includes(folder));
      return at === -1 ? longestFirst.length : at;
    };
    return Promise.resolve(files.toSorted((a, b) => rank(a) - rank(b) || a.moduleId.localeCompare(b.moduleId)));
  }
}

export default defineConfig({
  test: {
    passWithNoTests: true,
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
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
