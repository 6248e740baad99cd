// The Svea commands against the practice Svea, in this process (starting one for each takes seconds): a connection, questions, and orders that are credited, closed, lost and settled.

import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connectionCommand } from '../../../src/main/hosts/cli/commands/connection.ts';
import { importCommand } from '../../../src/main/hosts/cli/commands/import.ts';
import { releaseCommand } from '../../../src/main/hosts/cli/commands/release.ts';
import { runCommand } from '../../../src/main/hosts/cli/commands/run.ts';
import { sveaCommand } from '../../../src/main/hosts/cli/commands/svea.ts';
import type { Terminal } from '../../../src/main/hosts/cli/terminal.ts';
import { startPracticeProcess } from '../../../src/main/platform/practice-process.ts';
import type { PracticeProcess } from '../../../src/main/platform/practice-process.ts';
import { temporaryFolder } from '../../support/cli.ts';
import { pendingPersons, personsBatch } from '../../support/persons-batch.ts';
import { practiceEntry } from '../../support/smtp-sftp-practice.ts';

let folder: string;
let practice: PracticeProcess;

beforeEach(async () => {
  folder = temporaryFolder();
  practice = await startPracticeProcess({ entry: practiceEntry, dir: join(folder, 'providers') });
  process.env.SVEA_PASSWORD = practice.endpoints.svea.password;
});

afterEach(async () => {
  Reflect.deleteProperty(process.env, 'SVEA_PASSWORD');
  await practice.stop();
  rmSync(folder, { recursive: true, force: true });
});

const commands = {
  connection: connectionCommand,
  import: importCommand,
  release: releaseCommand,
  run: runCommand,
  svea: sveaCommand,
};

async function run(verb: keyof typeof commands, ...argv: string[]) {
  const [out, notes]: [string[], string[]] = [[], []];
  const terminal: Terminal = {
    out: (line) => void out.push(line),
    outPieces: (pieces) => {
      out.push([...pieces].join(''));
      return Promise.resolve();
    },
    note: (line) => void notes.push(line),
    progress: () => undefined,
    askSecret: () => Promise.resolve(null),
  };
  const code = await commands[verb].run([...argv, '--data', join(folder, 'data')], terminal);
  return { code, stdout: out.join('\n'), stderr: notes.join('\n') };
}

const draft = (name: string, clientNumber: string, ...more: string[]) => [
  ...['add', 'svea', '--name', name, '--url', practice.endpoints.svea.url, '--client-number', clientNumber],
  ...['--user', 'practice', '--password-env', 'SVEA_PASSWORD', '--country', 'SE', ...more],
];

test('a connection is added and tested, and the account behind it asked', async () => {
  const [plain] = [draft('svea', '71001')];
  expect((await run('connection', ...plain.map((part) => part.replace('71001', 'x')))).code).toBe(2);
  expect((await run('connection', ...plain.slice(0, -2))).stderr).toContain('--country');
  expect((await run('connection', ...plain, '--order-type', 'Loan')).stderr).toContain('--order-type takes');
  expect((await run('connection', ...plain, '--order-type', 'PaymentPlan')).stderr).toContain('--campaign');
  expect((await run('connection', ...plain.map((part) => part.replace('http:', 'ftp:')))).code).toBe(2);
  expect(await run('connection', ...plain)).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('svea (svea, 127.0.0.1') as string,
  });
  expect(await run('connection', 'test', 'svea')).toMatchObject({ code: 0 });
  const plan = draft('plan', '71002', '--order-type', 'PaymentPlan', '--campaign', '999999');
  expect((await run('connection', ...plan)).code).toBe(0);
  expect((await run('connection', 'test', 'plan')).code).toBe(0);
  expect((await run('connection', ...draft('konto', '71003', '--order-type', 'AccountCredit'))).code).toBe(0);

  expect((await run('svea', 'ping', '--connection', 'svea')).stdout).toContain('Svea answers');
  const company = ['addresses', '--connection', 'svea', '--number', '4608142222', '--company'];
  expect(JSON.parse((await run('svea', ...company, '--json')).stdout)).toHaveLength(3);
  expect((await run('svea', ...company.slice(0, -1))).stdout).toBe('Nothing found.');
  // Persons' addresses are not given in Norway: a refusal, not an empty answer.
  const norwegian = [...company.slice(0, 3), '--number', '17054512066', '--country', 'NO'];
  expect(await run('svea', ...norwegian)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('SE, DK') as string,
  });

  const cost = await run('svea', 'campaigns', '--connection', 'plan', '--amount', '129');
  expect(cost.stdout).toMatch(/^999999 .*36\.00 a month, 864\.00 in all.*cheapest month/mu);
  expect((await run('svea', 'campaigns', '--connection', 'konto', '--amount', '2000.00')).stdout).toContain(
    'at least 60.00 a month',
  );
  expect(await run('svea', 'contract', '--connection', 'plan', '--monthly', '36.00')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('svea.method-gone') as string,
  });
  await practice.misbehave({ provider: 'svea', mode: 'cut', phase: 'before-effect', count: 1 });
  expect((await run('svea', 'ping', '--connection', 'svea')).code).toBe(1);
  expect((await run('svea', 'order', 'close')).code).toBe(2);
}, 120_000);

interface Shown {
  readonly orders: readonly {
    readonly orderId: string;
    readonly isDelivered: boolean;
    readonly pendingReasons: readonly string[];
    readonly acts: readonly { readonly id: number; readonly kind: string; readonly state: string }[];
    readonly rows: readonly { readonly isCredited: boolean; readonly grossMinor: number }[];
    readonly bars: Readonly<Record<'credit' | 'close', string | null>>;
  }[];
}

async function shown(invoice: string, ...more: string[]): Promise<Shown['orders'][number]> {
  const { stdout } = await run('svea', 'order', 'show', '--invoice', invoice, ...more, '--json');
  const [order] = (JSON.parse(stdout) as Shown).orders;
  if (order === undefined) throw new Error(stdout);
  return order;
}

interface PracticeOrders {
  readonly orders: readonly { readonly sveaOrderId: string; readonly state: string; readonly invoices: unknown[] }[];
}
async function atSvea(orderId: string) {
  const { orders } = (await practice.instruct('svea', { do: 'look' })) as PracticeOrders;
  return orders.find(({ sveaOrderId }) => sveaOrderId === orderId);
}

test('orders are credited by rows and in full, closed while pending, and what got no answer stays in doubt until it is looked up', async () => {
  const file = join(folder, 'batch.xml');
  const text = personsBatch({ invoices: 9, seed: 5, first: pendingPersons.slice(0, 1) });
  writeFileSync(file, text);
  const numberOf = (invoice: string): string => /<ID>([^<]+)</u.exec(invoice)?.[1] ?? '';
  const [, first = '', ...others] = text.split('<Invoice>');
  // Where a row takes something off, one row alone can be larger than the invoice.
  const [sold = ''] = others.filter((invoice) => invoice.includes('>-')).map(numberOf);
  const [byRows = '', whole = '', lost = ''] = others.filter((invoice) => !invoice.includes('>-')).map(numberOf);
  const pending = numberOf(first);
  expect((await run('connection', ...draft('svea', '71001'))).code).toBe(0);
  const imported = await run('import', file, '--json');
  const batch = /"batchId": "([^"]+)"/u.exec(imported.stdout)?.[1] ?? imported.stdout;
  const released = await run('release', '--batch', batch, '--connection', 'svea');
  expect([released.code, released.stderr]).toEqual([0, '']);
  await run('run', '--once');
  await run('run', '--once');

  expect(await shown(pending)).toMatchObject({ isDelivered: false, pendingReasons: ['HighAmount'] });
  const ask = (verb: string, invoice: string, ...more: string[]) =>
    run('svea', 'order', verb, '--invoice', invoice, '--reason', 'asked by the customer', ...more);
  // Nothing to credit before it is delivered; nothing to close after.
  expect((await ask('credit', pending)).stderr).toContain('notDelivered');
  expect((await ask('close', whole)).stderr).toContain('delivered');
  expect((await ask('credit', byRows, '--rows', '99')).code).toBe(2);

  const { rows } = await shown(byRows);
  const total = rows.reduce((sum, { grossMinor }) => sum + grossMinor, 0);
  const one = rows.findIndex(({ grossMinor }) => grossMinor > 0 && grossMinor < total);
  expect((await ask('credit', sold, '--rows', '1')).stderr).toContain('more than is left');
  expect(await ask('credit', byRows, '--rows', String(one + 1))).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/Credit of [\d.]+ on order \d+ was done. Credit invoice \d+/u) as string,
  });
  expect((await shown(byRows)).rows.map(({ isCredited }) => isCredited)).toEqual(rows.map((_row, at) => at === one));
  expect((await ask('credit', byRows)).code).toBe(0);
  expect((await shown(byRows)).bars.credit).toBe('credited');
  expect((await ask('credit', byRows)).stderr).toContain('credited');
  expect((await ask('credit', whole)).code).toBe(0);

  // The credit is made and its answer lost: shown as unknown, not done again, found by a look-up.
  await practice.misbehave({ provider: 'svea', mode: 'cut', phase: 'after-effect-before-reply', count: 1 });
  const doubtful = await ask('credit', lost);
  expect([doubtful.code, doubtful.stdout]).toEqual([1, expect.stringContaining('may have been done')]);
  expect(await shown(lost)).toMatchObject({ bars: { credit: 'inDoubt' }, acts: [{ state: 'unknown' }] });
  expect((await ask('credit', lost)).stderr).toContain('inDoubt');
  expect(await shown(lost, '--look-up')).toMatchObject({ bars: { credit: 'credited' }, acts: [{ state: 'done' }] });
  const { orderId } = await shown(lost);
  expect((await atSvea(orderId))?.invoices).toHaveLength(2);

  // A close that is refused leaves the order to be delivered; one whose answer is lost is settled by the operator's word.
  await practice.instruct('svea', { do: 'answer', operation: 'CloseOrderEu', resultCode: 20002 });
  expect((await ask('close', pending)).stdout).toContain('(svea.20002)');
  expect((await shown(pending)).bars.close).toBeNull();
  await practice.misbehave({ provider: 'svea', mode: 'cut', phase: 'before-effect', count: 1 });
  expect((await ask('close', pending)).code).toBe(1);
  const [, act] = (await shown(pending, '--look-up')).acts;
  expect(act).toMatchObject({ kind: 'close', state: 'unknown' });
  expect((await ask('settle', pending, '--act', String(act?.id), '--not-done')).stdout).toContain('was not done');
  expect((await ask('close', pending)).code).toBe(0);
  const closed = await shown(pending);
  expect(closed.bars.close).toBe('closed');
  expect((await atSvea(closed.orderId))?.state).toBe('closed');
  expect((await run('svea', 'order', 'deliver', '--invoice', pending)).stdout).toContain('Nothing was changed');
  const ours = await run('svea', 'order', 'show', '--connection', 'svea', '--order', closed.orderId);
  expect(ours.stdout).toContain('not active');
}, 180_000);
