// Opening an SSH connection up to its SFTP channel: host key, login, subsystem, each step known by itself. No files here.

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Socket } from 'node:net';
import ssh2 from 'ssh2';
import type { Client, ConnectConfig, SFTPWrapper } from 'ssh2';
import type { SftpConfig } from '../../../shared/schema/connection.ts';
import type { OpenFailure } from '../../ports/channel-adapter.ts';
import { aborted, peerWords } from '../net.ts';
import { classifyOpening } from './classify.ts';
import { SftpChannel } from './sftp-channel.ts';
import { openAgent } from './ssh-agent.ts';

/** Time limits; see createSftpAdapter for the defaults. */
export interface SftpTiming {
  readonly connectTimeoutMs: number;
  /** Handshake and login together. */
  readonly openTimeoutMs: number;
  readonly requestTimeoutMs: number;
  readonly keepaliveMs: number;
  readonly abortGraceMs: number;
  /** Where the SSH agent listens; null without one. */
  readonly agentSocket: string | null;
}

/** Result of a step of opening. */
export type Step<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: OpenFailure };

/** What opens the door: a password or a private key with its passphrase. */
export type Credentials = Pick<ConnectConfig, 'password' | 'privateKey' | 'passphrase' | 'tryKeyboard' | 'agent'>;

/** Unanswered keepalives before a connection counts as dead. */
const keepaliveCount = 3;

/** The key's name as OpenSSH prints it: `SHA256:` and base64 without padding. */
export function fingerprintOf(hostKey: Buffer): string {
  return `SHA256:${createHash('sha256').update(hostKey).digest('base64').replace(/=+$/u, '')}`;
}

/** Reads the private key, asks the agent for its keys, or takes the secret as password. */
export async function readCredentials(
  config: SftpConfig,
  secret: string | null,
  { agentSocket }: Pick<SftpTiming, 'agentSocket'>,
): Promise<Step<Credentials>> {
  if (config.login === 'agent') {
    const opened = await openAgent(agentSocket, config.privateKeyPath);
    return opened.ok ? { ok: true, value: { agent: opened.agent } } : opened;
  }
  if (config.privateKeyPath === null) {
    if (secret === null) return fail('sftp.secret-missing', `no password is kept for ${config.user}`);
    return { ok: true, value: { password: secret, tryKeyboard: true } };
  }
  const passphrase = secret === null ? {} : { passphrase: secret };
  try {
    const privateKey = await readFile(config.privateKeyPath);
    const parsed = ssh2.utils.parseKey(privateKey, secret ?? undefined);
    if (parsed instanceof Error) return fail('sftp.key-unreadable', peerWords(parsed));
    return { ok: true, value: { privateKey, ...passphrase } };
  } catch (error) {
    return fail('sftp.key-unreadable', peerWords(error));
  }
}

function fail(code: string, detail: string): { readonly ok: false; readonly failure: OpenFailure } {
  return { ok: false, failure: { code, detail, isPermanent: true } };
}

/** What is needed to open. */
export interface OpeningParts {
  readonly socket: Socket;
  readonly config: SftpConfig;
  readonly credentials: Credentials;
  readonly timing: SftpTiming;
  readonly signal: AbortSignal;
}

/** An SSH connection being opened over a dialled socket. Both promises always settle; a failure of the first is the failure of the second. */
export class SshOpening {
  /** The server is who it was: its host key is the pinned one. */
  readonly handshake: Promise<Step<null>>;
  /** Logged in, with an SFTP channel. */
  readonly channel: Promise<Step<SftpChannel>>;
  readonly #parts: OpeningParts;
  readonly #client: Client = new ssh2.Client();
  #shownKey: string | null = null;
  #keyFailure: OpenFailure | null = null;

  constructor(parts: OpeningParts) {
    this.#parts = parts;
    const handshake = Promise.withResolvers<Step<null>>();
    const channel = Promise.withResolvers<Step<SftpChannel>>();
    this.handshake = handshake.promise;
    this.channel = channel.promise;
    const end = (failure: OpenFailure): void => {
      handshake.resolve({ ok: false, failure });
      channel.resolve({ ok: false, failure });
    };
    this.#listen({
      end,
      onHandshake: () => handshake.resolve({ ok: true, value: null }),
      onChannel: (opened) => channel.resolve({ ok: true, value: opened }),
    });
    this.#connect(end);
  }

  /** The key the server showed, `SHA256:…`; null before it did. */
  get shownKey(): string | null {
    return this.#shownKey;
  }

  /** Gives up; repeating is harmless. */
  destroy(): void {
    this.#client.destroy();
    this.#parts.socket.destroy();
  }

  #listen(on: {
    readonly end: (failure: OpenFailure) => void;
    readonly onHandshake: () => void;
    readonly onChannel: (channel: SftpChannel) => void;
  }): void {
    const { socket, signal, credentials, timing } = this.#parts;
    const client = this.#client;
    const giveUp = (failure: OpenFailure): void => {
      signal.removeEventListener('abort', onAbort);
      on.end(failure);
      this.destroy();
    };
    const onAbort = (): void => {
      giveUp({ ...aborted(), isPermanent: false });
    };
    const onClose = (): void => {
      giveUp(this.#keyFailure ?? { code: 'net.cut', detail: 'the server ended the connection', isPermanent: false });
    };
    signal.addEventListener('abort', onAbort, { once: true });
    // Stays attached for the connection's life: a late error must not become an uncaught one.
    client.on('error', (error) => {
      giveUp(this.#keyFailure ?? classifyOpening(error));
    });
    client.once('close', onClose);
    client.once('handshake', on.onHandshake);
    // Servers that ask for the password by keyboard-interactive: one hidden question is the password.
    client.on('keyboard-interactive', (...[, , , prompts, answer]) => {
      answer(
        prompts.length === 1 && prompts[0]?.echo !== true && credentials.password !== undefined
          ? [credentials.password]
          : [],
      );
    });
    client.once('ready', () => {
      client.sftp((error: Error | undefined, sftp: SFTPWrapper) => {
        signal.removeEventListener('abort', onAbort);
        if (error !== undefined) {
          giveUp({ code: 'sftp.no-sftp', detail: peerWords(error), isPermanent: true });
          return;
        }
        client.off('close', onClose);
        on.onChannel(new SftpChannel({ socket, client, sftp }, timing.requestTimeoutMs));
      });
    });
  }

  #connect(end: (failure: OpenFailure) => void): void {
    const { socket, config, credentials, timing } = this.#parts;
    try {
      this.#client.connect({
        sock: socket,
        username: config.user,
        ...credentials,
        hostVerifier: (key: Buffer): boolean => this.#isExpectedKey(key),
        readyTimeout: timing.openTimeoutMs,
        keepaliveInterval: timing.keepaliveMs,
        keepaliveCountMax: keepaliveCount,
      });
    } catch (error) {
      // The library throws on keys it can't use, before anything is sent.
      end({ code: 'sftp.key-unreadable', detail: peerWords(error), isPermanent: true });
      this.destroy();
    }
  }

  #isExpectedKey(key: Buffer): boolean {
    const shown = fingerprintOf(key);
    const { hostKey: pinned } = this.#parts.config;
    this.#shownKey = shown;
    if (shown === pinned) return true;
    this.#keyFailure =
      pinned === null
        ? {
            code: 'sftp.host-key-unknown',
            detail: `the server showed ${shown}, which nobody has approved yet`,
            isPermanent: true,
          }
        : {
            code: 'sftp.host-key-changed',
            detail: `the server showed ${shown} instead of ${pinned}`,
            isPermanent: true,
          };
    return false;
  }
}
