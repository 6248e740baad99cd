// `node scripts/run.mjs TOOL ARGS`: a development tool under the project's Node and packages. Used by package.json.

import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { bootstrap, main, root } from './bootstrap.mjs';
import { run } from './lib/run.mjs';

/** Package of a tool whose name differs from its package's. */
const packageOf = { tsc: 'typescript', depcruise: 'dependency-cruiser' };

await main(async () => {
  const [tool, ...args] = process.argv.slice(2);
  if (!tool) throw new Error('usage: node scripts/run.mjs TOOL [ARGS]');
  const { node, env } = await bootstrap();
  return run(node, tool === 'node' ? args : [scriptOf(tool), ...args], { cwd: root, env });
});

/** The script behind a tool's name: no shell, and the same on every platform. */
function scriptOf(tool) {
  const manifest = join(root, 'node_modules', packageOf[tool] ?? tool, 'package.json');
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8'));
  return join(dirname(manifest), typeof bin === 'string' ? bin : bin[tool]);
}
