// The command line from import to delivered, against the practice providers. Their ledgers are the witness.

import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { entryPoints } from '../../../src/main/platform/entry-points.ts';
import { startPracticeProcess } from '../../../src/main/platform/practice-process.ts';
import type { PracticeProcess } from '../../../src/main/platform/practice-process.ts';
import { temporaryFolder, utskick } from '../../support/cli.ts';
import type { LedgerLine } from '../../support/cli.ts';

const invoices = 40;
const folder = temporaryFolder();
const data = join(folder, 'data');
const file = join(folder, 'batch.xml');
let practice: PracticeProcess;
let batchId = '';

interface Status {
  readonly read: number;
  readonly counts: Readonly<Record<string, number>>;
}

async function status(): Promise<Status> {
  const ran = await utskick(['status', '--batch', batchId, '--data', data, '--json']);
  const json = JSON.parse(ran.stdout) as Status;
  expect(Object.values(json.counts).reduce((sum, count) => sum + count, 0)).toBe(json.read);
  return json;
}

function ledger(path: string, event: string): LedgerLine[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as LedgerLine)
    .filter((line) => line.event === event && line.invoiceNumber !== null);
}

beforeAll(async () => {
  practice = await startPracticeProcess({ entry: entryPoints().practice, dir: join(folder, 'practice') });
  expect(
    (await utskick(['sample', '--invoices', String(invoices), '--errors', '3', '--seed', '21', '--out', file])).code,
  ).toBe(0);
});

afterAll(async () => {
  await practice.stop();
});

describe('utskick from import to delivered', () => {
  it('imports, and the receipt adds up', async () => {
    const ran = await utskick(['import', file, '--data', data, '--json']);
    expect(ran.code, ran.stderr).toBe(0);
    const { batches } = JSON.parse(ran.stdout) as {
      batches: {
        batchId: string;
        format: string;
        read: number;
        imported: number;
        quarantined: number;
        skipped: number;
        sha256: string;
      }[];
    };
    const [batch] = batches;
    expect(batch).toMatchObject({
      format: 'GASEL',
      read: invoices,
      imported: invoices - 3,
      quarantined: 3,
      skipped: 0,
    });
    expect(batch?.sha256).toBe(createHash('sha256').update(readFileSync(file)).digest('hex'));
    batchId = batch?.batchId ?? '';
  });

  it('refuses the same file again and names the earlier import', async () => {
    const ran = await utskick(['import', file, '--data', data, '--json']);
    expect(ran.code).toBe(1);
    expect(JSON.parse(ran.stdout)).toMatchObject({
      batches: [],
      refused: [{ code: 'ALREADY_IMPORTED', details: { batchId } }],
    });
  });

  it('keeps a whole batch back in strict mode', async () => {
    const strict = join(folder, 'strict.xml');
    await utskick(['sample', '--invoices', '12', '--errors', '1', '--seed', '22', '--out', strict]);
    const ran = await utskick(['import', strict, '--mode', 'strict', '--data', data, '--json']);
    expect(ran.code).toBe(1);
    expect(JSON.parse(ran.stdout)).toMatchObject({
      batches: [{ state: 'keptBack', read: 12, imported: 0, quarantined: 12, skipped: 0 }],
    });
  });

  it('adds, tests and lists connections without ever printing a password', async () => {
    const { smtp, sftp } = practice.endpoints;
    const env = { PRACTICE_PASSWORD: sftp.password };
    const mail = await utskick(
      [
        'connection',
        'add',
        'email',
        '--name',
        'mail',
        '--host',
        smtp.host,
        '--port',
        String(smtp.port),
        '--tls',
        'none',
        '--user',
        smtp.user,
        '--password-env',
        'PRACTICE_PASSWORD',
        '--from',
        'faktura@example.com',
        '--data',
        data,
      ],
      env,
    );
    expect(mail.code, mail.stderr).toBe(0);
    const print = await utskick(
      [
        'connection',
        'add',
        'sftp',
        '--name',
        'print',
        '--host',
        sftp.host,
        '--port',
        String(sftp.port),
        '--user',
        sftp.user,
        '--password-env',
        'PRACTICE_PASSWORD',
        '--host-key',
        sftp.hostKey,
        '--path',
        '/',
        '--data',
        data,
      ],
      env,
    );
    expect(print.code, print.stderr).toBe(0);
    for (const name of ['mail', 'print']) {
      const tested = await utskick(['connection', 'test', name, '--data', data, '--json'], env);
      expect(tested.code, tested.stdout).toBe(0);
    }
    const listed = await utskick(['connection', 'list', '--data', data, '--json'], env);
    expect(listed.stdout).toContain('"name": "mail"');
    expect(listed.stdout).not.toContain(sftp.password);
  });

  it('refuses a wrong host key and says which key the server shows', async () => {
    const { sftp } = practice.endpoints;
    const wrong = `SHA256:${'A'.repeat(43)}`;
    const env = { PRACTICE_PASSWORD: sftp.password };
    await utskick(
      [
        'connection',
        'add',
        'sftp',
        '--name',
        'wrong',
        '--host',
        sftp.host,
        '--port',
        String(sftp.port),
        '--user',
        sftp.user,
        '--password-env',
        'PRACTICE_PASSWORD',
        '--host-key',
        wrong,
        '--path',
        '/',
        '--data',
        data,
      ],
      env,
    );
    const tested = await utskick(['connection', 'test', 'wrong', '--data', data, '--json'], env);
    expect(tested.code).toBe(1);
    expect(tested.stdout).toContain(sftp.hostKey);
    expect((await utskick(['connection', 'remove', 'wrong', '--data', data], env)).code).toBe(0);
  });

  it('previews the bytes that will be sent', async () => {
    const number = /<ID>(\d+)<\/ID><IssueDate>/u.exec(readFileSync(file, 'utf8'))?.[1] ?? '';
    const out = join(folder, 'one.pdf');
    expect((await utskick(['export-pdf', '--invoice', number, '--out', out, '--data', data])).code).toBe(0);
    expect(readFileSync(out).subarray(0, 5).toString()).toBe('%PDF-');
    expect((await utskick(['export-pdf', '--invoice', 'no-such', '--out', out, '--data', data])).code).toBe(2);
  });

  it('waits in the outbox while the network is down, and goes when it is back', async () => {
    const env = { PRACTICE_PASSWORD: practice.endpoints.sftp.password };
    await practice.setNetwork(false);
    const released = await utskick(
      ['release', '--batch', batchId, '--connection', 'mail', '--data', data, '--json'],
      env,
    );
    const { released: count } = JSON.parse(released.stdout) as { released: number };
    expect(count).toBeGreaterThan(20);
    const offline = await utskick(['run', '--data', data, '--json'], env);
    expect(offline.code, offline.stderr).toBe(1);
    expect((await status()).counts).toMatchObject({ waiting: count, sent: 0, unknown: 0, failed: 0 });

    await practice.setNetwork(true);
    const online = await utskick(['run', '--once', '--data', data, '--json'], env);
    expect(online.code, online.stderr).toBe(0);
    expect((await status()).counts).toMatchObject({ waiting: 0, sent: count, unknown: 0, failed: 0 });
    const accepted = ledger(practice.endpoints.ledgers.smtp, 'accepted');
    expect(accepted).toHaveLength(count);
    expect(new Set(accepted.map((line) => line.invoiceNumber)).size).toBe(count);
  });

  it('releases the rest to the print vendor, with an index of what lies there', async () => {
    const env = { PRACTICE_PASSWORD: practice.endpoints.sftp.password };
    const toPrint = ['release', '--batch', batchId, '--connection', 'print', '--data', data];
    const { ready } = (await status()).counts;
    expect(ready).toBeGreaterThan(0);
    const onlyReady = await utskick([...toPrint, '--only-ready', '--json'], env);
    expect(JSON.parse(onlyReady.stdout)).toMatchObject({ released: ready, alsoElsewhere: 0 });
    expect((await utskick(toPrint, env)).stderr).toContain('the customers get them by both. --only-ready leaves');
    expect((await utskick(['run', '--data', data], env)).code).toBe(0);
    expect((await status()).counts).toMatchObject({ quarantined: 3, sent: invoices - 3, ready: 0 });
    const stored = ledger(practice.endpoints.ledgers.sftp, 'stored');
    expect(new Set(stored.map((line) => line.invoiceNumber)).size).toBe(invoices - 3);
    const vendorFolder = join(folder, 'practice', 'sftp');
    const index = readdirSync(vendorFolder).filter((name) => name.startsWith('index-'));
    expect(index).toHaveLength(1);
    const rows = readFileSync(join(vendorFolder, index[0] ?? ''), 'utf8')
      .trim()
      .split(/\r?\n/u)
      .slice(1);
    expect(rows).toHaveLength(invoices - 3);
    for (const row of rows) {
      const [fileName, sizeBytes, sha256] = row.split(';');
      const bytes = readFileSync(join(vendorFolder, fileName ?? ''));
      expect([String(bytes.byteLength), createHash('sha256').update(bytes).digest('hex')]).toEqual([sizeBytes, sha256]);
    }
  });

  it('sends nothing twice when release and run are repeated', async () => {
    const env = { PRACTICE_PASSWORD: practice.endpoints.sftp.password };
    const before =
      ledger(practice.endpoints.ledgers.smtp, 'accepted').length +
      ledger(practice.endpoints.ledgers.sftp, 'stored').length;
    for (const connection of ['mail', 'print'])
      await utskick(['release', '--batch', batchId, '--connection', connection, '--data', data], env);
    await utskick(['run', '--data', data], env);
    expect(
      ledger(practice.endpoints.ledgers.smtp, 'accepted').length +
        ledger(practice.endpoints.ledgers.sftp, 'stored').length,
    ).toBe(before);
  });

  it('sends a PDF whose text names the invoice, when pdftotext is at hand', ({ skip }) => {
    if (spawnSync('pdftotext', ['-v']).error !== undefined) skip('pdftotext is not installed');
    const vendorFolder = join(folder, 'practice', 'sftp');
    const [line] = ledger(practice.endpoints.ledgers.sftp, 'stored');
    const text = execFileSync('pdftotext', ['-layout', join(vendorFolder, line?.path ?? ''), '-'], {
      encoding: 'utf8',
    });
    expect(text).toContain(line?.invoiceNumber ?? 'an invoice number');
    expect(text).toContain('Att betala');
  });
});
