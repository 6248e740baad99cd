// The practice providers as a thread: how the packaged desktop application runs them. Same providers, same end with their parent.

import { mkdtemp, readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createEmailAdapter } from '../../../src/main/adapters/email/adapter.ts';
import { startPracticeProcess } from '../../../src/main/platform/practice-process.ts';
import { practiceEntry } from '../../support/smtp-sftp-practice.ts';

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => {
      resolve(false);
    });
  });

describe('the practice providers as a thread', () => {
  it('take mail, keep their ledger, obey the plug and end when told', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'utskick-practice-thread-'));
    const practice = await startPracticeProcess({ entry: practiceEntry, dir, as: 'thread' });
    const { smtp, ledgers } = practice.endpoints;
    const steps = await createEmailAdapter().test(
      {
        connectionId: 'practice',
        secret: smtp.password,
        config: {
          channel: 'email',
          host: smtp.host,
          port: smtp.port,
          tls: 'none',
          user: smtp.user,
          fromAddress: 'faktura@example.com',
          fromName: null,
          parallel: 1,
        },
      },
      new AbortController().signal,
    );
    expect(steps.map((step) => step.state)).toEqual(['ok', 'ok', 'ok', 'ok']);
    expect(await readFile(ledgers.smtp, 'utf8')).toBe('');
    await practice.setNetwork(false);
    expect(await answers(smtp.port)).toBe(false);
    expect(await practice.state()).toMatchObject({ isUp: false });
    await practice.setNetwork(true);
    expect(await answers(smtp.port)).toBe(true);
    await practice.stop();
    expect(await answers(smtp.port)).toBe(false);
  });

  it('say why they did not start, in their own words', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'utskick-practice-thread-'));
    const entry = new URL(`${practiceEntry.href}-not-there.ts`);
    await expect(startPracticeProcess({ entry, dir, as: 'thread' })).rejects.toThrow('the practice process ended');
  });
});
