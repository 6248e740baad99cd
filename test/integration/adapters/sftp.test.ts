// The SFTP adapter against the practice print vendor: every refusal, cut and silence, and what folder and ledger say about each.

import { createHash } from 'node:crypto';
import { chmod, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import SftpClient from 'ssh2-sftp-client';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createSftpAdapter } from '../../../src/main/adapters/sftp/adapter.ts';
import type {
  AttemptOutcome,
  ChannelSession,
  ChannelTarget,
  DeliveryItem,
  SendContext,
} from '../../../src/main/ports/channel-adapter.ts';
import { makeDocument, makeItem, startTestPractice, summary, watch } from '../../support/smtp-sftp-practice.ts';
import type { TestPractice } from '../../support/smtp-sftp-practice.ts';
import { sshKeyPair } from '../../support/ssh-key.ts';

const adapter = createSftpAdapter({ abortGraceMs: 50 });
/** For servers that never answer. */
const hasty = createSftpAdapter({ openTimeoutMs: 700, requestTimeoutMs: 300, abortGraceMs: 50 });
const never = new AbortController().signal;
const clientKey = sshKeyPair();

let practice: TestPractice;
beforeAll(async () => {
  practice = await startTestPractice(async (dir) => {
    await writeFile(join(dir, 'authorized-keys'), `${clientKey.public}\n`);
    await writeFile(join(dir, 'client-key'), clientKey.private, { mode: 0o600 });
  });
});
afterAll(() => practice.stop());
beforeEach(() => practice.process.misbehave({ provider: 'sftp', mode: 'none' }));

const sessions: ChannelSession[] = [];
afterEach(async () => {
  await Promise.all(sessions.splice(0).map((session) => session.close()));
});

async function openSession(target: ChannelTarget = practice.sftpTarget(), using = adapter): Promise<ChannelSession> {
  const opened = await using.open(target, never);
  if (!opened.ok) throw new Error(`${opened.failure.code}: ${opened.failure.detail}`);
  sessions.push(opened.session);
  return opened.session;
}

async function send(item: DeliveryItem, context: SendContext = watch()): Promise<AttemptOutcome> {
  return (await openSession()).send(item, context);
}

const folder = (): string => join(practice.dir, 'sftp');
const filesOf = async (item: DeliveryItem): Promise<string[]> =>
  (await readdir(folder())).filter((name) => name === item.target || name.includes(item.idempotencyKey.slice(0, 16)));
const stored = async (item: DeliveryItem): Promise<number> =>
  (await practice.ledger('sftp')).filter((line) => line.event === 'stored' && line.path === `/${item.target}`).length;

describe('a file that arrives', () => {
  it('is there whole under its final name, in the ledger, and nothing unfinished is left', async () => {
    const item = makeItem('sftp', '2001', { document: makeDocument(300_000) });
    const context = watch();
    expect(await send(item, context)).toEqual({
      kind: 'accepted',
      receipt: { path: `/${item.target}`, sizeBytes: 300_000, sha256: item.documentSha256 },
    });
    expect(context.phases).toEqual(['connected', 'bodyStarted', 'bodyFinished', 'effect', 'replySeen']);
    expect(context.marks()).toBe(1);
    expect((await readFile(join(folder(), item.target))).equals(item.document)).toBe(true);
    expect(await filesOf(item)).toEqual([item.target]);
    expect((await practice.ledger('sftp')).filter((line) => line.invoiceNumber === '2001')).toMatchObject([
      { event: 'stored', sha256: item.documentSha256, bytes: 300_000 },
    ]);
  });

  it('is read back the same by another SFTP client', async () => {
    const item = makeItem('sftp', '2002');
    await send(item);
    const { sftp } = practice.process.endpoints;
    const other = new SftpClient();
    await other.connect({ host: sftp.host, port: sftp.port, username: sftp.user, password: sftp.password });
    const bytes = await other.get(`/${item.target}`);
    await other.end();
    expect(Buffer.isBuffer(bytes) && bytes.equals(item.document)).toBe(true);
  });

  it('comes once each when two hundred are sent sixty-four at a time over one connection', async () => {
    const session = await openSession(practice.sftpTarget({ parallel: 64 }));
    const items = Array.from({ length: 200 }, (_none, index) => makeItem('sftp', `P-${index}`));
    const queue = [...items];
    const kinds = new Set<string>();
    await Promise.all(
      Array.from({ length: session.parallel }, async () => {
        for (let item = queue.shift(); item !== undefined; item = queue.shift())
          kinds.add(summary(await session.send(item, watch())));
      }),
    );
    expect([...kinds]).toEqual(['accepted']);
    const lines = (await practice.ledger('sftp')).filter((line) => line.invoiceNumber?.startsWith('P-') === true);
    expect(lines.map((line) => line.sha256).sort()).toEqual(items.map((item) => item.documentSha256).sort());
  });

  it('may be sent with a private key instead of a password', async () => {
    const session = await openSession(practice.sftpTarget({ privateKeyPath: join(practice.dir, 'client-key') }, null));
    expect((await session.send(makeItem('sftp', '2003'), watch())).kind).toBe('accepted');
  });

  it('that was already there from an earlier attempt is accepted again without a second one', async () => {
    const item = makeItem('sftp', '2004');
    await send(item);
    const context = watch();
    expect(summary(await send({ ...item, attempt: 2 }, context))).toBe('accepted');
    expect(context.marks()).toBe(1);
    expect(await stored(item)).toBe(1);
    expect(await filesOf(item)).toEqual([item.target]);
  });

  it('takes the leftover of an attempt that was cut off with it', async () => {
    const item = makeItem('sftp', '2005');
    await practice.process.misbehave({ provider: 'sftp', mode: 'cut', phase: 'in-upload', count: 1 });
    expect((await send(item)).kind).toBe('notSent');
    expect(await filesOf(item)).toHaveLength(1);
    expect(summary(await send({ ...item, attempt: 2 }))).toBe('accepted');
    expect(await filesOf(item)).toEqual([item.target]);
  });
});

describe('what is refused', () => {
  it.each([
    '../x.pdf',
    '.hidden.pdf',
    'a b.pdf',
    'å.pdf',
    'x.part',
    '',
    'a..b',
    'x'.repeat(201),
    'a\nb.pdf',
    'a\0.pdf',
  ])('the file name %j', async (target) => {
    const context = watch();
    expect(summary(await send(makeItem('sftp', '3001', { target }), context))).toBe('refused sftp.unsafe-name');
    expect(context.phases).toEqual([]);
  });

  it('a name that another file has, which is left as it was', async () => {
    const item = makeItem('sftp', '3002');
    await writeFile(join(folder(), item.target), 'something else');
    const context = watch();
    expect(summary(await send(item, context))).toBe('refused sftp.name-taken');
    expect(context.marks()).toBe(0);
    expect(await readFile(join(folder(), item.target), 'utf8')).toBe('something else');
    expect(await filesOf(item)).toEqual([item.target]);
  });

  it('a name that another file takes between the check and the rename', async () => {
    const item = makeItem('sftp', '3003');
    const outcome = await send(
      item,
      watch({ markSending: () => writeFile(join(folder(), item.target), 'something else') }),
    );
    expect(summary(outcome)).toBe('refused sftp.name-taken');
    expect(await readFile(join(folder(), item.target), 'utf8')).toBe('something else');
    expect(await filesOf(item)).toEqual([item.target]);
  });
});

describe('a server that says no', () => {
  const refusals: readonly (readonly [string, number, string, number])[] = [
    ['open', 3, 'notSent sftp.permission-denied', 0],
    ['open', 4, 'notSent sftp.upload-failed', 0],
    ['in-upload', 4, 'notSent sftp.upload-failed', 0],
    ['before-rename', 3, 'notSent sftp.permission-denied', 1],
    ['before-rename', 4, 'notSent sftp.rename-refused', 1],
  ];
  it.each(refusals)(
    'at %s with status %i gives %s and leaves nothing behind',
    async (phase, status, expected, marks) => {
      const session = await openSession();
      await practice.process.misbehave({ provider: 'sftp', mode: 'refuse', phase, status, count: 1 });
      const context = watch();
      const item = makeItem('sftp', `N-${phase}-${status}`);
      expect(summary(await session.send(item, context))).toBe(expected);
      expect(context.marks()).toBe(marks);
      expect(await filesOf(item)).toEqual([]);
      expect(summary(await session.send(item, watch()))).toBe('accepted');
    },
  );

  it('after it has renamed is not believed: the file is there', async () => {
    await practice.process.misbehave({
      provider: 'sftp',
      mode: 'refuse',
      phase: 'after-rename-before-reply',
      count: 1,
    });
    const item = makeItem('sftp', '4001');
    expect(summary(await send(item))).toBe('accepted');
    expect(await stored(item)).toBe(1);
  });

  it('when the file is neither here nor there gives unknown', async () => {
    await practice.process.misbehave({ provider: 'sftp', mode: 'refuse', phase: 'before-rename', count: 1 });
    const item = makeItem('sftp', '4002');
    const vendorTakesEverything = async (): Promise<void> => {
      for (const name of await filesOf(item)) await rm(join(folder(), name));
    };
    expect(summary(await send(item, watch({ markSending: vendorTakesEverything })))).toBe(
      'unknown sftp.gone-after-rename',
    );
  });
});

describe('a connection that is cut or falls silent', () => {
  const phases: readonly (readonly [string, string, string, number, number])[] = [
    ['open', 'notSent net.cut', 'notSent net.timed-out', 0, 0],
    ['in-upload', 'notSent net.cut', 'notSent net.timed-out', 0, 0],
    ['before-rename', 'unknown sftp.cut-in-rename', 'unknown sftp.no-reply', 1, 0],
    ['after-rename-before-reply', 'unknown sftp.cut-in-rename', 'accepted', 1, 1],
  ];
  it.each(phases)('cut at %s gives %s', async (phase, expected, _silent, marks, inLedger) => {
    await practice.process.misbehave({ provider: 'sftp', mode: 'cut', phase, count: 1 });
    const context = watch();
    const item = makeItem('sftp', `C-${phase}`);
    expect(summary(await send(item, context))).toBe(expected);
    expect(context.marks()).toBe(marks);
    expect(await stored(item)).toBe(inLedger);
  });

  it.each(phases)('silence at %s gives, not %s, but %s', async (phase, _cut, expected, marks, inLedger) => {
    const session = await openSession(practice.sftpTarget(), hasty);
    await practice.process.misbehave({ provider: 'sftp', mode: 'hang', phase, count: 1 });
    const context = watch();
    const item = makeItem('sftp', `H-${phase}`);
    expect(summary(await session.send(item, context))).toBe(expected);
    expect(context.marks()).toBe(marks);
    expect(await stored(item)).toBe(inLedger);
  });

  it('before anything was asked of it gives notSent for the whole connection', async () => {
    const session = await openSession();
    await practice.process.setNetwork(false);
    const outcome = await session.send(makeItem('sftp', 'C-idle'), watch());
    await practice.process.setNetwork(true);
    expect(outcome).toMatchObject({ kind: 'notSent', code: 'net.cut', scope: 'connection' });
  });

  it('waits for a late answer to the rename', async () => {
    await practice.process.misbehave({
      provider: 'sftp',
      mode: 'answer-after',
      phase: 'after-rename-before-reply',
      delayMs: 200,
      count: 1,
    });
    expect(summary(await send(makeItem('sftp', 'S-1')))).toBe('accepted');
  });
});

describe('permission to rename', () => {
  it('is asked for when the upload is complete; when it is refused, nothing is renamed and nothing is left', async () => {
    const item = makeItem('sftp', '5001');
    expect(
      summary(await send(item, watch({ markSending: () => Promise.reject(new Error('the claim was lost')) }))),
    ).toBe('notSent sftp.claim-lost');
    expect(await filesOf(item)).toEqual([]);
    expect(await stored(item)).toBe(0);
  });

  it('given to an aborted attempt is not used', async () => {
    const stop = new AbortController();
    const item = makeItem('sftp', '5002');
    expect(summary(await send(item, watch({ signal: stop.signal, markSending: async () => stop.abort() })))).toBe(
      'notSent net.aborted',
    );
    expect(await filesOf(item)).toEqual([]);
  });

  it('an attempt aborted after the rename went out ends soon and is unknown', async () => {
    await practice.process.misbehave({ provider: 'sftp', mode: 'hang', phase: 'before-rename', count: 1 });
    const stop = new AbortController();
    const context = watch({ signal: stop.signal });
    const sending = send(makeItem('sftp', '5003'), context);
    await expect.poll(() => context.phases.includes('effect')).toBe(true);
    stop.abort();
    expect((await sending).kind).toBe('unknown');
  });
});

describe('looking up', () => {
  const look = async (item: DeliveryItem): Promise<string> => {
    const session = await openSession();
    if (session.lookUp === undefined) throw new Error('no look-up');
    return (await session.lookUp(item, never)).kind;
  };

  it('finds what is there', async () => {
    const item = makeItem('sftp', '6001');
    await practice.process.misbehave({ provider: 'sftp', mode: 'cut', phase: 'after-rename-before-reply', count: 1 });
    expect((await send(item)).kind).toBe('unknown');
    expect(await look(item)).toBe('found');
  });

  it('says absent when the complete temporary file is still there', async () => {
    const item = makeItem('sftp', '6002');
    await practice.process.misbehave({ provider: 'sftp', mode: 'cut', phase: 'before-rename', count: 1 });
    expect((await send(item)).kind).toBe('unknown');
    expect(await look(item)).toBe('absent');
  });

  it('is unclear when neither is there, because the vendor may have taken it', async () => {
    expect(await look(makeItem('sftp', '6003'))).toBe('unclear');
  });

  it('is unclear when only a piece of it is there', async () => {
    const item = makeItem('sftp', '6004');
    await writeFile(join(folder(), `.utskick-${item.idempotencyKey.slice(0, 16)}-1.part`), 'a piece');
    expect(await look(item)).toBe('unclear');
  });

  it('is unclear when another file has the name', async () => {
    const item = makeItem('sftp', '6005');
    await writeFile(join(folder(), item.target), 'something else');
    expect(await look(item)).toBe('unclear');
  });
});

describe('the index file', () => {
  const entries = [
    { fileName: '1_a1b2c3d4.pdf', sizeBytes: 10, sha256: 'ab'.repeat(32), invoiceNumber: '=1+1' },
    { fileName: '2_a1b2c3d4.pdf', sizeBytes: 20, sha256: 'cd'.repeat(32), invoiceNumber: '2; "två"' },
  ];
  const write = async (rows: typeof entries): Promise<string> => {
    const session = await openSession();
    if (session.writeIndex === undefined) throw new Error('no index');
    return summary(await session.writeIndex('index-aaaa-001.csv', rows, never));
  };

  it('lists name, size, hash and number, with nothing a spreadsheet takes for a formula, and may be written again', async () => {
    expect(await write(entries)).toBe('accepted');
    expect(await write(entries)).toBe('accepted');
    const text = await readFile(join(folder(), 'index-aaaa-001.csv'), 'utf8');
    expect(text).toBe(
      `fileName;sizeBytes;sha256;invoiceNumber\r\n1_a1b2c3d4.pdf;10;${'ab'.repeat(32)};'=1+1\r\n2_a1b2c3d4.pdf;20;${'cd'.repeat(32)};"2; ""två"""\r\n`,
    );
    expect((await practice.ledger('sftp')).filter((line) => line.path === '/index-aaaa-001.csv')).toMatchObject([
      { event: 'stored', invoiceNumber: null },
    ]);
  });

  it('replaces an earlier one with other content', async () => {
    expect(await write(entries.slice(0, 1))).toBe('accepted');
    expect((await readFile(join(folder(), 'index-aaaa-001.csv'), 'utf8')).split('\r\n')).toHaveLength(3);
  });
});

describe('opening', () => {
  const failing = async (target: ChannelTarget): Promise<string> => {
    const opened = await hasty.open(target, never);
    if (opened.ok) await opened.session.close();
    return opened.ok ? 'ok' : `${opened.failure.code} ${opened.failure.isPermanent ? 'permanent' : 'temporary'}`;
  };

  it('an unknown host key needs a person, and shows the key', async () => {
    const opened = await adapter.open(practice.sftpTarget({ hostKey: null }), never);
    expect(opened).toMatchObject({
      ok: false,
      failure: {
        code: 'sftp.host-key-unknown',
        isPermanent: true,
        detail: expect.stringContaining(practice.process.endpoints.sftp.hostKey),
      },
    });
  });

  it('a changed host key needs a person', async () => {
    const other = `SHA256:${createHash('sha256').update('other').digest('base64').slice(0, 43)}`;
    expect(await failing(practice.sftpTarget({ hostKey: other }))).toBe('sftp.host-key-changed permanent');
  });

  it('a wrong password needs a person', async () => {
    expect(await failing(practice.sftpTarget({}, 'wrong'))).toBe('sftp.login-refused permanent');
  });

  it('a missing password needs a person', async () => {
    expect(await failing(practice.sftpTarget({}, null))).toBe('sftp.secret-missing permanent');
  });

  it('a key that the server does not know needs a person', async () => {
    const path = join(practice.dir, 'stranger-key');
    await writeFile(path, sshKeyPair().private);
    expect(await failing(practice.sftpTarget({ privateKeyPath: path }, null))).toBe('sftp.login-refused permanent');
  });

  it('a key file that is missing or is no key needs a person', async () => {
    expect(await failing(practice.sftpTarget({ privateKeyPath: join(practice.dir, 'none') }, null))).toBe(
      'sftp.key-unreadable permanent',
    );
    expect(await failing(practice.sftpTarget({ privateKeyPath: join(practice.dir, 'password') }, null))).toBe(
      'sftp.key-unreadable permanent',
    );
  });

  it('a missing folder needs a person, and so does a file in its place', async () => {
    expect(await failing(practice.sftpTarget({ path: '/none' }))).toBe('sftp.no-such-folder permanent');
    await writeFile(join(folder(), 'a-file'), '');
    expect(await failing(practice.sftpTarget({ path: '/a-file' }))).toBe('sftp.no-such-folder permanent');
  });

  it.each([
    ['cut', 'net.cut temporary'],
    ['hang', 'net.timed-out temporary'],
  ] as const)('a server that answers the connection with %s may work later', async (mode, expected) => {
    await practice.process.misbehave({ provider: 'sftp', mode, phase: 'connect', count: 1 });
    expect(await failing(practice.sftpTarget())).toBe(expected);
  });

  it('ends at once when it is aborted', async () => {
    await practice.process.misbehave({ provider: 'sftp', mode: 'hang', phase: 'connect', count: 1 });
    expect(await adapter.open(practice.sftpTarget(), AbortSignal.timeout(30))).toMatchObject({
      ok: false,
      failure: { code: 'net.aborted' },
    });
  });

  it('can be closed twice', async () => {
    const session = await openSession();
    await session.close();
    await session.close();
    expect((await session.send(makeItem('sftp', 'X-1'), watch())).kind).toBe('notSent');
  });
});

describe('the connection test', () => {
  const walk = async (target: ChannelTarget): Promise<string[]> =>
    (await adapter.test(target, never)).map(
      ({ step, state, code }) => `${step} ${state}${code === null ? '' : ` ${code}`}`,
    );

  it('walks all four steps, shows the host key and leaves nothing behind', async () => {
    const before = await readdir(folder());
    const steps = await adapter.test(practice.sftpTarget(), never);
    expect(steps.map(({ step, state }) => `${step} ${state}`)).toEqual([
      'address ok',
      'transport ok',
      'login ok',
      'permission ok',
    ]);
    expect(steps[1]?.hostKey).toBe(practice.process.endpoints.sftp.hostKey);
    expect(await readdir(folder())).toEqual(before);
  });

  it('shows an unknown host key for approval, without having logged in', async () => {
    const steps = await adapter.test(practice.sftpTarget({ hostKey: null }), never);
    expect(steps.map(({ step, state, code }) => `${step} ${state} ${code ?? ''}`.trim())).toEqual([
      'address ok',
      'transport failed sftp.host-key-unknown',
      'login skipped',
      'permission skipped',
    ]);
    expect(steps[1]?.hostKey).toBe(practice.process.endpoints.sftp.hostKey);
  });

  it('names the step that fails', async () => {
    expect(await walk(practice.sftpTarget({}, 'wrong'))).toEqual([
      'address ok',
      'transport ok',
      'login failed sftp.login-refused',
      'permission skipped',
    ]);
    expect(await walk(practice.sftpTarget({}, null))).toEqual([
      'address ok',
      'transport ok',
      'login failed sftp.secret-missing',
      'permission skipped',
    ]);
    expect(await walk(practice.sftpTarget({ path: '/none' }))).toEqual([
      'address ok',
      'transport ok',
      'login ok',
      'permission failed sftp.no-such-folder',
    ]);
  });

  it('finds a folder that may not be written', async () => {
    await mkdir(join(folder(), 'locked'));
    await chmod(join(folder(), 'locked'), 0o555);
    await practice.process.misbehave({ provider: 'sftp', mode: 'refuse', phase: 'open', status: 3, count: 1 });
    expect(await walk(practice.sftpTarget({ path: '/locked' }))).toEqual([
      'address ok',
      'transport ok',
      'login ok',
      'permission failed sftp.permission-denied',
    ]);
  });
});
