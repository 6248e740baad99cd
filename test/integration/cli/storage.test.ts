// verify, backup, restore and audit on the command line, over a real data folder.

import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { temporaryFolder, utskick } from '../../support/cli.ts';

const folder = temporaryFolder();
/** Each command is a process of its own, and a busy machine takes seconds to start one. */
const patienceMs = 240_000;
const data = join(folder, 'data');

interface Verified {
  readonly isSound: boolean;
  readonly checked: Readonly<Record<string, number>>;
  readonly findings: readonly { readonly part: string; readonly code: string; readonly detail: string }[];
}

async function verify(): Promise<{ readonly code: number | null; readonly report: Verified }> {
  const ran = await utskick(['verify', '--data', data, '--json']);
  return { code: ran.code, report: JSON.parse(ran.stdout) as Verified };
}

beforeAll(async () => {
  const file = join(folder, 'batch.xml');
  expect((await utskick(['sample', '--invoices', '20', '--errors', '2', '--seed', '4', '--out', file])).code).toBe(0);
  expect((await utskick(['import', file, '--data', data])).code).toBe(0);
}, patienceMs);

test(
  'verify finds a sound folder sound, and a changed or missing source by name',
  async () => {
    const sound = await verify();
    expect(sound).toMatchObject({ code: 0, report: { isSound: true, checked: { batches: 1, sources: 1 } } });
    const [shelf] = readdirSync(join(data, 'sources')).filter((name) => name.length === 2);
    const [name] = readdirSync(join(data, 'sources', shelf ?? ''));
    const path = join(data, 'sources', shelf ?? '', name ?? '');
    const bytes = readFileSync(path);
    writeFileSync(path, Buffer.concat([bytes, Buffer.from(' ')]));
    expect(await verify()).toMatchObject({ code: 1, report: { findings: [{ part: 'sources', code: 'changed' }] } });
    rmSync(path);
    expect(await verify()).toMatchObject({ code: 1, report: { findings: [{ part: 'sources', code: 'missing' }] } });
    writeFileSync(path, bytes);
    expect((await verify()).code).toBe(0);
  },
  patienceMs,
);

test(
  'a damaged database is refused with the copy that can be restored, and restored from it',
  async () => {
    expect((await utskick(['restore', '--data', data])).code).toBe(2);
    const made = await utskick(['backup', '--data', data, '--json']);
    expect(made.code, made.stderr).toBe(0);
    const { name } = JSON.parse(made.stdout) as { readonly name: string };
    writeFileSync(join(data, 'utskick.db'), 'scrap');
    const refused = await utskick(['status', '--data', data]);
    expect(refused.code).toBe(3);
    expect(refused.stderr).toContain(name);
    expect((await verify()).report.findings[0]).toMatchObject({ part: 'database', code: 'damaged' });
    const restored = await utskick(['restore', '--data', data, '--json']);
    expect(restored.code, restored.stderr).toBe(0);
    expect(JSON.parse(restored.stdout)).toMatchObject({ copy: name, unknown: 0, notInCopy: 0 });
    expect((await verify()).code).toBe(0);
    const listed = await utskick(['restore', '--list', '--data', data, '--json']);
    expect((JSON.parse(listed.stdout) as { copies: { kind: string }[] }).copies.map(({ kind }) => kind)).toEqual([
      'damaged',
      'byHand',
    ]);
  },
  patienceMs,
);

test(
  'audit writes JSON lines whose hashes can be computed again, and a table',
  async () => {
    const lines = (await utskick(['audit', '--data', data])).stdout.trim().split('\n');
    const entries = lines.map((line) => JSON.parse(line) as { action: string; hash: string; sealed: string });
    expect(entries.map(({ action }) => action)).toEqual(['import', 'restore']);
    for (const { hash, sealed } of entries) expect(createHash('sha256').update(sealed).digest('hex')).toBe(hash);
    const table = await utskick(['audit', '--data', data, '--format', 'csv']);
    expect(table.stdout).toContain('Säkerhetskopia återställd');
    expect((await utskick(['audit', '--data', data, '--format', 'xml'])).code).toBe(2);
  },
  patienceMs,
);
