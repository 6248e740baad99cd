// A mail server for tests that keeps what it gets: which recipients it refuses, what it offers and who may log in is said per test.

import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** How the server behaves. */
export interface MailboxOptions {
  /** Reply to RCPT by address, for example `550 5.1.1 no such user`; left out = accepted. */
  readonly refuse?: Readonly<Record<string, string>>;
  /** Reply to the end of the message; left out = accepted. */
  readonly refuseMessage?: string;
  readonly offersUtf8?: boolean;
  /** Announced in EHLO (RFC 1870), bytes. */
  readonly size?: number;
  readonly authMethods?: readonly string[];
  /** The only password or token that is let in; left out = no login. */
  readonly secret?: string;
}

/** One message as it came. */
export interface KeptMessage {
  readonly from: string;
  readonly to: readonly string[];
  /** True: MAIL FROM came with SMTPUTF8. */
  readonly isUtf8: boolean;
  readonly raw: Buffer;
}

/** A running server. */
export interface Mailbox {
  readonly port: number;
  readonly messages: readonly KeptMessage[];
  /** Logins as `METHOD user`. */
  readonly logins: readonly string[];
  /** MAIL commands that came. */
  readonly mails: () => number;
  readonly stop: () => Promise<void>;
}

/** Starts it on a free port. */
export async function startMailbox(options: MailboxOptions = {}): Promise<Mailbox> {
  const messages: KeptMessage[] = [];
  const logins: string[] = [];
  let mails = 0;
  const server = new SMTPServer({
    authOptional: true,
    allowInsecureAuth: true,
    disableReverseLookup: true,
    hideSMTPUTF8: options.offersUtf8 !== true,
    disabledCommands: options.secret === undefined ? ['STARTTLS', 'AUTH'] : ['STARTTLS'],
    ...(options.authMethods === undefined ? {} : { authMethods: [...options.authMethods] }),
    ...(options.size === undefined ? {} : { size: options.size }),
    onAuth: (auth, _session, callback) => {
      logins.push(`${auth.method} ${auth.username ?? ''}`);
      if ((auth.password ?? auth.accessToken) === options.secret) callback(null, { user: auth.username });
      else callback(null, { data: { status: '401', schemes: 'bearer' } });
    },
    onMailFrom: (_address, _session, callback) => {
      mails += 1;
      callback();
    },
    onRcptTo: ({ address }, _session, callback) => {
      const reply = options.refuse?.[address];
      callback(reply === undefined ? null : replyError(reply));
    },
    onData: (stream, session, callback) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        if (options.refuseMessage !== undefined) {
          callback(replyError(options.refuseMessage));
          return;
        }
        const { mailFrom, rcptTo } = session.envelope;
        messages.push({
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          isUtf8: mailFrom !== false && JSON.stringify(mailFrom.args).includes('SMTPUTF8'),
          raw: Buffer.concat(chunks),
        });
        callback(null, 'queued as ABC123');
      });
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.server.address() as AddressInfo).port,
    messages,
    logins,
    mails: () => mails,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
      }),
  };
}

function replyError(reply: string): Error {
  return Object.assign(new Error(reply.slice(4)), { responseCode: Number(reply.slice(0, 3)) });
}
