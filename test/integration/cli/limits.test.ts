// The limits of a connection on the command line: given, shown, changed, refused, and kept to by a run.

import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder, utskick } from '../../support/cli.ts';

const folder = temporaryFolder();
const data = join(folder, 'data');
const add = [
  'connection',
  'add',
  'email',
  '--host',
  '127.0.0.1',
  '--port',
  '9',
  '--tls',
  'none',
  '--from',
  'f@example.com',
];
/** Each call is a process of its own, slow on a loaded machine. */
const patience = 240_000;
const limits = (...more: string[]) => utskick(['connection', 'limits', 'mail', ...more, '--data', data]);

it(
  'are given, shown, changed and taken away',
  async () => {
    const added = await utskick([...add, '--name', 'mail', '--per-hour', '500', '--data', data]);
    expect(added.code, added.stderr).toBe(0);
    const changed = await limits(
      '--max-size',
      '8M',
      '--open',
      'mon-fri 08:00-17:00',
      '--time-zone',
      'Europe/Stockholm',
    );
    expect(changed.stdout.trim()).toBe(
      'mail: at most 500 in any hour; documents of at most 8 MB; open mon-fri 08:00-17:00; by the clock of Europe/Stockholm.',
    );
    expect((await limits('--per-hour', 'none', '--max-size', 'none', '--open', 'none')).stdout.trim()).toBe(
      'Nothing limits mail.',
    );
  },
  patience,
);

it(
  'that make no sense are refused, and nothing is saved',
  async () => {
    const wrong = await limits('--open', 'weekdays');
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('--open takes days and hours')]);
    const never = await limits('--closed', 'daily 00:00-24:00');
    expect([never.code, never.stderr]).toEqual([2, expect.stringContaining('never opens')]);
    const shown = JSON.parse((await limits('--json')).stdout) as { limits: unknown };
    expect(shown.limits).toEqual({
      rate: { perMinute: null, perHour: null, perDay: null },
      maxDocumentBytes: null,
      hours: null,
    });
  },
  patience,
);

it(
  'keep a run waiting, and the run says for what',
  async () => {
    const file = join(folder, 'batch.xml');
    expect((await utskick(['sample', '--invoices', '3', '--seed', '5', '--out', file])).code).toBe(0);
    const imported = await utskick(['import', file, '--data', data, '--json']);
    const { batches } = JSON.parse(imported.stdout) as { batches: { batchId: string }[] };
    const today = new Date().toISOString().slice(0, 10);
    await limits('--closed', `2026-01-01..${String(Number(today.slice(0, 4)) + 1)}-01-01`, '--time-zone', 'UTC');
    const released = await utskick([
      ...['release', '--batch', batches[0]?.batchId ?? '', '--connection', 'mail', '--data', data],
    ]);
    expect(released.code, released.stderr).toBeLessThan(2);
    const ran = await utskick(['run', '--data', data]);
    expect(ran.stdout).toMatch(/waiting [1-3],/u);
    expect(ran.stderr).toMatch(/mail waits until \d{4}-01-02 \d\d:\d\d: outside its opening hours\./u);
  },
  patience,
);
