// The SFTP adapter against a real OpenSSH server: an independent witness for what the practice vendor plays. Skipped, with the reason, without one.

import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSftpAdapter } from '../../../src/main/adapters/sftp/adapter.ts';
import type { AttemptOutcome, ChannelSession } from '../../../src/main/ports/channel-adapter.ts';
import { hasAgent, startAgent } from '../../support/ssh-agent.ts';
import type { TestAgent } from '../../support/ssh-agent.ts';
import type { SftpConfig } from '../../../src/shared/schema/connection.ts';
import { findSshd, startOpenSsh } from '../../support/sftp-openssh.ts';
import type { OpenSsh } from '../../support/sftp-openssh.ts';
import { makeDocument, makeItem, summary, watch } from '../../support/smtp-sftp-practice.ts';
import { sshKeyPair } from '../../support/ssh-key.ts';

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

  it('folders of a name pattern are made, and a rename of the server is known to refuse', async () => {
    const item = makeItem('sftp', '5', { target: '2026/02-03/5.pdf' });
    expect(summary(await session.send(item, watch()))).toBe('accepted');
    expect(await readdir(join(server.folder, '2026', '02-03'))).toEqual(['5.pdf']);
    expect((await createSftpAdapter().test(server.target, never)).at(-1)).toMatchObject({ state: 'ok', code: null });
  });

  it('a key with a passphrase logs in, and a wrong passphrase is told before anything is connected', async () => {
    const pair = sshKeyPair('hemlig fras');
    await server.authorize(pair.public);
    const privateKeyPath = join(server.dir, 'locked-key');
    await writeFile(privateKeyPath, pair.private, { mode: 0o600 });
    expect(await openWith({ privateKeyPath }, 'hemlig fras')).toBe('open');
    expect(await openWith({ privateKeyPath }, 'fel')).toBe('sftp.key-unreadable');
    expect(await openWith({ privateKeyPath }, null)).toBe('sftp.key-unreadable');
  });

  it('another host key than the approved one ends it before any login', async () => {
    expect(await openWith({ hostKey: `SHA256:${'A'.repeat(43)}` }, null)).toBe('sftp.host-key-changed');
  });

  describe.skipIf(!hasAgent())('with the keys of an SSH agent', () => {
    let agent: TestAgent;
    beforeAll(async () => {
      agent = await startAgent();
    });
    afterAll(() => agent.stop());
    const login = { login: 'agent', privateKeyPath: null } as const;

    it('tells an agent that is not there from one without keys, and logs in once it has one', async () => {
      expect(await openWith(login, null, null)).toBe('sftp.agent-missing');
      expect(await openWith(login, null, join(server.dir, 'no-agent'))).toBe('sftp.agent-missing');
      expect(await openWith(login, null, agent.socket)).toBe('sftp.agent-empty');
      agent.add(server.keyPath);
      expect(await openWith(login, null, agent.socket)).toBe('open');
    });

    it('offers only the key that is named, so that a server which counts keys lets it in', async () => {
      const others = Array.from({ length: 8 }, () => sshKeyPair());
      const crowded = await startAgent();
      try {
        for (const [index, { private: key }] of others.entries()) {
          const path = join(server.dir, `other-${String(index)}`);
          await writeFile(path, key, { mode: 0o600 });
          crowded.add(path);
        }
        crowded.add(server.keyPath);
        expect(await openWith(login, null, crowded.socket)).not.toBe('open');
        const privateKeyPath = `${server.keyPath}.pub`;
        expect(await openWith({ ...login, privateKeyPath }, null, crowded.socket)).toBe('open');
        await writeFile(join(server.dir, 'unknown.pub'), sshKeyPair().public);
        expect(
          await openWith({ ...login, privateKeyPath: join(server.dir, 'unknown.pub') }, null, crowded.socket),
        ).toBe('sftp.agent-empty');
      } finally {
        await crowded.stop();
      }
    });
  });

  it('a full disk is told as such, stops the connection for a while, and leaves nothing', async ({ skip }) => {
    const small = join(server.folder, 'small');
    await mkdir(small);
    if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=256k,mode=777', 'tmpfs', small]).status !== 0)
      skip('a small disk cannot be mounted here');
    try {
      const outcome = await sendTo(small, makeItem('sftp', '6', { document: makeDocument(400_000) }));
      expect(outcome).toMatchObject({
        kind: 'notSent',
        code: 'sftp.disk-full',
        scope: 'connection',
        isPermanent: false,
      });
      expect(await readdir(small)).toEqual([]);
      expect(summary(await sendTo(small, makeItem('sftp', '7', { document: makeDocument(100_000) })))).toBe('accepted');
    } finally {
      spawnSync('umount', [small]);
      await rm(small, { recursive: true });
    }
  });

  async function sendTo(path: string, item: ReturnType<typeof makeItem>): Promise<AttemptOutcome> {
    const opened = await createSftpAdapter().open({ ...server.target, config: { ...sftpConfig(), path } }, never);
    if (!opened.ok) throw new Error(opened.failure.code);
    const outcome = await opened.session.send(item, watch());
    await opened.session.close();
    return outcome;
  }

  /** `open`, or the code of the failure. */
  async function openWith(
    changes: Partial<SftpConfig>,
    secret: string | null,
    agentSocket: string | null = null,
  ): Promise<string> {
    const target = { ...server.target, secret, config: { ...sftpConfig(), ...changes } };
    const opened = await createSftpAdapter({ agentSocket }).open(target, never);
    if (!opened.ok) return opened.failure.code;
    await opened.session.close();
    return 'open';
  }

  function sftpConfig(): SftpConfig {
    const { config } = server.target;
    if (config.channel !== 'sftp') throw new Error('the server is an SFTP server');
    return config;
  }
});
