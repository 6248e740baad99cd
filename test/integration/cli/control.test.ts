// Steering deliveries from the command line, against the practice providers. Their ledgers are the witness that nothing is sent twice.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { entryPoints } from '../../../src/main/platform/entry-points.ts';
import { startPracticeProcess } from '../../../src/main/platform/practice-process.ts';
import type { PracticeProcess } from '../../../src/main/platform/practice-process.ts';
import { temporaryFolder, utskick } from '../../support/cli.ts';
import type { CommandEnd, LedgerLine } from '../../support/cli.ts';

const invoices = 16;
const folder = temporaryFolder();
const data = join(folder, 'data');
let practice: PracticeProcess;
let batchId = '';

function run(...args: string[]): Promise<CommandEnd> {
  return utskick([...args, '--data', data], { PRACTICE_PASSWORD: practice.endpoints.sftp.password });
}

async function json(...args: string[]): Promise<Record<string, unknown>> {
  const ran = await run(...args, '--json');
  return JSON.parse(ran.stdout) as Record<string, unknown>;
}

function ledger(path: string): LedgerLine[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as LedgerLine)
    .filter(({ invoiceNumber, event }) => invoiceNumber !== null && (event === 'accepted' || event === 'stored'));
}

const mails = () => ledger(practice.endpoints.ledgers.smtp);
const files = () => ledger(practice.endpoints.ledgers.sftp);

beforeAll(async () => {
  practice = await startPracticeProcess({ entry: entryPoints().practice, dir: join(folder, 'practice') });
  const file = join(folder, 'batch.xml');
  await utskick(['sample', '--invoices', String(invoices), '--errors', '0', '--seed', '5', '--out', file]);
  const imported = await json('import', file);
  batchId = (imported.batches as { batchId: string }[])[0]?.batchId ?? '';
  const { smtp, sftp } = practice.endpoints;
  const mail = ['--host', smtp.host, '--port', String(smtp.port), '--tls', 'none', '--user', smtp.user];
  await run(
    'connection',
    'add',
    'email',
    '--name',
    'mail',
    ...mail,
    '--password-env',
    'PRACTICE_PASSWORD',
    '--from',
    'faktura@example.com',
  );
  const print = ['--host', sftp.host, '--port', String(sftp.port), '--user', sftp.user, '--host-key', sftp.hostKey];
  await run(
    'connection',
    'add',
    'sftp',
    '--name',
    'print',
    ...print,
    '--password-env',
    'PRACTICE_PASSWORD',
    '--path',
    '/',
  );
});

afterAll(async () => {
  await practice.stop();
});

describe('utskick steers deliveries', { timeout: 240_000 }, () => {
  it('sends the first few alone, keeps the rest until it is told, and refuses to go on while they are under way', async () => {
    const released = await run('release', '--batch', batchId, '--connection', 'print', '--first', '3');
    expect(released.code, released.stderr).toBe(0);
    expect(released.stderr).toContain('wait for "utskick trial');
    const early = await run('trial', '--go-on');
    expect(early.code).toBe(1);
    expect(early.stderr).toContain('CONFLICT');
    await run('run');
    expect(files()).toHaveLength(3);
    expect(await json('trial')).toMatchObject({
      trials: [{ firstCount: 3, first: { accepted: 3 }, rest: { count: invoices - 3 }, verdict: 'good' }],
    });
    await run('run');
    expect(files()).toHaveLength(3);
  });

  it('stops: the rest is taken back, and what is sent stays sent', async () => {
    expect(await json('trial', '--stop')).toEqual({ decision: 'stop', changed: invoices - 3 });
    const plan = await run('cancel', '--batch', batchId, '--dry-run');
    expect(plan.code).toBe(1);
    expect(plan.stdout).toContain('3 sent already, and nothing recalls them');
  });

  it('holds, lets go, and waits for a wished time', async () => {
    await run('release', '--batch', batchId, '--connection', 'print', '--only-ready', '--at', '2036-01-01 08:00').then(
      (ran) => expect(ran.code, 'more than a year ahead').toBe(2),
    );
    const tomorrow = new Date(Date.now() + 24 * 3_600_000).toISOString().slice(0, 10);
    await run('release', '--batch', batchId, '--connection', 'print', '--only-ready', '--at', `${tomorrow} 12:00`);
    await run('run');
    expect(files()).toHaveLength(3);
    expect(await json('hold', '--batch', batchId, '--reason', 'the tariff is wrong')).toEqual({
      changed: invoices - 3,
    });
    expect(await json('schedule', '--batch', batchId, '--now')).toEqual({ changed: invoices - 3 });
    await run('run');
    expect(files()).toHaveLength(3);
    expect(await json('let-go', '--batch', batchId)).toEqual({ changed: invoices - 3 });
  });

  it('re-routes what certainly was not sent, and the other connection alone sends it', async () => {
    const plan = await json(
      'reroute',
      '--batch',
      batchId,
      '--to',
      'mail',
      '--reason',
      'the printer is down',
      '--dry-run',
    );
    expect(plan).toMatchObject({ left: expect.arrayContaining([{ reason: 'sent', count: 3 }]) as unknown });
    const { changed } = await json('reroute', '--batch', batchId, '--to', 'mail', '--reason', 'the printer is down');
    expect(changed).toBe(plan.count);
    expect(await json('reroute', '--batch', batchId, '--to', 'mail', '--reason', 'again')).toEqual({ changed: 0 });
    // Two customers' mailboxes say no; everything else of the batch arrives.
    await practice.misbehave({ provider: 'smtp', mode: 'refuse', phase: 'before-data', count: 2, replyCode: 550 });
    await run('run');
    const sent = [...mails(), ...files()].map(({ invoiceNumber }) => invoiceNumber);
    expect(new Set(sent).size).toBe(sent.length);
  });

  it('retries by cause after a dry count, and sends to a corrected address what was refused', async () => {
    const { causes } = (await json('causes', '--batch', batchId)) as { causes: { cause: string; count: number }[] };
    const [first] = causes;
    expect(first).toBeDefined();
    const total = causes.reduce((sum, { count }) => sum + count, 0);
    expect(await json('retry', '--cause', first?.cause ?? '', '--dry-run')).toMatchObject({ count: first?.count });
    const before = mails().length;
    const page = await json('causes', '--state', 'rejected,failed');
    expect(page.causes).toBeDefined();
    const list = join(folder, 'addresses.csv');
    writeFileSync(list, 'gammal;ny\nnobody-has-this@example.com;other@example.com\n');
    expect(await json('readdress', '--batch', batchId, '--file', list, '--reason', 'test')).toEqual({ changed: 0 });
    const bad = await run(
      'readdress',
      '--all',
      '--from',
      'a@example.com',
      '--to',
      'not an address',
      '--reason',
      'test',
    );
    expect(bad.code).toBe(2);
    expect(await json('retry', '--batch', batchId)).toEqual({ changed: total });
    await run('run');
    expect(mails().length).toBe(before + total);
    const sent = [...mails(), ...files()].map(({ invoiceNumber }) => invoiceNumber);
    expect(new Set(sent).size).toBe(sent.length);
  });

  it('sends another copy with a reason only, and exactly one', async () => {
    const number = files()[0]?.invoiceNumber ?? '';
    expect((await run('copy', '--invoice', number)).code).toBe(2);
    const before = files().length + mails().length;
    const copied = await json('copy', '--invoice', number, '--reason', 'lost in the post');
    expect(copied).toMatchObject({ generation: 1, state: 'queued' });
    await run('run');
    await run('run');
    expect(files().length + mails().length).toBe(before + 1);
    expect(files().filter(({ invoiceNumber }) => invoiceNumber === number)).toHaveLength(2);
  });

  it('lets a connection stand still and go on', async () => {
    expect((await run('pause', 'print')).stdout).toContain('stands still');
    const number = files()[0]?.invoiceNumber ?? '';
    await run('copy', '--invoice', number, '--connection', 'print', '--reason', 'once more');
    const before = files().length;
    await run('run');
    expect(files()).toHaveLength(before);
    await run('resume', 'print');
    await run('run');
    expect(files()).toHaveLength(before + 1);
  });

  it('asks which deliveries are meant', async () => {
    const ran = await run('cancel');
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain('--all');
  });
});
