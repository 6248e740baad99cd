// The practice process as a whole: what stays from start to start, the control address, the plug, and its end with its parent.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import SftpClient from 'ssh2-sftp-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEmailAdapter } from '../../../src/main/adapters/email/adapter.ts';
import { startPracticeProcess } from '../../../src/main/platform/practice-process.ts';
import { makeItem, practiceEntry, startTestPractice, watch } from '../../support/smtp-sftp-practice.ts';
import type { TestPractice } from '../../support/smtp-sftp-practice.ts';

let practice: TestPractice;
beforeAll(async () => {
  practice = await startTestPractice();
});
afterAll(() => practice.stop());
const never = new AbortController().signal;

const isReachable = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => {
      resolve(false);
    });
  });

async function mail(invoiceNumber: string): Promise<string> {
  const opened = await createEmailAdapter().open(practice.emailTarget(), never);
  if (!opened.ok) return opened.failure.code;
  const outcome = await opened.session.send(makeItem('email', invoiceNumber), watch());
  await opened.session.close();
  return outcome.kind;
}

describe('the practice process', () => {
  it('tells where its providers listen and how much each has received', async () => {
    expect(await mail('1')).toBe('accepted');
    const state = await practice.process.state();
    expect(state.isUp).toBe(true);
    expect(state.providers).toEqual([
      {
        provider: 'smtp',
        address: `127.0.0.1:${practice.process.endpoints.smtp.port}`,
        ledgerFile: practice.process.endpoints.ledgers.smtp,
        received: 1,
      },
      {
        provider: 'sftp',
        address: `127.0.0.1:${practice.process.endpoints.sftp.port}`,
        ledgerFile: practice.process.endpoints.ledgers.sftp,
        received: 0,
      },
      {
        provider: 'svea',
        address: `127.0.0.1:${practice.process.endpoints.svea.port}`,
        ledgerFile: practice.process.endpoints.ledgers.svea,
        received: 0,
      },
      {
        provider: 'sendregning',
        address: `127.0.0.1:${practice.process.endpoints.sendregning.port}`,
        ledgerFile: practice.process.endpoints.ledgers.sendregning,
        received: 0,
      },
    ]);
  });

  it('listens no more while the plug is pulled, and on the same ports afterwards', async () => {
    const { smtp, sftp } = practice.process.endpoints;
    await practice.process.setNetwork(false);
    expect([await isReachable(smtp.port), await isReachable(sftp.port)]).toEqual([false, false]);
    expect((await practice.process.state()).isUp).toBe(false);
    await practice.process.setNetwork(true);
    await practice.process.setNetwork(true);
    expect([await isReachable(smtp.port), await isReachable(sftp.port)]).toEqual([true, true]);
    expect(await mail('2')).toBe('accepted');
  });

  it('does nothing for a request without its token, and nothing it does not know', async () => {
    const { url, token } = practice.process.endpoints.control;
    const ask = async (path: string, init: RequestInit = {}): Promise<number> =>
      (await fetch(`${url}${path}`, init)).status;
    expect(await ask('/state')).toBe(401);
    expect(await ask('/state', { headers: { authorization: 'Bearer wrong' } })).toBe(401);
    const headers = { authorization: `Bearer ${token}` };
    expect(await ask('/state', { headers })).toBe(200);
    expect(await ask('/other', { headers })).toBe(404);
    expect(await ask('/misbehave', { method: 'POST', headers, body: 'not json' })).toBe(400);
    expect(
      await ask('/misbehave', {
        method: 'POST',
        headers,
        body: JSON.stringify({ provider: 'smtp', mode: 'cut', phase: 'before-rename' }),
      }),
    ).toBe(400);
    expect(await ask('/network', { method: 'POST', headers, body: JSON.stringify({ up: 'yes' }) })).toBe(400);
    expect((await practice.process.state()).isUp).toBe(true);
  });

  it('misbehaves as often as it was told and no more', async () => {
    await practice.process.misbehave({ provider: 'smtp', mode: 'refuse', phase: 'before-data', count: 2 });
    expect([await mail('3'), await mail('4'), await mail('5')]).toEqual(['refused', 'refused', 'accepted']);
    const refused = (await practice.ledger('smtp')).filter((line) => line.event === 'refused');
    expect(refused).toHaveLength(2);
  });
});

describe('the practice print vendor', () => {
  const client = async (): Promise<SftpClient> => {
    const { sftp } = practice.process.endpoints;
    const opened = new SftpClient();
    await opened.connect({ host: sftp.host, port: sftp.port, username: sftp.user, password: sftp.password });
    return opened;
  };

  it('serves another client: folders, listing, upload in place, removal; each in the ledger', async () => {
    const sftp = await client();
    await sftp.mkdir('/in');
    await sftp.put(Buffer.from('one'), '/in/7_0123abcd.pdf');
    expect((await sftp.list('/in')).map(({ name, size, type }) => ({ name, size, type }))).toEqual([
      { name: '7_0123abcd.pdf', size: 3, type: '-' },
    ]);
    expect(await sftp.realPath('/in/../in/./')).toBe('/in');
    await sftp.delete('/in/7_0123abcd.pdf');
    await sftp.rmdir('/in');
    await sftp.end();
    const lines = (await practice.ledger('sftp')).filter((line) => line.path === '/in/7_0123abcd.pdf');
    expect(lines.map(({ event, invoiceNumber, bytes }) => ({ event, invoiceNumber, bytes }))).toEqual([
      { event: 'stored', invoiceNumber: '7', bytes: 3 },
      { event: 'removed', invoiceNumber: '7', bytes: 0 },
    ]);
  });

  it('never leads out of its folder', async () => {
    const sftp = await client();
    await writeFile(join(practice.dir, 'outside.txt'), 'secret');
    expect(await sftp.exists('/../outside.txt')).toBe(false);
    await expect(sftp.get('/../../etc/passwd')).rejects.toThrow();
    await sftp.put(Buffer.from('x'), '/../inside.part');
    expect(await sftp.exists('/inside.part')).toBe('-');
    await sftp.delete('/inside.part');
    await sftp.end();
  });

  it('lets nobody in with a wrong password', async () => {
    const { sftp } = practice.process.endpoints;
    const stranger = new SftpClient();
    await expect(
      stranger.connect({ host: sftp.host, port: sftp.port, username: sftp.user, password: 'wrong' }),
    ).rejects.toThrow();
  });
});

describe('from start to start', () => {
  it('keeps host key, password, files and ledger, and ends a line that a crash cut off', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'utskick-practice-'));
    const first = await startPracticeProcess({ entry: practiceEntry, dir });
    const { sftp, ledgers } = first.endpoints;
    await first.stop();
    await first.stop();
    await appendFile(
      ledgers.smtp,
      `${JSON.stringify({ at: '', provider: 'smtp', event: 'accepted', invoiceNumber: '1', sha256: null, bytes: 0 })}\n{"at":"2026-`,
    );
    const second = await startPracticeProcess({ entry: practiceEntry, dir });
    expect(second.endpoints.sftp).toMatchObject({ hostKey: sftp.hostKey, password: sftp.password });
    expect((await second.state()).providers[0]?.received).toBe(1);
    await second.stop();
    expect((await second.state()).isUp).toBe(false);
    expect((await readFile(ledgers.smtp, 'utf8')).endsWith('\n')).toBe(true);
    await rm(dir, { recursive: true });
  });

  it('ends by itself when the program that started it is gone', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'utskick-practice-'));
    const child = spawn(process.execPath, [fileURLToPath(practiceEntry), '--dir', dir, '--json', '--with-parent'], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    child.stdin.destroy();
    expect(await once(child, 'exit')).toEqual([0, null]);
    await rm(dir, { recursive: true });
  });

  it('says how it is used when the arguments are wrong', async () => {
    const child = spawn(process.execPath, [fileURLToPath(practiceEntry), '--smtp-port', 'x'], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const words: string[] = [];
    child.stderr.setEncoding('utf8').on('data', (text: string) => words.push(text));
    expect((await once(child, 'close'))[0]).toBe(2);
    expect(words.join('')).toContain('--dir DIR');
  });

  it('that fails is told with the words of the process', async () => {
    await expect(
      startPracticeProcess({ entry: practiceEntry, dir: join(fileURLToPath(practiceEntry), 'not-a-folder') }),
    ).rejects.toThrow(/ended/u);
  });
});
