#!/usr/bin/env node
// The command line from a checkout: installs what is missing, then runs src/main/hosts/cli/main.ts under Node 24.

import { bootstrap, main, root, say } from '../scripts/bootstrap.mjs';
import { build } from '../scripts/lib/build.mjs';
import { becomeCommandLine, launchCommandLine } from '../scripts/lib/launch.mjs';

const args = process.argv.slice(2);

await main(async () => {
  const runtime = await bootstrap();
  if (args[0] === 'serve') await buildWindow(runtime);
  if (runtime.node !== process.execPath) return launchCommandLine(runtime, args);
  process.env.UTSKICK_NODE = runtime.node;
  await becomeCommandLine(args);
  return process.exitCode;
});

/** The web host serves the built window. */
async function buildWindow(runtime) {
  const { code, output } = await build(root, runtime, say);
  if (code !== 0) throw new Error(`the build failed:\n${output}`);
}
