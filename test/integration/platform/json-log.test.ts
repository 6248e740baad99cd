// The log file: masked lines, bounded size, and no program that fails for want of it.

import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createJsonLog } from '../../../src/main/platform/json-log.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'utskick-log-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function lines(): Promise<readonly Record<string, unknown>[]> {
  const text = await readFile(join(folder, 'logs/utskick.log'), 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('the log', () => {
  it('writes one JSON line at once, with level, time, program and facts', async () => {
    createJsonLog({ folder }).warn('the server was slow', { tookMs: 1_200 });
    expect(await lines()).toMatchObject([
      { level: 40, msg: 'the server was slow', tookMs: 1_200, program: 'utskick', pid: process.pid },
    ]);
  });

  it('masks people and leaves secrets out', async () => {
    createJsonLog({ folder }).error('refused for anna@example.com', {
      personalNumber: '850709-9805',
      password: 'hunter2',
      error: new Error('kari@example.no'),
    });
    expect(JSON.stringify(await lines())).not.toMatch(/anna|850709|hunter2|kari/u);
  });

  it('keeps a line break in a message from making a second line', async () => {
    createJsonLog({ folder }).info('one\n{"level":60}');
    expect(await lines()).toHaveLength(1);
  });

  it('goes on in the same file, and puts a large one aside', async () => {
    await mkdir(join(folder, 'logs'));
    await writeFile(join(folder, 'logs/utskick.log'), 'x'.repeat(6 * 1024 * 1024));
    createJsonLog({ folder }).info('new');
    createJsonLog({ folder }).info('newer');
    expect(await lines()).toHaveLength(2);
    expect((await readdir(join(folder, 'logs'))).sort()).toEqual(['utskick.log', 'utskick.old.log']);
  });

  it('says once where it goes when the folder cannot be written, and the program goes on', async () => {
    const file = join(folder, 'a-file');
    await writeFile(file, '');
    const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    try {
      createJsonLog({ folder: file });
      expect(said).toHaveBeenCalledOnce();
    } finally {
      said.mockRestore();
    }
  });
});
