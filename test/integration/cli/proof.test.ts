// From doubt to proof by the command line, against practice providers that were told to misbehave: their ledgers are the witness.

import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { entryPoints } from '../../../src/main/platform/entry-points.ts';
import { startPracticeProcess } from '../../../src/main/platform/practice-process.ts';
import type { PracticeProcess } from '../../../src/main/platform/practice-process.ts';
import type { UnknownEntry } from '../../../src/shared/schema/delivery.ts';
import { temporaryFolder, utskick } from '../../support/cli.ts';
import type { CommandEnd } from '../../support/cli.ts';
import { readPdf } from '../../support/pdf-text.ts';

// Every command is a process of its own.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const folder = temporaryFolder();
const data = join(folder, 'data');
let practice: PracticeProcess;
let batchId = '';

function run(...args: string[]): Promise<CommandEnd> {
  return utskick([...args, '--data', data], { PRACTICE_PASSWORD: practice.endpoints.sftp.password });
}

async function ok(...args: string[]): Promise<string> {
  const ended = await run(...args);
  expect(ended.code, `${args.join(' ')}: ${ended.stderr}${ended.stdout}`).toBe(0);
  return ended.stdout;
}

async function unknown(): Promise<readonly UnknownEntry[]> {
  const { stdout } = await run('unknown', '--json');
  return (JSON.parse(stdout) as { unknown: UnknownEntry[] }).unknown;
}

/** How often the providers took each invoice. */
function taken(): ReadonlyMap<string, number> {
  const { smtp, sftp } = practice.endpoints.ledgers;
  const counts = new Map<string, number>();
  for (const file of [smtp, sftp].filter((path) => existsSync(path)))
    for (const line of readFileSync(file, 'utf8').split('\n').filter(Boolean)) {
      const { event, invoiceNumber } = JSON.parse(line) as { event: string; invoiceNumber: string | null };
      if (invoiceNumber !== null && (event === 'accepted' || event === 'stored'))
        counts.set(invoiceNumber, (counts.get(invoiceNumber) ?? 0) + 1);
    }
  return counts;
}

beforeAll(async () => {
  practice = await startPracticeProcess({ entry: entryPoints().practice, dir: join(folder, 'practice') });
  const { smtp, sftp } = practice.endpoints;
  const file = join(folder, 'batch.xml');
  expect((await utskick(['sample', '--invoices', '12', '--errors', '2', '--seed', '5', '--out', file])).code).toBe(0);
  const imported = JSON.parse(await ok('import', file, '--json')) as { batches: { batchId: string }[] };
  batchId = imported.batches[0]?.batchId ?? '';
  const login = ['--password-env', 'PRACTICE_PASSWORD'];
  const mail = ['--host', smtp.host, '--port', String(smtp.port), '--tls', 'none', '--user', smtp.user, ...login];
  await ok('connection', 'add', 'email', '--name', 'mail', ...mail, '--from', 'faktura@example.com');
  const print = ['--host', sftp.host, '--port', String(sftp.port), '--user', sftp.user, ...login, '--path', '/'];
  await ok('connection', 'add', 'sftp', '--name', 'print', ...print, '--host-key', sftp.hostKey);
});

afterAll(async () => {
  await practice.stop();
});

describe('utskick unknown, settle, timeline and proof', () => {
  it('looks what a vendor can answer up by itself: nobody has to be asked', async () => {
    await practice.misbehave({ provider: 'sftp', mode: 'cut', phase: 'after-rename-before-reply', count: 1 });
    await run('release', '--batch', batchId, '--connection', 'print');
    await ok('run');
    expect(await unknown()).toEqual([]);
    expect([...taken().values()]).toEqual(Array(10).fill(1));
  });

  it('lists what e-mail leaves in doubt with what is known, and says that it cannot be looked up', async () => {
    await practice.misbehave({ provider: 'smtp', mode: 'cut', phase: 'after-dot-before-reply', count: 2 });
    await run('release', '--batch', batchId, '--connection', 'mail');
    expect((await run('run')).code).toBe(1);
    const found = await unknown();
    expect(found).toHaveLength(2);
    for (const { delivery } of found)
      expect(delivery).toMatchObject({ channel: 'email', state: 'unknown', lastPhase: 'effect' });
    const asked = await run('unknown', '--look-up', '--json');
    expect(asked.code).toBe(1);
    expect(JSON.parse(asked.stdout)).toMatchObject({
      lookUp: { counts: { notPossible: 2, found: 0, absent: 0 }, left: 0 },
      unknown: [{ lastLookUp: { answer: 'notPossible' } }, { lastLookUp: { answer: 'notPossible' } }],
    });
  });

  it('takes the operator’s word, with a reason, both ways', async () => {
    const [first, second] = (await unknown()).map(({ delivery }) => delivery);
    const settle = (id: number | undefined, ...word: string[]) => run('settle', '--delivery', String(id), ...word);
    expect((await settle(first?.id, '--arrived')).stderr).toContain('--reason is needed');
    expect((await settle(first?.id, '--reason', 'x')).stderr).toContain('--arrived and --not-arrived');
    expect((await settle(first?.id, '--arrived', '--reason', 'Kunden bekräftade')).code).toBe(0);
    expect((await settle(first?.id, '--arrived', '--reason', 'en gång till')).code).toBe(1);
    const before = taken();
    expect((await settle(second?.id, '--not-arrived', '--reason', 'Finns inte i serverns logg')).code).toBe(0);
    await ok('run');
    const after = taken();
    const again = [...after].filter(([number, count]) => count !== before.get(number));
    expect(again).toEqual([[second?.invoiceNumber, (before.get(second?.invoiceNumber ?? '') ?? 0) + 1]]);
    expect(await unknown()).toEqual([]);
    const history = await ok('timeline', '--invoice', first?.invoiceNumber ?? '', '--language', 'sv');
    expect(history).toContain('Bekräftad som framkommen');
    expect(history).toContain('Skäl: Kunden bekräftade');
    expect(history).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d [+-]\d\d:\d\d {2}Importerad från batch\.xml/mu);
  });

  it('keeps each receipt as a file under the hash in its row, and shows it in the timeline', async () => {
    const number = [...taken().keys()][0] ?? '';
    const history = JSON.parse(await ok('timeline', '--invoice', number, '--format', 'json')) as {
      zone: string;
      entries: { at: string; kind: string; facts: Record<string, string | number | null> }[];
    };
    const attempts = history.entries.filter(({ kind }) => kind === 'attempt');
    expect(history.entries.map(({ at }) => at)).toEqual(history.entries.map(({ at }) => at).toSorted());
    const withReceipt = attempts.filter(({ facts }) => facts.receiptSha256 != null);
    expect(withReceipt.length).toBeGreaterThan(0);
    for (const { facts } of withReceipt) {
      const sha256 = String(facts.receiptSha256);
      const bytes = readFileSync(join(data, 'receipts', sha256.slice(0, 2), `${sha256}.json`));
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
      expect(JSON.parse(bytes.toString('utf8'))).toMatchObject({ invoiceNumber: number });
    }
    const csv = await ok('timeline', '--invoice', number, '--format', 'csv');
    expect(csv.startsWith('\uFEFFat;startedAt;zone;')).toBe(true);
    const html = await ok('timeline', '--invoice', number, '--format', 'html', '--language', 'en');
    expect(html).toContain("default-src 'none'");
    expect(html).not.toMatch(/<script|src=|<link/iu);
  });

  it('proves the batch on paper, the same bytes every time, with a list whose hash anyone can make', async () => {
    const [one, two, list] = [join(folder, 'p1.pdf'), join(folder, 'p2.pdf'), join(folder, 'list.csv')];
    const printed = await ok('proof', '--batch', batchId, '--out', one, '--list', list, '--language', 'sv', '--json');
    await ok('proof', '--batch', batchId, '--out', two, '--language', 'sv');
    expect(readFileSync(two).equals(readFileSync(one))).toBe(true);
    const proof = JSON.parse(printed) as { documents: { sha256: string; count: number }; faults: unknown[] };
    expect(proof.faults).toEqual([]);
    expect(readFileSync(list, 'utf8').trimEnd().split('\n')).toHaveLength(proof.documents.count);
    expect(createHash('sha256').update(readFileSync(list)).digest('hex')).toBe(proof.documents.sha256);
    const { text, info } = await readPdf(readFileSync(one));
    expect(info.Title).toBe('Bevis batch.xml');
    expect(text).toContain(proof.documents.sha256);
    expect(text).toMatch(/Skickade 10 .* I karantän 2 .* Summa 12 /u);
    expect(text).toContain('Stämmer: varje läst faktura finns i precis ett läge');
    expect(text).toContain('Angav som framkomna');
  });

  it('says in red what does not add up once rows were lost, and ends with 1', async () => {
    const db = new Database(join(data, 'utskick.db'));
    db.pragma('foreign_keys = OFF');
    db.exec(
      "DELETE FROM invoices WHERE state = 'quarantined' AND ordinal = (SELECT max(ordinal) FROM invoices WHERE state = 'quarantined')",
    );
    db.close();
    const out = join(folder, 'wrong.pdf');
    const ended = await run('proof', '--batch', batchId, '--out', out, '--language', 'en');
    expect(ended.code).toBe(1);
    expect(ended.stdout).toContain('12 invoices were read, but the states are 11 together.');
    const { text } = await readPdf(readFileSync(out));
    expect(text).toContain('Does not add up');
  });

  it('refuses what it cannot know', async () => {
    expect((await run('proof', '--batch', 'nothing')).code).toBe(2);
    expect((await run('timeline', '--invoice', 'nothing')).stderr).toContain('NOT_FOUND');
    expect((await run('settle', '--arrived', '--reason', 'x')).stderr).toContain('--delivery');
    writeFileSync(join(folder, 'not-a-folder'), '');
    expect((await run('proof', '--batch', batchId, '--out', join(folder, 'not-a-folder', 'x.pdf'))).code).toBe(2);
  });
});
