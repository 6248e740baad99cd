// Runs the benchmarks one after the other, each in a process of its own: `npm run bench` or `npm run bench -- pdf sftp`. Options such as
// `npm run bench -- mutations --documents=20000` go to the one benchmark that is named.

import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describeMachine } from './machine.ts';

const folder = import.meta.dirname;
/** Files here that are not benchmarks themselves. */
const helpers = new Set(['main', 'machine']);

function main(given: readonly string[]): number {
  const wanted = given.filter((argument) => !argument.startsWith('--'));
  const options = given.filter((argument) => argument.startsWith('--'));
  if (options.length > 0 && wanted.length !== 1) {
    console.error('Options belong to one benchmark: name it.');
    return 2;
  }
  const known = readdirSync(folder)
    .filter((file) => file.endsWith('.ts'))
    .map((file) => basename(file, '.ts'))
    .filter((name) => !helpers.has(name) && !name.startsWith('_'))
    .sort();
  const unknown = wanted.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    console.error(`There is no benchmark ${unknown.join(', ')}. There are: ${known.join(', ')}.`);
    return 2;
  }
  console.log(describeMachine());
  const failed = (wanted.length === 0 ? known : wanted).filter((name) => {
    console.log(`\n== ${name}`);
    return (
      spawnSync(process.execPath, ['--expose-gc', join(folder, `${name}.ts`), ...options], { stdio: 'inherit' })
        .status !== 0
    );
  });
  if (failed.length > 0) console.error(`\nFailed: ${failed.join(', ')}`);
  return failed.length === 0 ? 0 : 1;
}

process.exitCode = main(process.argv.slice(2));
