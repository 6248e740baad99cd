// Running vitest projects in one process and reading its JSON report. What is run when is decided in scripts/test.mjs.

import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { run } from './run.mjs';

/** Folder of a kind of tests under test/: `e2e-browser` is test/e2e/browser. */
export function folderOf(kind) {
  return `test/${kind.replace('e2e-', 'e2e/')}`;
}

/** True when there is at least one test file of this kind. */
export function hasTests(root, kind) {
  const folder = join(root, folderOf(kind));
  if (!existsSync(folder)) return false;
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).some((file) => /\.test\.tsx?$/.test(file));
}

/**
 * Runs these kinds and counts per kind. A run that ends badly without a failed test counts as one failure.
 * @param {string} root
 * @param {{ node: string, env: NodeJS.ProcessEnv }} runtime
 * @param {{ kinds: readonly string[], filter: readonly string[], before?: readonly string[] }} what
 *   `before` is a program and its arguments to run vitest with (a virtual display)
 */
export async function runVitest(root, { node, env }, { kinds, filter, before = [] }) {
  const folder = mkdtempSync(join(tmpdir(), 'utskick-test-'));
  const report = join(folder, 'report.json');
  const [program, ...args] = [
    ...before,
    node,
    join(root, 'node_modules/vitest/vitest.mjs'),
    'run',
    ...kinds.flatMap((kind) => ['--project', kind]),
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...filter,
  ];
  try {
    // Tests start the command line some hundred times: compiled once, it starts in half the time.
    const cached = { ...env, NODE_COMPILE_CACHE: join(folder, 'code') };
    const code = await run(program, args, { cwd: root, env: cached, stdio: ['ignore', 'inherit', 'inherit'] });
    const counts = existsSync(report) ? countReport(root, kinds, JSON.parse(readFileSync(report, 'utf8'))) : [];
    const failed = counts.reduce((sum, count) => sum + count.failed, 0);
    if (code !== 0 && failed === 0) {
      counts.push({ kind: kinds.join(', '), passed: 0, failed: 1, skipped: [], note: `vitest ended with ${code}` });
    }
    return counts;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Counts of each kind; a file that could not be loaded, or a hook that failed, is one failure. */
function countReport(root, kinds, { testResults }) {
  return kinds.map((kind) => {
    const files = testResults.filter((file) =>
      relative(root, file.name).replaceAll('\\', '/').startsWith(folderOf(kind)),
    );
    const tests = files.flatMap((file) => file.assertionResults);
    const broken = files.filter(
      (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
    );
    return {
      kind,
      passed: tests.filter((test) => test.status === 'passed').length,
      failed: tests.filter((test) => test.status === 'failed').length + broken.length,
      skipped: tests.filter((test) => !['passed', 'failed'].includes(test.status)).map((test) => test.fullName),
    };
  });
}
