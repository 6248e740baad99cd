// The practice mail server: real SMTP on this computer, every accepted message in the ledger before the reply. Delivers to nobody.

import { createHash } from 'node:crypto';
import { SMTPServer } from 'smtp-server';
import type { SMTPServerDataStream, SMTPServerSession } from 'smtp-server';
import type { Ledger } from './ledger.ts';
import { Listener } from './listener.ts';
import { MischiefBook } from './mischief.ts';
import type { Mischief, SmtpPhase } from './mischief.ts';
import { readMessage } from './mime.ts';

/** Largest message; the SIZE it announces (RFC 1870). Common providers take 25 to 35 MB. */
const maxMessageBytes = 25 * 1024 * 1024;

/** How the practice mail server is started. */
export interface SmtpProviderOptions {
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly ledger: Ledger;
}

/** A running practice mail server. */
export interface SmtpProvider {
  readonly listener: Listener;
  readonly mischief: MischiefBook;
}

type Reply = (error?: Error | null, message?: string) => void;

/** Makes the server; `listener.open()` starts it. */
export function createSmtpProvider(options: SmtpProviderOptions): SmtpProvider {
  const mischief = new MischiefBook();
  const listener = new Listener(options.port, (socket) => {
    server.connect(socket);
  });
  const desk = new MailDesk(options, mischief, listener);
  const server = new SMTPServer({
    banner: 'Utskick practice',
    name: 'practice.invalid',
    size: maxMessageBytes,
    authOptional: true,
    allowInsecureAuth: true,
    disableReverseLookup: true,
    disabledCommands: ['STARTTLS'],
    onConnect: (session, callback) => {
      desk.at('connect', session, callback);
    },
    onAuth: (auth, session, callback) => {
      const isRight = auth.username === options.user && auth.password === options.password;
      desk.at('login', session, (error) => {
        if (error !== null && error !== undefined) callback(error);
        else if (isRight) callback(null, { user: options.user });
        else callback(replyError(535, '5.7.8 wrong user or password'));
      });
    },
    onMailFrom: (_address, session, callback) => {
      desk.at('mail', session, callback);
    },
    onRcptTo: (address, session, callback) => {
      desk.at('before-data', session, (error) => {
        if (error === null || error === undefined) callback();
        else desk.refuse(address.address, error, callback);
      });
    },
    onData: (stream, session, callback) => {
      desk.takeMessage(stream, session, callback);
    },
  });
  // A conversation that breaks is told by its own 'close'; without a listener the process would end.
  server.on('error', () => undefined);
  return { listener, mischief };
}

/** Where messages are taken in, and orders to misbehave carried out. */
class MailDesk {
  readonly #ledger: Ledger;
  readonly #mischief: MischiefBook;
  readonly #listener: Listener;

  constructor(options: SmtpProviderOptions, mischief: MischiefBook, listener: Listener) {
    this.#ledger = options.ledger;
    this.#mischief = mischief;
    this.#listener = listener;
  }

  /** Carries out what was ordered for this phase, or answers well. */
  at(phase: SmtpPhase, session: SMTPServerSession, reply: Reply): void {
    this.#act(this.#mischief.take(phase), session, reply);
  }

  /** Writes the refusal down, then answers with it. */
  refuse(recipient: string, error: Error, reply: Reply): void {
    void this.#ledger
      .append({ event: 'refused', invoiceNumber: null, recipient, sha256: null, bytes: 0, reply: error.message })
      .then(() => {
        reply(error);
      });
  }

  takeMessage(stream: SMTPServerDataStream, session: SMTPServerSession, reply: Reply): void {
    const chunks: Buffer[] = [];
    const order = this.#mischief.take('in-data');
    stream.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      if (order?.mode === 'cut') this.#listener.cut(session.remotePort);
    });
    if (order?.mode === 'hang') stream.pause();
    stream.on('end', () => {
      // 'end' comes after the dot only; a message that was cut off must never be taken.
      if (order?.mode === 'cut' || order?.mode === 'hang') return;
      if (order?.mode === 'refuse')
        this.refuse(recipientOf(session), replyError(order.replyCode, 'refused in practice'), reply);
      else if (stream.sizeExceeded) this.refuse(recipientOf(session), replyError(552, '5.3.4 too large'), reply);
      else void this.#accept(Buffer.concat(chunks), session, reply);
    });
  }

  async #accept(raw: Buffer, session: SMTPServerSession, reply: Reply): Promise<void> {
    const before = this.#mischief.take('after-dot-before-accept');
    if (before?.mode === 'refuse') {
      this.refuse(recipientOf(session), replyError(before.replyCode, 'refused in practice'), reply);
      return;
    }
    if (before?.mode === 'hang' || before?.mode === 'cut') {
      this.#act(before, session, reply);
      return;
    }
    const message = readMessage(raw);
    const words = `2.0.0 Ok: queued as ${sha256Of(Buffer.from(`${message.messageId ?? ''}/${session.id}`))
      .slice(0, 12)
      .toUpperCase()}`;
    await this.#ledger.append({
      event: 'accepted',
      invoiceNumber: message.invoiceNumber,
      recipient: recipientOf(session),
      sha256: message.pdf === null ? null : sha256Of(message.pdf),
      bytes: message.pdf?.length ?? 0,
      ...(message.messageId === null ? {} : { messageId: message.messageId }),
      reply: `250 ${words}`,
    });
    this.#act(this.#mischief.take('after-dot-before-reply') ?? before, session, (error) => {
      reply(error, words);
    });
  }

  #act(order: Mischief | null, session: SMTPServerSession, reply: Reply): void {
    switch (order?.mode) {
      case 'refuse':
        reply(replyError(order.replyCode, 'refused in practice'));
        return;
      case 'hang':
        return;
      case 'cut':
        this.#listener.cut(session.remotePort);
        return;
      case 'answer-after':
        setTimeout(reply, order.delayMs);
        return;
      case 'none':
      case 'garble':
      case 'replace':
      case undefined:
        reply();
    }
  }
}

function recipientOf(session: SMTPServerSession): string {
  return session.envelope.rcptTo[0]?.address ?? '';
}

function sha256Of(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function replyError(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}
