// One SMTP connection: dial, TLS, login, one message after another, with every phase of a message known. No pool, no outcomes.

import { TLSSocket } from 'node:tls';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { SMTPConnectionCustomAuthHandler } from 'nodemailer/lib/smtp-connection';
import type { Socket } from 'node:net';
import type { EmailConfig } from '../../../shared/schema/connection.ts';
import type { OpenFailure } from '../../ports/channel-adapter.ts';
import { aborted, dial, isLoopbackHost, peerWords } from '../net.ts';
import { classifyHandshake, classifyLogin, readFault } from './classify.ts';
import type { SmtpCode } from './classify.ts';
import { sendMessage } from './send-message.ts';
import type { MailTiming, MessageEnd, MessageHooks } from './send-message.ts';
import type { EncodedMail } from './wire.ts';

/** Result of a step of opening. */
export type Step<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: OpenFailure };

/** Opens TCP. A connection without TLS must end at this computer, whatever its name resolved to. */
export async function dialMail(config: EmailConfig, timing: MailTiming, signal: AbortSignal): Promise<Step<Socket>> {
  if (config.tls === 'none' && !isLoopbackHost(config.host)) return refuseWithoutTls(config.host);
  const dialled = await dial({ host: config.host, port: config.port, timeoutMs: timing.connectTimeoutMs, signal });
  if (!dialled.ok) return { ok: false, failure: { ...dialled.failure, isPermanent: false } };
  if (config.tls === 'none' && !isLoopbackHost(dialled.socket.remoteAddress ?? '')) {
    dialled.socket.destroy();
    return refuseWithoutTls(config.host);
  }
  return { ok: true, value: dialled.socket };
}

function refuseWithoutTls(host: string): Step<Socket> {
  return {
    ok: false,
    failure: {
      code: 'smtp.tls-required',
      detail: `without TLS only this computer is allowed, not ${host}`,
      isPermanent: true,
    },
  };
}

const goodbyeMs = 2000;

/** One SMTP connection after its handshake. Lives from `open` to `close`; one message at a time. */
export class MailConnection {
  readonly #smtp: SMTPConnection;
  readonly #timing: MailTiming;
  readonly #probe: Probe;
  /** The reply to EHLO, line by line what the server offers. */
  readonly #offers: string;
  #messages = 0;

  private constructor(smtp: SMTPConnection, timing: MailTiming, probe: Probe) {
    this.#offers = smtp.lastServerResponse === false ? '' : smtp.lastServerResponse;
    this.#smtp = smtp;
    this.#timing = timing;
    this.#probe = probe;
  }

  /** Greeting, EHLO and TLS over a dialled socket. */
  static open(
    socket: Socket,
    config: EmailConfig,
    options: {
      readonly timing: MailTiming;
      readonly signal: AbortSignal;
      readonly authorities: readonly string[] | null;
    },
  ): Promise<Step<MailConnection>> {
    const { timing, signal, authorities } = options;
    const probe: Probe = { refusal: null };
    const smtp = new SMTPConnection({
      connection: socket,
      host: config.host,
      port: config.port,
      secure: config.tls === 'tls',
      requireTLS: config.tls === 'starttls',
      ignoreTLS: config.tls === 'none',
      connectionTimeout: timing.commandTimeoutMs,
      greetingTimeout: timing.commandTimeoutMs,
      socketTimeout: timing.replyTimeoutMs,
      tls: { minVersion: 'TLSv1.2', ...(authorities === null ? {} : { ca: [...authorities] }) },
      customAuth: { [probeMethod]: senderProbe(probe), [tokenMethod]: tokenLogin },
    });
    return new Promise((resolve) => {
      const finish = (step: Step<MailConnection>): void => {
        signal.removeEventListener('abort', onAbort);
        if (!step.ok) {
          smtp.close();
          socket.destroy();
        }
        resolve(step);
      };
      const onAbort = (): void => {
        finish({ ok: false, failure: { ...aborted(), isPermanent: false } });
      };
      signal.addEventListener('abort', onAbort, { once: true });
      // Stays attached for the connection's life: what happens later is told by the call that is under way.
      smtp.on('error', (error: Error) => {
        finish({ ok: false, failure: classifyHandshake(readFault(error)) });
      });
      smtp.connect((error) => {
        finish(
          error === undefined
            ? { ok: true, value: new MailConnection(smtp, timing, probe) }
            : { ok: false, failure: classifyHandshake(readFault(error)) },
        );
      });
    });
  }

  /** True until the peer or we ended it. */
  get isAlive(): boolean {
    return !this.#smtp.destroyed;
  }

  /** Messages sent over this connection. */
  get messages(): number {
    return this.#messages;
  }

  /** `TLSv1.3, AES…` or `no TLS`. */
  get security(): string {
    const socket = this.#smtp._socket;
    return socket instanceof TLSSocket ? `${socket.getProtocol() ?? 'TLS'}, ${socket.getCipher().name}` : 'no TLS';
  }

  /** True where the server takes addresses that are not ASCII (SMTPUTF8, RFC 6531). */
  get offersUtf8(): boolean {
    return /^250[ -]SMTPUTF8\b/imu.test(this.#offers);
  }

  /** The peer's last reply. */
  get lastReply(): string {
    return this.#smtp.lastServerResponse === false ? '' : this.#smtp.lastServerResponse;
  }

  /** Logs in with the secret as password or access token; nothing to do without a user. */
  async login(how: Login, signal: AbortSignal): Promise<Step<null>> {
    const { user, secret, isToken } = how;
    if (user === null) return { ok: true, value: null };
    if (secret === null) return refuse('smtp.secret-missing', `no password is kept for ${user}`);
    if (!this.#smtp.allowsAuth)
      return refuse('smtp.login-not-offered', 'the server offers no login (AUTH) on this connection');
    if (!isToken) return this.#authenticate({ user, pass: secret }, signal);
    if (!/^250[ -]AUTH[ =].*\bXOAUTH2\b/imu.test(this.#offers))
      return refuse('smtp.token-not-offered', 'the server offers no login with an access token (AUTH XOAUTH2)');
    return this.#authenticate({ method: tokenMethod, user, pass: secret }, signal);
  }

  /** Asks whether the sender is allowed (MAIL FROM, then RSET); sends nothing. Resolves to the peer's words. */
  async probeSender(fromAddress: string, signal: AbortSignal): Promise<Step<null>> {
    const asked = await this.#authenticate({ method: probeMethod, user: fromAddress, pass: '' }, signal);
    return asked.ok && this.#probe.refusal !== null ? { ok: false, failure: this.#probe.refusal } : asked;
  }

  #authenticate(
    auth: { readonly user: string; readonly pass: string; readonly method?: string },
    signal: AbortSignal,
  ): Promise<Step<null>> {
    return new Promise((resolve) => {
      const finish = (step: Step<null>): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', onAbort);
        this.#smtp.off('error', onError);
        this.#smtp.off('end', onEnd);
        if (!step.ok) this.close();
        resolve(step);
      };
      const fail = (error: unknown): void => {
        finish({ ok: false, failure: classifyLogin(readFault(error), auth.method === tokenMethod) });
      };
      const onAbort = (): void => {
        finish({ ok: false, failure: { ...aborted(), isPermanent: false } });
      };
      const onError = (error: Error): void => {
        fail(error);
      };
      const onEnd = (): void => {
        finish({
          ok: false,
          failure: { code: 'net.cut', detail: 'the server ended the connection', isPermanent: false },
        });
      };
      const timer = setTimeout(() => {
        finish({
          ok: false,
          failure: {
            code: 'net.timed-out',
            detail: `no reply within ${this.#timing.commandTimeoutMs} ms`,
            isPermanent: false,
          },
        });
      }, this.#timing.commandTimeoutMs);
      signal.addEventListener('abort', onAbort, { once: true });
      this.#smtp.on('error', onError);
      this.#smtp.on('end', onEnd);
      this.#smtp.login({ ...auth }, (error) => {
        if (error === null) finish({ ok: true, value: null });
        else fail(error);
      });
    });
  }

  /** Sends one message; see {@link sendMessage}. After anything but a reply the connection may be closed. */
  send(mail: EncodedMail, hooks: MessageHooks): Promise<MessageEnd> {
    this.#messages += 1;
    return sendMessage(mail, hooks, { smtp: this.#smtp, timing: this.#timing });
  }

  /** RSET after a refused message; false when the connection can't be used again. */
  reset(): Promise<boolean> {
    return new Promise((resolve) => {
      const finish = (isUsable: boolean): void => {
        clearTimeout(timer);
        this.#smtp.off('end', onEnd);
        resolve(isUsable);
      };
      const onEnd = (): void => {
        finish(false);
      };
      const timer = setTimeout(onEnd, this.#timing.commandTimeoutMs);
      this.#smtp.on('end', onEnd);
      this.#smtp.reset((error) => {
        finish(error === null);
      });
    });
  }

  /** Says goodbye (QUIT) and waits for the end, at most two seconds. */
  async quit(): Promise<void> {
    if (!this.isAlive) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, goodbyeMs);
      this.#smtp.once('end', () => {
        clearTimeout(timer);
        resolve();
      });
      this.#smtp.quit();
    });
    this.close();
  }

  /** Ends the connection; repeating is harmless. */
  close(): void {
    this.#smtp.close();
  }
}

/** How to log in. */
export interface Login {
  readonly user: string | null;
  /** Password or access token. */
  readonly secret: string | null;
  readonly isToken: boolean;
}

function refuse(code: SmtpCode, detail: string): { readonly ok: false; readonly failure: OpenFailure } {
  return { ok: false, failure: { code, detail, isPermanent: true } };
}

const tokenMethod = 'X-UTSKICK-TOKEN';

/**
 * XOAUTH2 with one token: user and token in one line, and an empty line to the server's challenge, after which it says why it refuses. The library's
 * own way would ask for a second token by itself and try again.
 */
const tokenLogin: SMTPConnectionCustomAuthHandler = async ({ auth, sendCommand, reject }) => {
  const line = `user=${auth.user ?? ''}\x01auth=Bearer ${auth.pass ?? ''}\x01\x01`;
  const answer = await sendCommand(`AUTH XOAUTH2 ${Buffer.from(line, 'utf8').toString('base64')}`);
  const last = answer.status === 334 ? await sendCommand('') : answer;
  if (last.status !== 235) reject(new Error(last.response));
};

const probeMethod = 'X-UTSKICK-SENDER';

/** Where the probe leaves a refusal: the library would replace it with its own error. */
interface Probe {
  refusal: OpenFailure | null;
}

/** The library's public way to send a command of one's own is an authentication method of one's own; this one authenticates nothing. */
function senderProbe(probe: Probe): SMTPConnectionCustomAuthHandler {
  return async (context) => {
    const mail = await context.sendCommand(`MAIL FROM:<${context.auth.user ?? ''}>`);
    const reset = await context.sendCommand('RSET');
    const refused = [mail, reset].find(({ status }) => status < 200 || status > 299);
    if (refused === undefined) return;
    const isPermanent = refused.status >= 500;
    probe.refusal = {
      code: isPermanent ? 'smtp.sender-refused' : 'smtp.sender-deferred',
      detail: peerWords(refused.response),
      isPermanent,
    };
  };
}
