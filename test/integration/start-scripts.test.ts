// The start scripts' promises: one installer at a time, a dead owner's lock is taken over, no program outlives its launcher.

import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const scripts = new URL('../../scripts/', import.meta.url);

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'utskick-scripts-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('the lock of the start scripts', () => {
  it('lets one of several processes work at a time', async () => {
    await Promise.all(['a', 'b', 'c'].map((name) => ended(holdLock(name))));
    const lines = (await readFile(join(folder, 'log'), 'utf8')).trim().split('\n');
    expect(lines).toHaveLength(6);
    for (const [at, line] of lines.entries()) {
      if (at % 2 === 0) expect(lines[at + 1]).toBe(line.replace('in', 'out'));
    }
  });

  it('takes over the lock of a process that is dead', async () => {
    const dead = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
    await ended(dead);
    await writeFile(join(folder, 'lock'), `${dead.pid ?? ''}`);
    expect(await ended(holdLock('a'))).toBe(0);
    expect(await readFile(join(folder, 'log'), 'utf8')).toBe('in a\nout a\n');
  });

  /** A process that takes the lock, says "in", gives the others a chance to say so too, and says "out". */
  function holdLock(name: string): ChildProcess {
    return runModule(`
      import { appendFileSync } from 'node:fs';
      import { setTimeout as wait } from 'node:timers/promises';
      import { withLock } from '${new URL('lib/lock.mjs', scripts).href}';
      const log = (text) => appendFileSync(${JSON.stringify(join(folder, 'log'))}, text + ' ${name}\\n');
      await withLock(${JSON.stringify(join(folder, 'lock'))}, () => undefined, async () => {
        log('in');
        await wait(50);
        log('out');
      });
    `);
  }
});

describe.skipIf(process.platform === 'win32')('a program started by the launcher', () => {
  const endless = `process.stdout.write('up'); setTimeout(() => undefined, 60_000);`;

  it('ends when the launcher is killed', async () => {
    const launcher = runModule(`
      import { run } from '${new URL('lib/run.mjs', scripts).href}';
      const args = ['--import', '${new URL('lib/die-with-parent.mjs', scripts).href}', '-e', ${JSON.stringify(endless)}];
      await run(process.execPath, args, {
        env: { ...process.env, UTSKICK_PARENT_PIPE: '3' },
        stdio: ['ignore', 'inherit', 'inherit', 'pipe'],
      });
    `);
    await firstOutput(launcher);
    launcher.kill('SIGKILL');
    // The program holds the launcher's output open, so it closes only when both are gone.
    const [, signal] = await once(launcher, 'close');
    expect(signal).toBe('SIGKILL');
  });

  it('gets the signals that the launcher gets, and its exit code is passed on', async () => {
    const ownEnd = `process.on('SIGTERM', () => process.exit(7)); ${endless}`;
    const launcher = runModule(`
      import { run } from '${new URL('lib/run.mjs', scripts).href}';
      process.exitCode = await run(process.execPath, ['-e', ${JSON.stringify(ownEnd)}]);
    `);
    await firstOutput(launcher);
    launcher.kill('SIGTERM');
    expect(await ended(launcher)).toBe(7);
  });

  async function firstOutput(child: ChildProcess): Promise<void> {
    if (!child.stdout) throw new Error('the child has no output to read');
    await once(child.stdout, 'data');
  }
});

function runModule(code: string): ChildProcess {
  return spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
}

async function ended(child: ChildProcess): Promise<number | null> {
  const [code] = await once(child, 'close');
  return typeof code === 'number' ? code : null;
}
