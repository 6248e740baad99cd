// The SFTP adapter against a real OpenSSH server: an independent witness for what the practice vendor plays. Skipped, with the reason, without one.

import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSftpAdapter } from '../../../src/main/adapters/sftp/adapter.ts';
import type { ChannelSession } from '../../../src/main/ports/channel-adapter.ts';
import { findSshd, startOpenSsh } from '../../support/sftp-openssh.ts';
import type { OpenSsh } from '../../support/sftp-openssh.ts';
import { makeDocument, makeItem, summary, watch } from '../../support/smtp-sftp-practice.ts';

const found = findSshd();
if ('missing' in found) console.log(`SFTP against OpenSSH did not run: ${found.missing}`);
const never = new AbortController().signal;

describe.skipIf('missing' in found)('against OpenSSH', () => {
  let server: OpenSsh;
  let session: ChannelSession;
  let isOpen = false;
  beforeAll(async () => {
    if ('missing' in found) return;
    server = await startOpenSsh(found.path);
    const opened = await createSftpAdapter().open(server.target, never);
    if (!opened.ok) throw new Error(`${opened.failure.code}: ${opened.failure.detail}`);
    session = opened.session;
    isOpen = true;
  });
  afterAll(async () => {
    if (isOpen) await session.close();
    await server.stop();
  });

  it('a large file arrives whole under its final name, and again is accepted without a second one', async () => {
    const item = makeItem('sftp', '1', { document: makeDocument(3_000_000) });
    expect(summary(await session.send(item, watch()))).toBe('accepted');
    expect((await readFile(join(server.folder, item.target))).equals(item.document)).toBe(true);
    expect(summary(await session.send({ ...item, attempt: 2 }, watch()))).toBe('accepted');
    expect(await readdir(server.folder)).toEqual([item.target]);
  });

  it('its rename never replaces a file that came in between', async () => {
    const item = makeItem('sftp', '2');
    const outcome = await session.send(
      item,
      watch({ markSending: () => writeFile(join(server.folder, item.target), 'something else') }),
    );
    expect(summary(outcome)).toBe('refused sftp.name-taken');
    expect(await readFile(join(server.folder, item.target), 'utf8')).toBe('something else');
  });

  it('the index file is replaced in one step', async () => {
    const entry = { fileName: 'a.pdf', sizeBytes: 1, sha256: 'ab'.repeat(32), invoiceNumber: '1' };
    expect(
      summary(
        (await session.writeIndex?.('index-1.csv', [entry], never)) ?? { kind: 'refused', code: 'none', detail: '' },
      ),
    ).toBe('accepted');
    expect(
      summary(
        (await session.writeIndex?.('index-1.csv', [entry, entry], never)) ?? {
          kind: 'refused',
          code: 'none',
          detail: '',
        },
      ),
    ).toBe('accepted');
    expect((await readFile(join(server.folder, 'index-1.csv'), 'utf8')).trim().split('\r\n')).toHaveLength(3);
  });

  it('the look-up finds what is there and is unclear about what is not', async () => {
    const item = makeItem('sftp', '3');
    await session.send(item, watch());
    expect(await session.lookUp?.(item, never)).toMatchObject({ kind: 'found' });
    expect(await session.lookUp?.(makeItem('sftp', '4'), never)).toMatchObject({ kind: 'unclear' });
  });

  it('all steps of the connection test pass', async () => {
    const steps = await createSftpAdapter().test(server.target, never);
    expect(
      steps.map(({ step, state, detail }) => `${step} ${state} ${state === 'ok' ? '' : (detail ?? '')}`.trim()),
    ).toEqual(['address ok', 'transport ok', 'login ok', 'permission ok']);
  });
});
