// The SendRegning commands against a service over HTTP, in this process (starting one for each takes seconds): adding and testing a connection, asking, dunning, and any call.

import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connectionCommand } from '../../../src/main/hosts/cli/commands/connection.ts';
import { sendRegningCommand } from '../../../src/main/hosts/cli/commands/sendregning.ts';
import type { Terminal } from '../../../src/main/hosts/cli/terminal.ts';
import { temporaryFolder } from '../../support/cli.ts';
import { startTestService } from '../../support/sendregning-service.ts';
import type { TestService } from '../../support/sendregning-service.ts';

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

async function run(...[verb = '', ...argv]: string[]) {
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
  const command = verb === 'connection' ? connectionCommand : sendRegningCommand;
  const code = await command.run([...argv, '--data', join(folder, 'data')], terminal);
  return { code, stdout: out.join('\n'), stderr: notes.join('\n') };
}
const ask = (verb: string, ...args: string[]) => run('sendregning', verb, '--connection', 'norsk', ...args);

test('a connection is added, tested and asked; a dunning whose reply is lost is said to be in doubt and not repeated', async () => {
  const draft = [
    'connection',
    'add',
    'sendregning',
    '--name',
    'norsk',
    '--user',
    'user',
    '--password-env',
    'SWS_PASSWORD',
  ];
  expect((await run(...draft, '--url', 'http://example.com/ws/butler.do')).stderr).toContain('https');
  expect((await run(...draft, '--url', service.url, '--shipment', 'pigeon')).code).toBe(2);
  expect(await run(...draft, '--url', service.url)).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('norsk (sendregning, 127.0.0.1') as string,
  });
  expect(await run('connection', 'test', 'norsk')).toMatchObject({ code: 0 });

  expect((await ask('constants')).stdout).toContain('Dunning fee: 62.00');
  const status = await ask('status', '100', '101', '--json');
  expect(JSON.parse(status.stdout)).toMatchObject([
    { invoiceNo: '100', state: 'dueDecide' },
    { state: 'paid', payments: [{ amountMinor: 12_500 }] },
  ]);

  const refused = await ask('dun', '--invoice', '101', '--fee');
  expect([refused.code, service.bodies]).toEqual([1, []]);
  expect(refused.stdout).toContain('not in the state dueDecide');
  expect((await ask('dun', '--invoice', '100')).stdout).toContain('The dunning was sent.');
  service.faults.push('loseReply');
  const lost = await ask('dun', '--invoice', '100');
  expect([lost.code, service.bodies.length]).toEqual([1, 2]);
  expect(lost.stdout).toContain('may have been sent');

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
