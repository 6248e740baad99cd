// One HTTP request over one connection of its own, with the moment known at which it may have had an effect. No SOAP here.

import { request as httpRequest } from 'node:http';
import { isIP } from 'node:net';
import type { Socket } from 'node:net';
import { connect as tlsConnect } from 'node:tls';
import { aborted, dial, isLoopbackHost, netCodeOf, peerWords, systemCodeOf } from '../net.ts';

/** Time and size limits; tests shorten them. */
export interface ExchangeLimits {
  readonly connectTimeoutMs: number;
  /** From the first byte sent to the last byte of the answer. */
  readonly replyTimeoutMs: number;
  /** Of an answer; a larger one is not read. */
  readonly maxReplyBytes: number;
}

/** What is sent where. */
export interface HttpOrder {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly signal: AbortSignal;
  /** Awaited when the connection stands and nothing has been sent; rejects to stop it there. */
  readonly beforeSend: () => Promise<void>;
}

/** How it went. Before `beforeSend` nothing can have had an effect; from there on only an answer tells. */
export type HttpReply =
  | { readonly kind: 'answered'; readonly status: number; readonly retryAfter: string | null; readonly body: string }
  | { readonly kind: 'notConnected'; readonly code: string; readonly detail: string; readonly isPermanent: boolean }
  | { readonly kind: 'notBegun'; readonly detail: string }
  | { readonly kind: 'lost'; readonly code: string; readonly detail: string };

/** Posts and reads the answer. Never rejects. A connection is used once: one that idled may be gone when it is written to, and nobody could tell. */
export async function exchange(order: HttpOrder, limits: ExchangeLimits): Promise<HttpReply> {
  const connected = await connectTo(order, limits);
  if (!connected.ok) return connected.reply;
  const { socket } = connected;
  try {
    try {
      await order.beforeSend();
    } catch (error) {
      return { kind: 'notBegun', detail: peerWords(error) };
    }
    if (order.signal.aborted) return { kind: 'notBegun', detail: aborted().detail };
    return await post(socket, order, limits);
  } finally {
    socket.destroy();
  }
}

type Connected = { readonly ok: true; readonly socket: Socket } | { readonly ok: false; readonly reply: HttpReply };

/** A connection with its certificate checked: the name, the time and the chain. Without TLS only to this computer itself. */
export async function connectTo(
  { url, signal }: Pick<HttpOrder, 'url' | 'signal'>,
  { connectTimeoutMs }: Pick<ExchangeLimits, 'connectTimeoutMs'>,
): Promise<Connected> {
  const isSecure = url.protocol === 'https:';
  const host = url.hostname.replace(/^\[|\]$/gu, '');
  if (!isSecure && !isLoopbackHost(host))
    return notConnected('svea.insecure', 'https is needed outside this computer', true);
  const port = url.port === '' ? (isSecure ? 443 : 80) : Number(url.port);
  const dialled = await dial({ host, port, timeoutMs: connectTimeoutMs, signal });
  if (!dialled.ok) return notConnected(dialled.failure.code, dialled.failure.detail, false);
  const { socket } = dialled;
  // A late error of a socket that is done with must not become an uncaught one.
  socket.on('error', () => undefined);
  return isSecure ? secure(socket, host, { connectTimeoutMs, signal }) : { ok: true, socket };
}

function secure(
  socket: Socket,
  host: string,
  { connectTimeoutMs, signal }: { readonly connectTimeoutMs: number; readonly signal: AbortSignal },
): Promise<Connected> {
  return new Promise((resolve) => {
    const tls = tlsConnect({
      socket,
      rejectUnauthorized: true,
      ...(isIP(host) === 0 ? { servername: host } : { host }),
    });
    const patience = AbortSignal.any([signal, AbortSignal.timeout(connectTimeoutMs)]);
    const onAbort = (): void => {
      socket.destroy();
      resolve(
        notConnected(signal.aborted ? 'net.aborted' : 'net.timed-out', 'the TLS handshake was not finished', false),
      );
    };
    patience.addEventListener('abort', onAbort, { once: true });
    tls.once('secureConnect', () => {
      patience.removeEventListener('abort', onAbort);
      resolve({ ok: true, socket: tls });
    });
    tls.on('error', (error) => {
      patience.removeEventListener('abort', onAbort);
      const code = systemCodeOf(error);
      const net = netCodeOf(code);
      socket.destroy();
      // What is no failure of the line is a certificate or protocol that does not fit: a person's matter.
      resolve(
        notConnected(
          net ?? 'svea.certificate',
          `${peerWords(error)}${code === undefined ? '' : ` (${code})`}`,
          net === null,
        ),
      );
    });
  });
}

function notConnected(code: string, detail: string, isPermanent: boolean): Connected {
  return { ok: false, reply: { kind: 'notConnected', code, detail, isPermanent } };
}

function post(socket: Socket, { url, headers, body, signal }: HttpOrder, limits: ExchangeLimits): Promise<HttpReply> {
  const bytes = Buffer.from(body, 'utf8');
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      lost('net.timed-out', `no whole answer within ${String(limits.replyTimeoutMs)} ms`);
    }, limits.replyTimeoutMs);
    const finish = (reply: HttpReply): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      request.destroy();
      resolve(reply);
    };
    const lost = (code: string, detail: string): void => {
      finish({ kind: 'lost', code, detail });
    };
    const onAbort = (): void => {
      lost('net.aborted', aborted().detail);
    };
    const request = httpRequest({
      // Without an agent: one would dial a connection of its own.
      createConnection: () => socket,
      method: 'POST',
      host: url.hostname,
      path: `${url.pathname}${url.search}`,
      headers: { ...headers, Host: url.host, Connection: 'close', 'Content-Length': bytes.byteLength },
    });
    signal.addEventListener('abort', onAbort, { once: true });
    request.on('error', (error) => {
      lost(netCodeOf(systemCodeOf(error)) ?? 'net.cut', peerWords(error));
    });
    request.on('response', (response) => {
      const parts: Buffer[] = [];
      let size = 0;
      response.on('data', (part: Buffer) => {
        size += part.byteLength;
        if (size > limits.maxReplyBytes)
          lost('svea.reply-too-large', `more than ${String(limits.maxReplyBytes)} bytes`);
        else parts.push(part);
      });
      response.on('error', (error) => {
        lost(netCodeOf(systemCodeOf(error)) ?? 'net.cut', peerWords(error));
      });
      response.on('end', () => {
        if (!response.complete) {
          lost('net.cut', 'the answer ended early');
          return;
        }
        const retryAfter = response.headers['retry-after'] ?? null;
        finish({
          kind: 'answered',
          status: response.statusCode ?? 0,
          retryAfter,
          body: Buffer.concat(parts).toString('utf8'),
        });
      });
    });
    request.end(bytes);
  });
}
