// A real SSH agent for tests, in a folder of its own. Says why where there is none.

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A running agent. */
export interface TestAgent {
  readonly socket: string;
  readonly add: (keyPath: string) => void;
  readonly stop: () => Promise<void>;
}

/** True where OpenSSH's agent and its client are installed. */
export function hasAgent(): boolean {
  return ['ssh-agent', 'ssh-add'].every((name) => spawnSync('which', [name]).status === 0);
}

/** Starts an agent without keys. */
export async function startAgent(): Promise<TestAgent> {
  const dir = await mkdtemp(join(tmpdir(), 'utskick-agent-'));
  const socket = join(dir, 'agent');
  const child = spawn('ssh-agent', ['-D', '-a', socket], { stdio: 'ignore' });
  while (!existsSync(socket)) {
    if (child.exitCode !== null) throw new Error('ssh-agent ended');
    await new Promise(setImmediate);
  }
  return {
    socket,
    add: (keyPath) => {
      const run = spawnSync('ssh-add', ['-q', keyPath], {
        env: { ...process.env, SSH_AUTH_SOCK: socket },
        encoding: 'utf8',
      });
      if (run.status !== 0) throw new Error(run.stderr);
    },
    stop: async () => {
      const ended = once(child, 'exit');
      child.kill();
      await ended;
      await rm(dir, { recursive: true, force: true });
    },
  };
}
