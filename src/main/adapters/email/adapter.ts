// The e-mail adapter: invoices as messages to a submission server (SMTP). Outcomes are made in classify.ts, bytes in wire.ts.

import type { EmailConfig } from '../../../shared/schema/connection.ts';
import type {
  AttemptOutcome,
  ChannelAdapter,
  ChannelSession,
  ChannelTarget,
  SendContext,
} from '../../ports/channel-adapter.ts';
import { aborted, peerWords } from '../net.ts';
import { classifyMessage, isDefiniteNo, readFault, unknownAfterDot } from './classify.ts';
import { MailConnection, dialMail } from './mail-connection.ts';
import type { Step } from './mail-connection.ts';
import { MailPool } from './mail-pool.ts';
import { logIn } from './log-in.ts';
import type { MailTiming, MessageEnd } from './send-message.ts';
import { testMail } from './test-mail.ts';
import { readAuthorities, readSigner } from './trust-and-keys.ts';
import type { SignMail } from './trust-and-keys.ts';
import { encodeMail, findUnsafe } from './wire.ts';
import type { EncodedMail } from './wire.ts';

/** Time limits; tests shorten them. */
export interface EmailAdapterOptions {
  /** Default 30 s. */
  readonly connectTimeoutMs?: number;
  /** Greeting, login and every reply before the body. Default 5 minutes (RFC 5321 4.5.3.2). */
  readonly commandTimeoutMs?: number;
  /** Reply to the dot. Default 10 minutes (RFC 5321 4.5.3.2.6). */
  readonly replyTimeoutMs?: number;
  /** After an abort, wait so long for the reply to a dot that is out. Default 2 s. */
  readonly abortGraceMs?: number;
  /** Messages per connection. Default 100. */
  readonly maxMessages?: number;
  /** For the Date header. */
  readonly nowMs?: () => number;
}

interface Settings {
  readonly timing: MailTiming;
  readonly maxMessages: number;
  readonly nowMs: () => number;
}

/** The adapter; holds no connection itself. */
export function createEmailAdapter(options: EmailAdapterOptions = {}): ChannelAdapter {
  const settings: Settings = {
    timing: {
      connectTimeoutMs: options.connectTimeoutMs ?? 30_000,
      commandTimeoutMs: options.commandTimeoutMs ?? 300_000,
      replyTimeoutMs: options.replyTimeoutMs ?? 600_000,
      abortGraceMs: options.abortGraceMs ?? 2_000,
    },
    maxMessages: options.maxMessages ?? 100,
    nowMs: options.nowMs ?? Date.now,
  };
  return {
    channel: 'email',
    async open(target, signal) {
      const config = emailConfigOf(target);
      const files = await readFiles(config);
      if (!files.ok) return files;
      const { authorities, sign } = files.value;
      const open = (stop: AbortSignal): Promise<Step<MailConnection>> =>
        openConnection(target, stop, { timing: settings.timing, authorities });
      const first = await open(signal);
      if (!first.ok) return first;
      const pool = new MailPool({ open, limit: config.parallel, maxMessages: settings.maxMessages });
      pool.add(first.value);
      return { ok: true, session: createSession(pool, config, { ...settings, sign }) };
    },
    test: (target, signal) =>
      testMail({ config: emailConfigOf(target), secret: target.secret }, signal, settings.timing),
  };
}

function emailConfigOf(target: ChannelTarget): EmailConfig {
  if (target.config.channel !== 'email') throw new TypeError('the e-mail adapter was given another channel');
  return target.config;
}

/** Read once a session: a file that is changed takes hold with the next one. */
async function readFiles(
  config: EmailConfig,
): Promise<Step<{ readonly authorities: readonly string[] | null; readonly sign: SignMail | null }>> {
  const authorities = await readAuthorities(config);
  if (!authorities.ok) return authorities;
  const sign = await readSigner(config);
  if (!sign.ok) return sign;
  return { ok: true, value: { authorities: authorities.value, sign: sign.value } };
}

async function openConnection(
  target: ChannelTarget,
  signal: AbortSignal,
  how: { readonly timing: MailTiming; readonly authorities: readonly string[] | null },
): Promise<Step<MailConnection>> {
  const { timing, authorities } = how;
  const config = emailConfigOf(target);
  const dialled = await dialMail(config, timing, signal);
  if (!dialled.ok) return dialled;
  const opened = await MailConnection.open(dialled.value, config, { timing, signal, authorities });
  if (!opened.ok) return opened;
  const loggedIn = await logIn(opened.value, { config, secret: target.secret, timing, authorities }, signal);
  return loggedIn.ok ? opened : loggedIn;
}

function createSession(
  pool: MailPool,
  config: EmailConfig,
  settings: Settings & { readonly sign: SignMail | null },
): ChannelSession {
  return {
    parallel: config.parallel,
    async send(item, context) {
      const unsafe = findUnsafe(item, config);
      if (unsafe !== null) return { kind: 'refused', ...unsafe };
      if (context.signal.aborted) return notSentAborted();
      context.onPhase('preparing');
      const mail = await encodeMail(item, { config, nowMs: settings.nowMs(), sign: settings.sign });
      const first = await sendOnce(pool, mail, { context, isFresh: false });
      // A kept connection that the server had dropped: not one byte of the message was sent, so a new connection may try.
      return first === 'staleConnection' ? lastTry(pool, mail, context) : first;
    },
    close: () => pool.close(),
  };
}

async function lastTry(pool: MailPool, mail: EncodedMail, context: SendContext): Promise<AttemptOutcome> {
  const again = await sendOnce(pool, mail, { context, isFresh: true });
  if (again === 'staleConnection') throw new Error('a new connection cannot be a stale one');
  return again;
}

async function sendOnce(
  pool: MailPool,
  mail: EncodedMail,
  how: { readonly context: SendContext; readonly isFresh: boolean },
): Promise<AttemptOutcome | 'staleConnection'> {
  const { context, isFresh } = how;
  const acquired = await pool.acquire(context.signal, { isFresh });
  if (!acquired.ok) return { kind: 'notSent', ...acquired.failure, scope: 'connection' };
  const { connection, isReused } = acquired.value;
  context.onPhase('connected');
  if (mail.needsUtf8 && !connection.offersUtf8) {
    pool.giveBack(connection, { isUsable: true });
    return { kind: 'refused', code: 'smtp.utf8-not-offered', detail: 'the server does not offer SMTPUTF8' };
  }
  const end = await connection.send(mail, {
    signal: context.signal,
    beforeDot: () => context.markSending(),
    onProgress: (progress) => {
      if (progress === 'body') context.onPhase('bodyStarted');
      if (progress === 'bodyFinished') context.onPhase('bodyFinished');
      if (progress === 'dot') context.onPhase('effect');
    },
  });
  if (end.kind === 'reply') {
    context.onPhase('replySeen');
    pool.giveBack(connection, { isUsable: true });
    return accept(end, mail);
  }
  const outcome = outcomeOf(end);
  if (isReused && end.kind === 'failed' && end.progress === 'envelope' && isLost(outcome)) {
    pool.giveBack(connection, { isUsable: false });
    return 'staleConnection';
  }
  if (hasReply(end) && connection.isAlive) {
    context.onPhase('replySeen');
    pool.giveBack(connection, { isUsable: await connection.reset() });
  } else pool.giveBack(connection, { isUsable: false });
  return outcome;
}

function outcomeOf(end: Exclude<MessageEnd, { readonly kind: 'reply' }>): AttemptOutcome {
  switch (end.kind) {
    case 'failed':
      return classifyMessage(readFault(end.error), end.progress);
    case 'noRecipient':
      return classifyMessage(readFault(end.error), 'envelope');
    case 'aborted':
      return end.progress === 'dot'
        ? unknownAfterDot({ libraryCode: undefined, words: 'stopped while waiting for the reply' })
        : notSentAborted();
    case 'claimLost':
      return {
        kind: 'notSent',
        code: 'smtp.claim-lost',
        detail: peerWords(end.error),
        scope: 'delivery',
        isPermanent: false,
      };
  }
}

function notSentAborted(): AttemptOutcome {
  return { kind: 'notSent', ...aborted(), scope: 'delivery', isPermanent: false };
}

function isLost(outcome: AttemptOutcome): boolean {
  return outcome.kind === 'notSent' && outcome.code.startsWith('net.');
}

/** True when the peer said no to this message. After a reply that cannot be made sense of, the next one may belong to an earlier command. */
function hasReply(end: MessageEnd): boolean {
  if (end.kind !== 'failed') return false;
  const fault = readFault(end.error);
  return (fault.libraryCode === 'EENVELOPE' || fault.libraryCode === 'EMESSAGE') && isDefiniteNo(fault);
}

/** Accepted for at least one of those the invoice is for; whom the server refused is in the receipt and in the note. */
function accept(end: Extract<MessageEnd, { readonly kind: 'reply' }>, mail: EncodedMail): AttemptOutcome {
  const queueId = queueIdOf(end.reply);
  const isCopy = (address: string): boolean => !mail.recipients.includes(address);
  const refused = end.rejected.map(({ address, words }) => `${address}: ${words}`).join('; ');
  const isSomebodyMissing = end.rejected.some(({ address }) => !isCopy(address));
  const copies = end.accepted.filter(isCopy);
  return {
    kind: 'accepted',
    receipt: {
      reply: peerWords(end.reply),
      ...(queueId === null ? {} : { queueId }),
      recipient: end.accepted.filter((address) => !isCopy(address)).join(', '),
      ...(copies.length === 0 ? {} : { copy: copies.join(', ') }),
      ...(refused === '' ? {} : { refused: refused.slice(0, 500) }),
      messageId: mail.messageId,
      sizeBytes: mail.bytes.length,
    },
    ...(refused === ''
      ? {}
      : {
          note: { code: isSomebodyMissing ? 'smtp.some-refused' : 'smtp.copy-refused', detail: refused.slice(0, 500) },
        }),
  };
}

/** The queue's own name for the message as Postfix, Exim and Sendmail print it; only kept for a person to search with, nothing is decided on it. */
export function queueIdOf(reply: string): string | null {
  const match =
    /\bqueued as ([\w.-]+)/iu.exec(reply) ??
    /\bid=([\w.-]+)/iu.exec(reply) ??
    /^250 2\.0\.0 (\w{10,}) Message accepted/u.exec(reply);
  return match?.[1] ?? null;
}
