// The e-mail adapter against the practice mail server: every refusal, cut and silence, and what the ledger says about each.

import { simpleParser } from 'mailparser';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createEmailAdapter } from '../../../src/main/adapters/email/adapter.ts';
import { encodeMail } from '../../../src/main/adapters/email/wire.ts';
import type {
  AttemptOutcome,
  ChannelSession,
  ChannelTarget,
  DeliveryItem,
  SendContext,
} from '../../../src/main/ports/channel-adapter.ts';
import { makeDocument, makeItem, startTestPractice, summary, watch } from '../../support/smtp-sftp-practice.ts';
import type { TestPractice } from '../../support/smtp-sftp-practice.ts';

const adapter = createEmailAdapter({ commandTimeoutMs: 10_000, replyTimeoutMs: 10_000, abortGraceMs: 50 });
/** For servers that never answer. */
const hasty = createEmailAdapter({ commandTimeoutMs: 400, replyTimeoutMs: 500, abortGraceMs: 50 });
const never = new AbortController().signal;

let practice: TestPractice;
beforeAll(async () => {
  practice = await startTestPractice();
});
afterAll(() => practice.stop());
beforeEach(() => practice.process.misbehave({ provider: 'smtp', mode: 'none' }));

const sessions: ChannelSession[] = [];
afterEach(async () => {
  await Promise.all(sessions.splice(0).map((session) => session.close()));
});

async function openSession(target: ChannelTarget = practice.emailTarget(), using = adapter): Promise<ChannelSession> {
  const opened = await using.open(target, never);
  if (!opened.ok) throw new Error(`${opened.failure.code}: ${opened.failure.detail}`);
  sessions.push(opened.session);
  return opened.session;
}

async function send(item: DeliveryItem, context: SendContext = watch()): Promise<AttemptOutcome> {
  return (await openSession()).send(item, context);
}

async function accepted(invoiceNumber: string): Promise<number> {
  return (await practice.ledger('smtp')).filter(
    (line) => line.event === 'accepted' && line.invoiceNumber === invoiceNumber,
  ).length;
}

describe('a message that arrives', () => {
  it('is in the ledger with the hash of the PDF, its number and a Message-ID made of the key', async () => {
    const item = makeItem('email', 'Å 1001');
    const context = watch();
    const outcome = await send(item, context);
    expect(outcome.kind).toBe('accepted');
    const [line] = (await practice.ledger('smtp')).filter((entry) => entry.invoiceNumber === 'Å 1001');
    expect(line).toMatchObject({
      event: 'accepted',
      recipient: item.target,
      sha256: item.documentSha256,
      bytes: item.document.byteLength,
      messageId: `<${item.idempotencyKey}@energi.example>`,
    });
    expect(outcome).toMatchObject({
      receipt: {
        recipient: item.target,
        messageId: line?.messageId,
        queueId: expect.stringMatching(/^[0-9A-F]{12}$/u),
      },
    });
    expect(context.phases).toEqual(['preparing', 'connected', 'bodyStarted', 'bodyFinished', 'effect', 'replySeen']);
    expect(context.marks()).toBe(1);
  });

  it('is read by an independent parser as text, HTML and one PDF', async () => {
    const item = makeItem('email', 'Å-1', {
      message: { subject: 'Faktura Å-1 från Östgöta energi æø', text: 'Hej å\n.\nslut', html: '<p>Hej å</p>' },
    });
    const config = practice.emailTarget().config;
    if (config.channel !== 'email') throw new Error('wrong channel');
    const encoded = await encodeMail(item, { config, nowMs: Date.UTC(2026, 0, 2), sign: null });
    const parsed = await simpleParser(encoded.bytes);
    expect(parsed.subject).toBe('Faktura Å-1 från Östgöta energi æø');
    expect(parsed.text?.trim()).toBe('Hej å\n.\nslut');
    expect(parsed.html).toBe('<p>Hej å</p>');
    expect(parsed.attachments.map(({ filename, contentType }) => ({ filename, contentType }))).toEqual([
      { filename: 'Faktura-1.pdf', contentType: 'application/pdf' },
    ]);
    expect(parsed.attachments[0]?.content.equals(item.document)).toBe(true);
    expect(parsed.date?.getTime()).toBe(Date.UTC(2026, 0, 2));
    expect(
      (await encodeMail(item, { config, nowMs: Date.UTC(2026, 0, 2), sign: null })).bytes.equals(encoded.bytes),
    ).toBe(true);
    // What is sent unread is the PDF's lines and nothing else.
    const unread = encoded.bytes.subarray(encoded.base64.start, encoded.base64.end).toString('latin1');
    expect(unread).toMatch(/^[A-Za-z0-9+/=\r\n]+$/u);
    expect(Buffer.from(unread, 'base64').equals(item.document)).toBe(true);
  });

  it('is sent once each when forty are sent four at a time over reused connections', async () => {
    const session = await openSession();
    const items = Array.from({ length: 40 }, (_none, index) => makeItem('email', `M-${index}`));
    const queue = [...items];
    const outcomes: AttemptOutcome[] = [];
    await Promise.all(
      Array.from({ length: 4 }, async () => {
        for (let item = queue.shift(); item !== undefined; item = queue.shift())
          outcomes.push(await session.send(item, watch()));
      }),
    );
    expect([...new Set(outcomes.map(summary))]).toEqual(['accepted']);
    const lines = (await practice.ledger('smtp')).filter((line) => line.invoiceNumber?.startsWith('M-') === true);
    expect(lines.map((line) => line.sha256).sort()).toEqual(items.map((item) => item.documentSha256).sort());
  });

  it('logs in when a user is given', async () => {
    const session = await openSession(practice.emailTarget({ user: 'practice' }));
    expect((await session.send(makeItem('email', 'L-1'), watch())).kind).toBe('accepted');
  });

  it('goes over a new connection when the kept one was dropped meanwhile', async () => {
    const session = await openSession();
    expect((await session.send(makeItem('email', 'R-1'), watch())).kind).toBe('accepted');
    await practice.process.setNetwork(false);
    await practice.process.setNetwork(true);
    expect((await session.send(makeItem('email', 'R-2'), watch())).kind).toBe('accepted');
    expect(await accepted('R-2')).toBe(1);
  });
});

describe('what is refused before anything is connected', () => {
  const injections: readonly (readonly [string, Partial<DeliveryItem>])[] = [
    ['a line break in the address', { target: 'kund@example.com\r\nBcc: other@example.com' }],
    ['a line break in the name', { customerName: 'Kund\nBcc: other@example.com' }],
    ['a line break in the subject', { message: { subject: 'Faktura\r\n\r\nbody', text: '', html: '' } }],
    ['a NUL in the invoice number', { invoiceNumber: '1\0' }],
    ['a carriage return in the file name', { documentFileName: 'a\r.pdf' }],
  ];
  it.each(injections)('%s', async (_what, changes) => {
    const context = watch();
    expect(summary(await send(makeItem('email', 'I-1', changes), context))).toBe('refused smtp.header-injection');
    expect(context.phases).toEqual([]);
  });

  it.each([
    'kund',
    'a@b@c',
    'a@example.com,',
    'a@example.com, b',
    'a@exa mple.com',
    '<a@example.com>',
    'a b@example.com',
    `${'x'.repeat(250)}@example.com`,
  ])('the address %j', async (target) => {
    expect(summary(await send(makeItem('email', 'I-2', { target })))).toBe('refused smtp.address-invalid');
  });

  it('a message larger than the server announced', async () => {
    expect(summary(await send(makeItem('email', 'I-3', { document: makeDocument(20 * 1024 * 1024) })))).toBe(
      'refused smtp.too-large',
    );
  });
});

describe('a server that says no', () => {
  const refusals: readonly (readonly [string, number, string, number])[] = [
    ['mail', 550, 'notSent smtp.sender-refused', 0],
    ['mail', 451, 'notSent smtp.sender-deferred', 0],
    ['mail', 530, 'notSent smtp.login-required', 0],
    ['before-data', 550, 'refused smtp.recipient-refused', 0],
    ['before-data', 450, 'notSent smtp.recipient-deferred', 0],
    ['before-data', 452, 'throttled smtp.busy', 0],
    ['before-data', 421, 'throttled smtp.busy', 0],
    ['after-dot-before-accept', 554, 'refused smtp.message-refused', 1],
    ['after-dot-before-accept', 451, 'notSent smtp.message-deferred', 1],
    ['after-dot-before-accept', 421, 'throttled smtp.busy', 1],
  ];
  it.each(refusals)('at %s with %i gives %s', async (phase, replyCode, expected, marks) => {
    await practice.process.misbehave({ provider: 'smtp', mode: 'refuse', phase, replyCode, count: 1 });
    const session = await openSession();
    const context = watch();
    const item = makeItem('email', `N-${phase}-${replyCode}`);
    expect(summary(await session.send(item, context))).toBe(expected);
    expect(context.marks()).toBe(marks);
    expect(await accepted(item.invoiceNumber)).toBe(0);
    expect((await session.send(makeItem('email', `N2-${phase}-${replyCode}`), watch())).kind).toBe('accepted');
  });
});

describe('a connection that is cut or falls silent', () => {
  const phases: readonly (readonly [string, RegExp, number])[] = [
    ['mail', /^notSent net\./u, 0],
    ['before-data', /^notSent net\./u, 0],
    ['in-data', /^(?:notSent net\.|unknown smtp\.(?:cut-after-dot|no-reply))/u, 0],
    ['after-dot-before-accept', /^unknown smtp\.(?:cut-after-dot|no-reply)/u, 0],
    ['after-dot-before-reply', /^unknown smtp\.(?:cut-after-dot|no-reply)/u, 1],
  ];
  for (const mode of ['cut', 'hang'] as const) {
    it.each(phases)(`${mode} at %s gives %s`, async (phase, expected, inLedger) => {
      await practice.process.misbehave({ provider: 'smtp', mode, phase, count: 1 });
      const context = watch();
      const item = makeItem('email', `C-${mode}-${phase}`);
      const session = await openSession(practice.emailTarget(), mode === 'hang' ? hasty : adapter);
      const outcome = await session.send(item, context);
      expect(summary(outcome)).toMatch(expected);
      if (outcome.kind === 'unknown') expect(context.marks()).toBe(1);
      expect(await accepted(item.invoiceNumber)).toBe(inLedger);
    });
  }

  it('waits for a late reply to the dot', async () => {
    await practice.process.misbehave({
      provider: 'smtp',
      mode: 'answer-after',
      phase: 'after-dot-before-reply',
      delayMs: 200,
      count: 1,
    });
    expect((await send(makeItem('email', 'S-1'))).kind).toBe('accepted');
  });

  it('is told apart from the body: a large message cut half-way was never marked and never taken', async () => {
    await practice.process.misbehave({ provider: 'smtp', mode: 'cut', phase: 'in-data', count: 1 });
    const context = watch();
    const item = makeItem('email', 'C-large', { document: makeDocument(8 * 1024 * 1024) });
    expect(summary(await send(item, context))).toMatch(/^notSent net\./u);
    expect(context.marks()).toBe(0);
    expect(await accepted('C-large')).toBe(0);
  });
});

describe('permission to send the dot', () => {
  it('is asked for after the body; when it is refused, no dot goes out', async () => {
    const item = makeItem('email', 'P-1');
    const outcome = await send(item, watch({ markSending: () => Promise.reject(new Error('the claim was lost')) }));
    expect(summary(outcome)).toBe('notSent smtp.claim-lost');
    expect(await accepted('P-1')).toBe(0);
  });

  it('holds the dot back as long as it takes', async () => {
    const gate = Promise.withResolvers<undefined>();
    const context = watch({ markSending: () => gate.promise });
    const sending = send(makeItem('email', 'P-2'), context);
    await expect.poll(() => context.phases.includes('bodyFinished')).toBe(true);
    expect(await accepted('P-2')).toBe(0);
    gate.resolve(undefined);
    expect((await sending).kind).toBe('accepted');
  });

  it('is awaited even when the connection is cut meanwhile, so that nothing is marked after the outcome', async () => {
    const gate = Promise.withResolvers<undefined>();
    const context = watch({ markSending: () => gate.promise });
    let outcome: AttemptOutcome | null = null;
    const sending = send(makeItem('email', 'P-3'), context).then((value) => {
      outcome = value;
      return value;
    });
    await expect.poll(() => context.phases.includes('bodyFinished')).toBe(true);
    await practice.process.setNetwork(false);
    await practice.process.setNetwork(true);
    expect(outcome).toBeNull();
    gate.resolve(undefined);
    expect(summary(await sending)).toMatch(/^notSent net\./u);
    expect(await accepted('P-3')).toBe(0);
  });
});

describe('an aborted attempt', () => {
  it('before the dot was certainly not sent', async () => {
    const stop = new AbortController();
    const item = makeItem('email', 'B-1');
    const context = watch({ signal: stop.signal, markSending: async () => stop.abort() });
    expect(summary(await send(item, context))).toBe('notSent net.aborted');
    expect(await accepted('B-1')).toBe(0);
  });

  it('after the dot ends soon and is unknown', async () => {
    await practice.process.misbehave({ provider: 'smtp', mode: 'hang', phase: 'after-dot-before-reply', count: 1 });
    const stop = new AbortController();
    const context = watch({ signal: stop.signal });
    const sending = send(makeItem('email', 'B-2'), context);
    await expect.poll(() => context.phases.includes('effect')).toBe(true);
    stop.abort();
    expect((await sending).kind).toBe('unknown');
  });
});

describe('opening', () => {
  const failing = async (target: ChannelTarget): Promise<string> => {
    const opened = await hasty.open(target, never);
    if (opened.ok) await opened.session.close();
    return opened.ok ? 'ok' : `${opened.failure.code} ${opened.failure.isPermanent ? 'permanent' : 'temporary'}`;
  };

  it('with a wrong password needs a person', async () => {
    expect(await failing({ ...practice.emailTarget({ user: 'practice' }), secret: 'wrong' })).toBe(
      'smtp.login-refused permanent',
    );
  });

  it('without a password for a user needs a person', async () => {
    expect(await failing({ ...practice.emailTarget({ user: 'practice' }), secret: null })).toBe(
      'smtp.secret-missing permanent',
    );
  });

  it('without TLS is only allowed to this computer', async () => {
    expect(await failing(practice.emailTarget({ host: 'mail.example.com' }))).toBe('smtp.tls-required permanent');
  });

  it('with STARTTLS fails on a server that does not offer it', async () => {
    expect(await failing(practice.emailTarget({ tls: 'starttls' }))).toBe('smtp.starttls-refused permanent');
  });

  it('with TLS fails on a server that speaks plain text', async () => {
    expect(await failing(practice.emailTarget({ tls: 'tls' }))).toBe('smtp.tls-failed permanent');
  });

  it('at a closed port may work later', async () => {
    const free = createServer();
    const port = await new Promise<number>((resolve) =>
      free.listen(0, '127.0.0.1', () => resolve((free.address() as AddressInfo).port)),
    );
    await new Promise((resolve) => free.close(resolve));
    expect(await failing(practice.emailTarget({ port }))).toBe('net.refused temporary');
  });

  it('at a name that does not exist may work later', async () => {
    expect(await failing(practice.emailTarget({ host: 'no-such-host.invalid', tls: 'tls' }))).toBe(
      'net.name-not-found temporary',
    );
  });

  it.each([
    ['refuse', 'smtp.greeting-refused temporary'],
    ['cut', 'net.cut temporary'],
    ['hang', 'net.timed-out temporary'],
  ] as const)('at a server that answers the connection with %s', async (mode, expected) => {
    await practice.process.misbehave({ provider: 'smtp', mode, phase: 'connect', count: 1 });
    expect(await failing(practice.emailTarget())).toBe(expected);
  });

  it('ends at once when it is aborted', async () => {
    await practice.process.misbehave({ provider: 'smtp', mode: 'hang', phase: 'connect', count: 1 });
    const opened = await adapter.open(practice.emailTarget(), AbortSignal.timeout(20));
    expect(opened).toMatchObject({ ok: false, failure: { code: 'net.aborted' } });
  });

  it('can be closed twice', async () => {
    const session = await openSession();
    await session.close();
    await session.close();
    expect(summary(await session.send(makeItem('email', 'X-1'), watch()))).toBe('notSent net.aborted');
  });
});

describe('the connection test', () => {
  const walk = async (target: ChannelTarget): Promise<string[]> =>
    (await adapter.test(target, never)).map(
      ({ step, state, code }) => `${step} ${state}${code === null ? '' : ` ${code}`}`,
    );

  it('walks all four steps and leaves nothing behind', async () => {
    const before = (await practice.ledger('smtp')).length;
    const steps = await adapter.test(practice.emailTarget({ user: 'practice' }), never);
    expect(steps.map(({ step, state }) => `${step} ${state}`)).toEqual([
      'address ok',
      'transport ok',
      'login ok',
      'permission ok',
    ]);
    expect(steps.every(({ tookMs }) => tookMs >= 0)).toBe(true);
    expect((await practice.ledger('smtp')).length).toBe(before);
  });

  it('names the step that fails and skips the rest', async () => {
    expect(await walk({ ...practice.emailTarget({ user: 'practice' }), secret: 'wrong' })).toEqual([
      'address ok',
      'transport ok',
      'login failed smtp.login-refused',
      'permission skipped',
    ]);
    expect(await walk(practice.emailTarget({ tls: 'starttls' }))).toEqual([
      'address ok',
      'transport failed smtp.starttls-refused',
      'login skipped',
      'permission skipped',
    ]);
  });

  it('finds a sender that is not allowed, with the words of the server', async () => {
    await practice.process.misbehave({ provider: 'smtp', mode: 'refuse', phase: 'mail', count: 1 });
    const steps = await adapter.test(practice.emailTarget(), never);
    expect(steps[3]).toMatchObject({
      step: 'permission',
      state: 'failed',
      code: 'smtp.sender-refused',
      detail: expect.stringContaining('refused in practice'),
    });
  });
});
