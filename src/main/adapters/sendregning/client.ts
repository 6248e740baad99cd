// Calls SendRegning over HTTPS: Basic login, one request a connection, limits above the service's own ten minutes. What answers mean is in classify.ts.

import { randomBytes } from 'node:crypto';
import { Client, buildConnector } from 'undici';
import { classifyThrow, mediaTypeOf } from './classify.ts';
import type { CallEnd } from './classify.ts';
import { encodeMultipart } from './multipart.ts';

/** Where and as whom. */
export interface ServiceAccess {
  /** The whole address of `butler.do`. */
  readonly url: string;
  /** The e-mail address one logs in with. */
  readonly user: string;
  readonly password: string;
  /** `test=true` on every call; left out otherwise, as the guide demands. */
  readonly isTest: boolean;
}

/** Time limits; tests shorten them. */
export interface ServiceTiming {
  /** Address, TCP and TLS. */
  readonly connectMs: number;
  /** For the first byte of the reply; hundreds of invoices take the service minutes, it asks for 600 s at least (guide, Timeout). */
  readonly replyMs: number;
}

/** The limits of real work. Below the runner's own 15 minutes for a send. */
export const serviceTiming: ServiceTiming = { connectMs: 30_000, replyMs: 780_000 };

/** One call. */
export interface ServiceCall {
  /** `send`, `select`, `insert`, `update`, `delete`. */
  readonly action: string;
  readonly type: string;
  /** Further parameters of a GET. */
  readonly query?: Readonly<Record<string, string>>;
  /** Present = POST. */
  readonly xml?: Uint8Array;
  readonly accept?: 'application/json';
  readonly signal: AbortSignal;
}

/** Replies beyond this are given up: a PDF of many invoices is the largest. */
const largestReplyBytes = 512 * 1024 * 1024;

/**
 * Makes one call over a connection of its own: on one that was kept open, a peer that closes it at the same moment can't be told from one that took
 * the request. Never rejects. Redirects are not followed: they would carry the login to another address.
 */
export async function callService(access: ServiceAccess, timing: ServiceTiming, call: ServiceCall): Promise<CallEnd> {
  const url = new URL(access.url);
  const connection = { stood: false };
  const connector = buildConnector({ timeout: timing.connectMs, autoSelectFamily: true });
  const client = new Client(url.origin, {
    pipelining: 0,
    headersTimeout: timing.replyMs,
    bodyTimeout: timing.replyMs,
    connect: (options, callback) => {
      connector(options, (...result) => {
        connection.stood = result[0] === null;
        callback(...result);
      });
    },
  });
  try {
    call.signal.throwIfAborted();
    const reply = await client.request(requestOf(access, url, call));
    const chunks: Buffer[] = [];
    let sizeBytes = 0;
    for await (const chunk of reply.body as AsyncIterable<Buffer>) {
      sizeBytes += chunk.length;
      if (sizeBytes > largestReplyBytes) throw new Error(`the reply has more than ${String(largestReplyBytes)} bytes`);
      chunks.push(chunk);
    }
    const mediaType = mediaTypeOf(reply.headers['content-type']);
    return { kind: 'answered', reply: { status: reply.statusCode, mediaType, body: Buffer.concat(chunks) } };
  } catch (error) {
    return classifyThrow(error, connection.stood);
  } finally {
    await client.destroy();
  }
}

function requestOf(access: ServiceAccess, url: URL, call: ServiceCall): Parameters<Client['request']>[0] {
  const query = new URLSearchParams({ action: call.action, type: call.type, ...call.query });
  if (access.isTest) query.set('test', 'true');
  const login = Buffer.from(`${access.user}:${access.password}`, 'utf8').toString('base64');
  const headers = {
    authorization: `Basic ${login}`,
    'user-agent': 'Utskick',
    ...(call.accept === undefined ? {} : { accept: call.accept }),
  };
  const common = { path: `${url.pathname}?${query.toString()}`, signal: call.signal };
  if (call.xml === undefined) return { ...common, method: 'GET', headers };
  const { contentType, body } = encodeMultipart(call.xml, `utskick${randomBytes(16).toString('hex')}`);
  return { ...common, method: 'POST', headers: { ...headers, 'content-type': contentType }, body };
}
