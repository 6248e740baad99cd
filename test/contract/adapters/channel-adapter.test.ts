// What every channel adapter promises the runner, asked of each at every phase at which its peer can fail: never `notSent` after an effect.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEmailAdapter } from '../../../src/main/adapters/email/adapter.ts';
import { smtpCodes } from '../../../src/main/adapters/email/classify.ts';
import { netCodes } from '../../../src/main/adapters/net.ts';
import { createSftpAdapter } from '../../../src/main/adapters/sftp/adapter.ts';
import { sftpCodes } from '../../../src/main/adapters/sftp/classify.ts';
import type {
  AttemptOutcome,
  ChannelAdapter,
  ChannelTarget,
  DeliveryItem,
  SendContext,
} from '../../../src/main/ports/channel-adapter.ts';
import { mischiefPhases } from '../../../src/main/practice/mischief.ts';
import { makeItem, startTestPractice, watch } from '../../support/smtp-sftp-practice.ts';
import type { TestPractice } from '../../support/smtp-sftp-practice.ts';

let practice: TestPractice;
beforeAll(async () => {
  practice = await startTestPractice();
});
afterAll(() => practice.stop());
const never = new AbortController().signal;

const subjects = [
  {
    name: 'email',
    provider: 'smtp',
    adapter: createEmailAdapter({ commandTimeoutMs: 600, replyTimeoutMs: 600, abortGraceMs: 100 }),
    target: (): ChannelTarget => practice.emailTarget(),
    codes: [...smtpCodes, ...netCodes],
  },
  {
    name: 'sftp',
    provider: 'sftp',
    adapter: createSftpAdapter({ openTimeoutMs: 1500, requestTimeoutMs: 500, abortGraceMs: 100 }),
    target: (): ChannelTarget => practice.sftpTarget(),
    codes: [...sftpCodes, ...netCodes],
  },
] as const;

describe.each(subjects)('$name', ({ name, provider, adapter, target, codes }) => {
  const known: ReadonlySet<string> = new Set(codes);

  async function attempt(
    item: DeliveryItem,
    context: SendContext,
  ): Promise<AttemptOutcome | { readonly kind: 'notOpened'; readonly code: string }> {
    const opened = await (adapter satisfies ChannelAdapter).open(target(), context.signal);
    if (!opened.ok) return { kind: 'notOpened', code: opened.failure.code };
    try {
      return await opened.session.send(item, context);
    } finally {
      await opened.session.close();
    }
  }

  async function received(item: DeliveryItem): Promise<number> {
    const lines = await practice.ledger(provider);
    return lines.filter(
      (line) => (line.event === 'accepted' || line.event === 'stored') && line.sha256 === item.documentSha256,
    ).length;
  }

  const cases = mischiefPhases[provider].flatMap((phase) =>
    (['refuse', 'cut', 'hang', 'answer-after'] as const).map((mode) => ({ phase, mode })),
  );

  it.each(cases)('is truthful when the peer does $mode at $phase', async ({ phase, mode }) => {
    await practice.process.misbehave({ provider, mode, phase, count: 1, delayMs: 20 });
    const item = makeItem(name, `${phase}-${mode}`);
    const context = watch();
    const outcome = await attempt(item, context);
    await practice.process.misbehave({ provider, mode: 'none' });
    const count = await received(item);
    expect(count).toBeLessThanOrEqual(1);
    // An effect needs the mark first, and can only be told as accepted or unknown.
    if (count === 1) expect(context.marks()).toBe(1);
    const isLyingServer = phase === 'after-dot-before-reply' && mode === 'refuse';
    if (count === 1 && !isLyingServer) expect(['accepted', 'unknown']).toContain(outcome.kind);
    if (outcome.kind === 'accepted') expect(count).toBe(1);
    if (outcome.kind === 'unknown') expect(context.marks()).toBe(1);
    if ('code' in outcome) expect([...known]).toContain(outcome.code);
    if (mode === 'answer-after') expect(outcome.kind).toBe('accepted');
  });

  it('sends nothing without the permission to have an effect', async () => {
    const item = makeItem(name, 'no-mark');
    const outcome = await attempt(item, watch({ markSending: () => Promise.reject(new Error('lost')) }));
    expect(outcome).toMatchObject({ kind: 'notSent', scope: 'delivery', isPermanent: false });
    expect(await received(item)).toBe(0);
  });

  it('ends soon and truthfully when it is aborted at any phase', async () => {
    const seen = watch();
    await attempt(makeItem(name, 'abort-none'), seen);
    for (const at of seen.phases) {
      const stop = new AbortController();
      const item = makeItem(name, `abort-${at}`);
      const inner = watch({ signal: stop.signal });
      const outcome = await attempt(item, {
        ...inner,
        onPhase: (phase) => {
          if (phase === at) stop.abort();
        },
      });
      if ((await received(item)) === 1) expect(['accepted', 'unknown']).toContain(outcome.kind);
      else expect(['notSent', 'unknown']).toContain(outcome.kind);
    }
  });

  it('does not open for one that was aborted before', async () => {
    const opened = await adapter.open(target(), AbortSignal.abort());
    expect(opened).toMatchObject({ ok: false, failure: { code: 'net.aborted', isPermanent: false } });
  });

  it('opens nothing while the plug is pulled, and works again afterwards', async () => {
    await practice.process.setNetwork(false);
    expect(await adapter.open(target(), never)).toMatchObject({
      ok: false,
      failure: { code: 'net.refused', isPermanent: false },
    });
    await practice.process.setNetwork(true);
    expect((await attempt(makeItem(name, 'again'), watch())).kind).toBe('accepted');
  });

  it('takes the same item twice with the same identity at the peer', async () => {
    const item = makeItem(name, 'twice');
    await attempt(item, watch());
    await attempt({ ...item, attempt: 2 }, watch());
    const lines = (await practice.ledger(provider)).filter((line) => line.sha256 === item.documentSha256);
    // E-mail has no look-up and no memory at the peer: the stable Message-ID is all a receiver has. SFTP recognises its own file.
    expect(new Set(lines.map((line) => line.messageId ?? line.path)).size).toBe(1);
    expect(lines).toHaveLength(name === 'email' ? 2 : 1);
  });
});
