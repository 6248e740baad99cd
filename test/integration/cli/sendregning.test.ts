// The SendRegning commands against a service over HTTP, in this process (starting one for each takes seconds): adding and testing a connection, asking, dunning, and any call.

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connectionCommand } from '../../../src/main/hosts/cli/commands/connection.ts';
import { importCommand } from '../../../src/main/hosts/cli/commands/import.ts';
import { releaseCommand } from '../../../src/main/hosts/cli/commands/release.ts';
import { runCommand } from '../../../src/main/hosts/cli/commands/run.ts';
import { sendRegningCommand } from '../../../src/main/hosts/cli/commands/sendregning.ts';
import type { Terminal } from '../../../src/main/hosts/cli/terminal.ts';
import { temporaryFolder } from '../../support/cli.ts';
import { startTestService } from '../../support/sendregning-service.ts';
import type { TestService } from '../../support/sendregning-service.ts';
import { ublText } from '../../support/ubl-text.ts';

let folder: string;
let service: TestService;

beforeEach(async () => {
  folder = temporaryFolder();
  process.env.SWS_PASSWORD = 'pass';
  service = await startTestService();
});

afterEach(async () => {
  Reflect.deleteProperty(process.env, 'SWS_PASSWORD');
  await service.close();
  rmSync(folder, { recursive: true, force: true });
});

const commands = {
  connection: connectionCommand,
  import: importCommand,
  release: releaseCommand,
  run: runCommand,
  sendregning: sendRegningCommand,
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
const ask = (verb: string, ...args: string[]) => run('sendregning', verb, '--connection', 'norsk', ...args);

async function addConnection(): Promise<void> {
  const added = await run('connection', ...draft, '--url', service.url);
  expect(added).toMatchObject({ code: 0, stdout: expect.stringContaining('norsk (sendregning, 127.0.0.1') as string });
}

const draft = ['add', 'sendregning', '--name', 'norsk', '--user', 'user', '--password-env', 'SWS_PASSWORD'];

test('a connection is added, tested and asked; a dunning is for invoices that were sent from here', async () => {
  expect((await run('connection', ...draft, '--url', 'http://example.com/ws/butler.do')).stderr).toContain('https');
  expect((await run('connection', ...draft, '--url', service.url, '--shipment', 'pigeon')).code).toBe(2);
  await addConnection();
  expect(await run('connection', 'test', 'norsk')).toMatchObject({ code: 0 });

  expect((await ask('constants')).stdout).toContain('Dunning fee: 62.00');
  const status = await ask('status', '100', '101', '--json');
  expect(JSON.parse(status.stdout)).toMatchObject([
    { invoiceNo: '100', state: 'dueDecide' },
    { state: 'paid', payments: [{ amountMinor: 12_500 }] },
  ]);

  // A dunning is written down with its invoice: only for what was sent from here.
  expect(await ask('dun', '--invoice', '100')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('No invoice that was sent through norsk') as string,
  });

  const [xml, out] = [join(folder, 'raw.xml'), join(folder, 'answer.xml')];
  writeFileSync(xml, '<select>LAST</select>');
  expect(await ask('execute', '--action', 'select', '--type', 'invoice', '--xml', xml)).toMatchObject({
    code: 0,
    stderr: expect.stringContaining('204') as string,
  });
  expect((await ask('execute', '--action', 'select', '--type', 'constant', '--out', out)).code).toBe(0);
  expect(readFileSync(out, 'utf8')).toContain('<constants>');
  expect((await ask('execute', '--action', 'insert', '--type', 'product')).code).toBe(1);
}, 120_000);

test('a batch is rehearsed and sent; one is dunned, and one whose answer is lost is in doubt, not repeated, and settled', async () => {
  await addConnection();
  const batch = join(folder, 'batch');
  mkdirSync(batch);
  for (const number of ['1', '2', '3']) {
    const parts = { kind: 'Invoice', customer: 'Kari', email: 'kari@example.com', net: 400, number } as const;
    writeFileSync(join(batch, `${number}.xml`), ublText(parts));
  }
  const imported = await run('import', batch, '--json');
  const batchId = /"batchId": "([^"]+)"/u.exec(imported.stdout)?.[1] ?? imported.stdout;
  service.totalOffMinor = 1;
  const off = await ask('rehearse', '--batch', batchId);
  expect([off.code, off.stdout]).toEqual([
    1,
    expect.stringContaining('3 with another total:\n  1  500.01, here 500.00'),
  ]);
  service.totalOffMinor = 0;
  expect(await ask('rehearse', '--batch', batchId)).toMatchObject({
    code: 0,
    stdout: 'norsk: 3 found without fault, totals of 3 compared. Nothing was sent.',
  });
  // This service takes what it is asked to look at; the practice one does not.
  service.ledger.splice(0);
  expect(await run('release', '--batch', batchId, '--connection', 'norsk')).toMatchObject({ code: 0 });
  await run('run', '--once');
  expect(service.ledger).toHaveLength(3);
  const [due = '', paid = '', lost = ''] = service.ledger.map(({ invoiceNo }) => invoiceNo);

  const refused = await ask('dun', '--invoice', paid, '--fee');
  expect([refused.code, service.dunned]).toEqual([1, []]);
  expect(refused.stdout).toContain('not in the state dueDecide');
  expect(await ask('dun', '--invoice', due, '--dry-run')).toMatchObject({
    code: 0,
    stdout: 'Nothing stands in the way. Nothing was sent.',
  });
  expect(service.dunned).toEqual([]);
  expect((await ask('dun', '--invoice', due)).stdout).toContain('The dunning was sent.');
  service.faults.push('loseRequest');
  const doubt = await ask('dun', '--invoice', lost);
  expect([doubt.code, service.dunned]).toEqual([1, [due]]);
  expect(doubt.stdout).toContain('may have been sent');
  expect((await ask('dun', '--invoice', lost)).stderr).toContain('inDoubt');
  expect((await ask('settle', '--invoice', lost, '--not-done', '--reason', 'asked them')).stdout).toContain(
    'was not sent',
  );
  const again = await ask('settle', '--invoice', lost, '--done', '--reason', 'asked them', '--json');
  expect([again.code, JSON.parse(again.stdout)]).toMatchObject([
    2,
    { error: { code: 'NOT_FOUND', message: 'The invoice has no dunning in doubt.', details: { invoiceNumber: lost } } },
  ]);
  expect((await ask('dun', '--invoice', lost)).code).toBe(0);
  expect(service.dunned).toEqual([due, lost]);
}, 120_000);
