// Opening a TCP connection and naming what went wrong with one: what both adapters need below their protocols. No protocol here.

import { lookup } from 'node:dns/promises';
import { connect, isIP } from 'node:net';
import type { Socket } from 'node:net';

/** Causes below the protocol. None of them says by itself whether something had an effect; the phase does. Append only. */
export const netCodes = [
  'net.name-not-found',
  'net.refused',
  'net.unreachable',
  'net.timed-out',
  'net.cut',
  'net.aborted',
  'net.failed',
] as const;
/** One of {@link netCodes}. */
export type NetCode = (typeof netCodes)[number];

/** A connection that could not be made or was lost. */
export interface NetFailure {
  readonly code: NetCode;
  readonly detail: string;
}

const codeOfSystemCode: Readonly<Record<string, NetCode>> = {
  ENOTFOUND: 'net.name-not-found',
  EAI_AGAIN: 'net.name-not-found',
  EAI_NODATA: 'net.name-not-found',
  EAI_NONAME: 'net.name-not-found',
  ECONNREFUSED: 'net.refused',
  ENETUNREACH: 'net.unreachable',
  EHOSTUNREACH: 'net.unreachable',
  ENETDOWN: 'net.unreachable',
  EHOSTDOWN: 'net.unreachable',
  EADDRNOTAVAIL: 'net.unreachable',
  ETIMEDOUT: 'net.timed-out',
  ECONNRESET: 'net.cut',
  ECONNABORTED: 'net.cut',
  EPIPE: 'net.cut',
};

/** Longest text of a peer that is kept (shared/schema/delivery.ts, attempt.detail). */
const maxDetailLength = 500;

/** The cause for a system error code such as `ECONNREFUSED`; null when it is none this table knows. */
export function netCodeOf(systemCode: string | undefined): NetCode | null {
  return systemCode === undefined ? null : (codeOfSystemCode[systemCode] ?? null);
}

/** An error's own words, one line, cut to 500 characters; never a stack. */
export function peerWords(cause: unknown): string {
  const text = cause instanceof Error ? cause.message : String(cause);
  return text
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, maxDetailLength);
}

/** The `code` of an error when it is a text; undefined otherwise. */
export function systemCodeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** True for names and addresses that are this computer by definition; `localhost` is checked again after connecting. */
export function isLoopbackHost(host: string): boolean {
  const address = host.replace(/^\[|\]$/gu, '').toLowerCase();
  return address === 'localhost' || address === '::1' || /^(?:::ffff:)?127(?:\.\d{1,3}){3}$/u.test(address);
}

/** Where to dial and how long to try. */
export interface DialOptions {
  readonly host: string;
  readonly port: number;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** An open TCP connection without Nagle's delay (ssh2 leaves it on: 6 files a second instead of 1,400), or why there is none. */
export type Dialled =
  { readonly ok: true; readonly socket: Socket } | { readonly ok: false; readonly failure: NetFailure };

/** Resolves the name and connects; ends within `timeoutMs` or when the signal is aborted. */
export async function dial(options: DialOptions): Promise<Dialled> {
  const { host, port, timeoutMs, signal } = options;
  if (signal.aborted) return { ok: false, failure: aborted() };
  if (isIP(host) === 0) {
    const failure = await checkName(host, options);
    if (failure !== null) return { ok: false, failure };
  }
  return new Promise((resolve) => {
    const socket = connect({ host, port, noDelay: true, keepAlive: true });
    const finish = (outcome: Dialled): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      socket.off('connect', onConnect);
      if (outcome.ok) socket.off('error', onError);
      else socket.destroy();
      resolve(outcome);
    };
    const onConnect = (): void => {
      finish({ ok: true, socket });
    };
    // Stays attached to a socket that is being destroyed: a late error must not become an uncaught one.
    const onError = (error: Error): void => {
      finish({
        ok: false,
        failure: { code: netCodeOf(systemCodeOf(error)) ?? 'net.failed', detail: peerWords(error) },
      });
    };
    const onAbort = (): void => {
      finish({ ok: false, failure: aborted() });
    };
    const timer = setTimeout(() => {
      finish({ ok: false, failure: timedOut(host, port, timeoutMs) });
    }, timeoutMs);
    socket.once('connect', onConnect);
    socket.on('error', onError);
    signal.addEventListener('abort', onAbort, { once: true });
  });
}

/** A name that does not exist answers quickly; one that nobody answers for is ended by the time limit. */
async function checkName(host: string, options: DialOptions): Promise<NetFailure | null> {
  const late = Promise.withResolvers<NetFailure>();
  const onAbort = (): void => {
    late.resolve(aborted());
  };
  const timer = setTimeout(() => {
    late.resolve(timedOut(host, options.port, options.timeoutMs));
  }, options.timeoutMs);
  options.signal.addEventListener('abort', onAbort, { once: true });
  const asked = lookup(host).then(
    () => null,
    (error: unknown) => ({ code: netCodeOf(systemCodeOf(error)) ?? ('net.failed' as const), detail: peerWords(error) }),
  );
  try {
    return await Promise.race([asked, late.promise]);
  } finally {
    clearTimeout(timer);
    options.signal.removeEventListener('abort', onAbort);
  }
}

/** The failure of an attempt that was told to stop. */
export function aborted(): NetFailure {
  return { code: 'net.aborted', detail: 'stopped before it was finished' };
}

function timedOut(host: string, port: number, timeoutMs: number): NetFailure {
  return { code: 'net.timed-out', detail: `no connection to ${host}:${port} within ${timeoutMs} ms` };
}
