// One host at a time over one data root, with real processes.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lockInstance } from '../../../src/main/platform/instance-lock.ts';

let root = '';
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'utskick-lock-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

/** A process that holds the lock until it is killed. */
async function holder() {
  const script = `
    const { lockInstance } = await import(${JSON.stringify(new URL('../../../src/main/platform/instance-lock.ts', import.meta.url).href)});
    const lock = await lockInstance(${JSON.stringify(root)}, 'the other one');
    console.log(lock.ok);
    setInterval(() => undefined, 1000);
  `;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [answer] = await once(child.stdout, 'data');
  expect(String(answer).trim()).toBe('true');
  return child;
}

/** Asks for the lock after some turns of the event loop, so that comers meet at every step of each other. */
async function comeAfter(turns: number) {
  for (let turn = 0; turn < turns; turn += 1) await setImmediate();
  return lockInstance(root, 'one of many');
}

describe('the lock of a data root', () => {
  it('is refused while another process has it, which is named', async () => {
    const other = await holder();
    try {
      expect(await lockInstance(root, 'me')).toMatchObject({
        ok: false,
        error: { code: 'STORE_BUSY', details: { holder: 'the other one' } },
      });
    } finally {
      other.kill('SIGKILL');
      await once(other, 'exit');
    }
  });

  it('is free again when its holder was killed', async () => {
    const other = await holder();
    other.kill('SIGKILL');
    await once(other, 'exit');
    const lock = await lockInstance(root, 'me');
    expect(lock.ok).toBe(true);
    if (lock.ok) await lock.value.release();
  });

  it('is taken by one of many that come within a moment of each other after its holder was killed', async () => {
    for (let round = 0; round < 4; round += 1) {
      const other = await holder();
      other.kill('SIGKILL');
      await once(other, 'exit');
      const locks = await Promise.all(Array.from({ length: 8 }, (_, at) => comeAfter(at * 2)));
      const taken = locks.filter((lock) => lock.ok);
      expect(taken).toHaveLength(1);
      for (const lock of taken) await lock.value.release();
    }
  });

  it('is free again when it was released', async () => {
    for (const name of ['first', 'second']) {
      const lock = await lockInstance(root, name);
      expect(lock.ok).toBe(true);
      if (lock.ok) await lock.value.release();
    }
  });

  it('is one for each root', async () => {
    const locks = await Promise.all([lockInstance(root, 'a'), lockInstance(join(root, 'b'), 'b')]);
    expect(locks.every((lock) => lock.ok)).toBe(true);
    for (const lock of locks) if (lock.ok) await lock.value.release();
  });
});
