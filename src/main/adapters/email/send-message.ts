// One message over one SMTP connection, with the dot held back until it is allowed. Knows phases; decides nothing about outcomes.

import { Readable } from 'node:stream';
import type SMTPConnection from 'nodemailer/lib/smtp-connection';
import { peerWords } from '../net.ts';
import type { MessageProgress } from './classify.ts';
import { passUnread } from './unread-lines.ts';
import { EnvelopeRun } from './envelope-run.ts';
import type { EncodedMail } from './wire.ts';

/** Time limits; see createEmailAdapter for the defaults. */
export interface MailTiming {
  readonly connectTimeoutMs: number;
  /** Greeting, EHLO, TLS, login, and every reply before the body. */
  readonly commandTimeoutMs: number;
  /** Reply to the end-of-data dot. */
  readonly replyTimeoutMs: number;
  /** How long an aborted attempt may still wait for a reply to a dot that is already out. */
  readonly abortGraceMs: number;
}

/** How a message ended, in protocol terms. */
export type MessageEnd =
  | {
      readonly kind: 'reply';
      readonly reply: string;
      readonly accepted: readonly string[];
      readonly rejected: readonly RejectedRecipient[];
    }
  /** The server took the archive's copy alone: nothing was sent, since the invoice would have reached nobody it is for. */
  | { readonly kind: 'noRecipient'; readonly error: unknown }
  | { readonly kind: 'failed'; readonly error: unknown; readonly progress: MessageProgress }
  | { readonly kind: 'aborted'; readonly progress: MessageProgress }
  | { readonly kind: 'claimLost'; readonly error: unknown };

/** A recipient the server said no to, with its words. */
export interface RejectedRecipient {
  readonly address: string;
  readonly words: string;
}

/** What a message asks and tells on its way. */
export interface MessageHooks {
  readonly signal: AbortSignal;
  /** Awaited after the last byte of the body was handed over and before the dot; a rejection ends the connection without a dot. */
  readonly beforeDot: () => Promise<void>;
  readonly onProgress: (progress: MessageProgress | 'bodyFinished') => void;
}

/**
 * Sends one message. Always settles: at a reply, a lost connection, a time limit or an abort; and never while `beforeDot` is still
 * running, so that nothing is marked after the outcome is known.
 */
export async function sendMessage(
  mail: EncodedMail,
  hooks: MessageHooks,
  over: { readonly smtp: SMTPConnection; readonly timing: MailTiming },
): Promise<MessageEnd> {
  const run = new MessageRun(hooks, over.smtp, over.timing);
  const end = await run.send(mail);
  await run.gateSettled();
  return run.claimError === null ? end : { kind: 'claimLost', error: run.claimError };
}

/** The life of one message. */
class MessageRun {
  readonly #hooks: MessageHooks;
  readonly #smtp: SMTPConnection;
  readonly #timing: MailTiming;
  #progress: MessageProgress = 'envelope';
  #timer: NodeJS.Timeout | undefined;
  #gate: Promise<boolean> | null = null;
  #hasEnded = false;
  /** Why the claim could not be marked; null while nothing says so. */
  claimError: Error | null = null;

  constructor(hooks: MessageHooks, smtp: SMTPConnection, timing: MailTiming) {
    this.#hooks = hooks;
    this.#smtp = smtp;
    this.#timing = timing;
  }

  send(mail: EncodedMail): Promise<MessageEnd> {
    const { signal } = this.#hooks;
    return new Promise((resolve) => {
      const finish = (end: MessageEnd): void => {
        this.#hasEnded = true;
        clearTimeout(this.#timer);
        signal.removeEventListener('abort', onAbort);
        if (end.kind !== 'reply' && this.#progress !== 'envelope' && !isMessageReply(end)) this.#smtp.close();
        resolve(end);
      };
      const stopNow = (): void => {
        this.#smtp.close();
        finish({ kind: 'aborted', progress: this.#progress });
      };
      const onAbort = (): void => {
        clearTimeout(this.#timer);
        if (this.#progress === 'dot') this.#timer = setTimeout(stopNow, this.#timing.abortGraceMs);
        else stopNow();
      };
      const expire = (): void => {
        this.#smtp.close();
        finish({ kind: 'failed', error: timeoutError(), progress: this.#progress });
      };
      const envelope = new EnvelopeRun(mail);
      const body = gatedBody(mail, {
        mayStart: () => {
          const accepted = envelope.accepted ?? [];
          if (mail.recipients.some((address) => accepted.includes(address))) {
            this.#moveTo('body', expire);
            return true;
          }
          this.#smtp.close();
          finish({ kind: 'noRecipient', error: envelope.rejectedErrors?.[0] });
          return false;
        },
        beforeEnd: () => {
          this.#hooks.onProgress('bodyFinished');
          this.#gate = this.#passGate(expire);
          return this.#gate;
        },
      });
      this.#restartTimer(expire, this.#timing.commandTimeoutMs);
      signal.addEventListener('abort', onAbort, { once: true });
      this.#smtp.send(envelope, body, (error, info) => {
        if (error !== null) finish({ kind: 'failed', error, progress: this.#progress });
        else if (this.#progress === 'dot')
          finish({ kind: 'reply', reply: info.response, accepted: info.accepted, rejected: rejectedOf(envelope) });
        // A reply to data that has not ended: without its dot the server has no message (RFC 5321 4.1.1.4).
        else finish({ kind: 'failed', error: protocolError(info.response), progress: this.#progress });
      });
      if (signal.aborted) stopNow();
    });
  }

  /** Resolves when no marking is under way any more. */
  async gateSettled(): Promise<void> {
    await this.#gate;
  }

  async #passGate(expire: () => void): Promise<boolean> {
    clearTimeout(this.#timer);
    try {
      await this.#hooks.beforeDot();
    } catch (error) {
      this.claimError = error instanceof Error ? error : new Error(String(error));
      return false;
    }
    if (this.#hasEnded || this.#smtp.destroyed) return false;
    this.#moveTo('dot', expire);
    return true;
  }

  #moveTo(progress: MessageProgress, expire: () => void): void {
    this.#progress = progress;
    this.#restartTimer(expire, this.#timing.replyTimeoutMs);
    this.#hooks.onProgress(progress);
  }

  #restartTimer(expire: () => void, timeoutMs: number): void {
    clearTimeout(this.#timer);
    if (!this.#hasEnded) this.#timer = setTimeout(expire, timeoutMs);
  }
}

function rejectedOf({ rejectedErrors = [] }: EnvelopeRun): readonly RejectedRecipient[] {
  return rejectedErrors.map((error) => ({
    address: error.recipient ?? '',
    words: peerWords(error.response ?? error.message),
  }));
}

/** A refused message with a reply leaves the connection usable. */
function isMessageReply(end: MessageEnd): boolean {
  return (
    end.kind === 'failed' &&
    end.progress === 'dot' &&
    end.error instanceof Error &&
    'code' in end.error &&
    end.error.code === 'EMESSAGE'
  );
}

function protocolError(reply: string): Error {
  return Object.assign(new Error(`a reply came before the end of the message: ${reply}`), { code: 'EPROTOCOL' });
}

function timeoutError(): Error {
  return Object.assign(new Error('no reply within the time limit'), { code: 'ETIMEDOUT' });
}

interface GateHooks {
  /** False: not one byte of the body may be sent. */
  readonly mayStart: () => boolean;
  /** False: never let the end through. */
  readonly beforeEnd: () => Promise<boolean>;
}

/** Pieces small enough that the end is asked for only when nearly all of the body has left. */
const pieceBytes = 64 * 1024;

/** A stream of the message whose end (which makes the library write the dot) waits for permission. */
function gatedBody({ bytes, base64 }: EncodedMail, hooks: GateHooks): Readable {
  const borders = [base64.start, base64.end, bytes.length];
  const plain = new WeakSet<Buffer>();
  let offset = 0;
  let isEnding = false;
  const body = new Readable({
    highWaterMark: pieceBytes,
    read() {
      if (offset === 0 && !hooks.mayStart()) {
        this.destroy(new Error('the server accepted nobody the message is for'));
        return;
      }
      if (offset < bytes.length) {
        const border = borders.find((each) => each > offset) ?? bytes.length;
        const piece = bytes.subarray(offset, Math.min(border, offset + pieceBytes));
        if (offset >= base64.start && offset < base64.end) plain.add(piece);
        offset += piece.length;
        this.push(piece);
        return;
      }
      if (isEnding) return;
      isEnding = true;
      void hooks.beforeEnd().then((isAllowed) => {
        if (isAllowed && !this.destroyed) this.push(null);
        else this.destroy(new Error('the message was stopped before its end'));
      });
    },
  });
  const pipe = body.pipe.bind(body);
  body.pipe = (stream, options) => {
    passUnread(stream, (piece) => plain.has(piece));
    return pipe(stream, options);
  };
  return body;
}
