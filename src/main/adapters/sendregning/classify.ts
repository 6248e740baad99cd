// Every way a call to SendRegning can end → one stable code and what it means for what was sent. Decides on codes and media types, never on text.

import type { AttemptOutcome } from '../../ports/channel-adapter.ts';
import { netCodeOf, peerWords, systemCodeOf } from '../net.ts';

/** The adapter's own causes; those below the protocol are `net.*`. Append only. */
export const sendRegningCodes = [
  // refused here
  'sendregning.too-large',
  'sendregning.not-secure',
  'sendregning.secret-missing',
  'sendregning.test-mode',
  'sendregning.closed',
  // opening
  'sendregning.certificate',
  'sendregning.tls-failed',
  // answers
  'sendregning.login-refused',
  'sendregning.bad-request',
  'sendregning.conflict',
  'sendregning.server-failed',
  'sendregning.not-implemented',
  'sendregning.answer-for-a-person',
  'sendregning.unexpected-answer',
  'sendregning.unreadable-answer',
  'sendregning.no-number',
  'sendregning.total-differs',
  // no answer
  'sendregning.no-reply',
  'sendregning.cut',
] as const;
/** One of {@link sendRegningCodes}. */
export type SendRegningCode = (typeof sendRegningCodes)[number];

/** What came back, before anyone reads the body. */
export interface RawReply {
  readonly status: number;
  /** Lower case, without parameters; empty where none was told. */
  readonly mediaType: string;
  readonly body: Buffer;
}

/** How a call ended. `answered` also covers refusals by the service. */
export type CallEnd =
  | { readonly kind: 'answered'; readonly reply: RawReply }
  /** Certainly nothing reached the service. */
  | { readonly kind: 'notConnected'; readonly code: string; readonly detail: string; readonly isPermanent: boolean }
  /** The request may have reached the service, and no whole answer came. */
  | { readonly kind: 'lost'; readonly code: SendRegningCode; readonly detail: string };

/** What an answer is. */
export type ReplyKind =
  | { readonly kind: 'content' }
  | { readonly kind: 'empty' }
  /** The service had this batchId before. */
  | { readonly kind: 'processed' }
  | { readonly kind: 'loginRefused' }
  | { readonly kind: 'refused'; readonly code: SendRegningCode }
  /** Not known what was done. */
  | { readonly kind: 'failed'; readonly code: SendRegningCode };

/** Sorts an answer by its status, then by its media type: a page for a person is a failure even with 200 (guide, Content Type). */
export function classifyReply({ status, mediaType }: Pick<RawReply, 'status' | 'mediaType'>): ReplyKind {
  if (status === 204) return { kind: 'empty' };
  if (status === 400) return { kind: 'refused', code: 'sendregning.bad-request' };
  if (status === 401 || status === 403) return { kind: 'loginRefused' };
  if (status === 409) return { kind: 'processed' };
  if (status === 501) return { kind: 'refused', code: 'sendregning.not-implemented' };
  if (status >= 500) return { kind: 'failed', code: 'sendregning.server-failed' };
  if (status !== 200) return { kind: 'failed', code: 'sendregning.unexpected-answer' };
  if (mediaType === 'text/html') return { kind: 'failed', code: 'sendregning.answer-for-a-person' };
  return { kind: 'content' };
}

/** The part of `Content-Type` that is compared. */
export function mediaTypeOf(contentType: string | readonly string[] | undefined): string {
  const first = typeof contentType === 'string' ? contentType : (contentType?.[0] ?? '');
  return (first.split(';')[0] ?? '').trim().toLowerCase();
}

/** The words of a page for a person: without tags, scripts and styles, one line, cut to 500 characters. The page itself is kept beside. */
export function pageWords(body: Buffer): string {
  const text = body
    .toString('utf8')
    .replace(/<(script|style|title)\b[^>]*>[^]*?<\/\1\s*>/giu, ' ')
    .replace(/<[^>]*>/gu, ' ')
    .replace(/&nbsp;/gu, ' ')
    .replace(/&lt;/gu, '<')
    .replace(/&gt;/gu, '>')
    .replace(/&quot;/gu, '"')
    .replace(/&#0?39;|&apos;/gu, "'")
    .replace(/&amp;/gu, '&');
  return peerWords(text);
}

/** TLS faults, all before a byte of the request. */
const certificateCodes: ReadonlySet<string> = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_UNTRUSTED',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/** What a thrown error of the HTTP client means. `wasConnected`: a connection stood, so the request may be out. */
export function classifyThrow(error: unknown, wasConnected: boolean): Exclude<CallEnd, { readonly kind: 'answered' }> {
  const detail = peerWords(error);
  const code = systemCodeOf(error) ?? '';
  if (wasConnected) {
    const isLate = code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_BODY_TIMEOUT';
    return { kind: 'lost', code: isLate ? 'sendregning.no-reply' : 'sendregning.cut', detail };
  }
  if (certificateCodes.has(code))
    return { kind: 'notConnected', code: 'sendregning.certificate', detail, isPermanent: true };
  if (code === 'UND_ERR_CONNECT_TIMEOUT')
    return { kind: 'notConnected', code: 'net.timed-out', detail, isPermanent: false };
  if (code.startsWith('ERR_SSL') || code === 'EPROTO')
    return { kind: 'notConnected', code: 'sendregning.tls-failed', detail, isPermanent: false };
  const isAborted = error instanceof Error && error.name === 'AbortError';
  const netCode = isAborted ? 'net.aborted' : (netCodeOf(code) ?? 'net.failed');
  return { kind: 'notConnected', code: netCode, detail, isPermanent: false };
}

/** The outcome of what certainly did not reach the service. */
export function notConnectedOutcome(end: Extract<CallEnd, { readonly kind: 'notConnected' }>): AttemptOutcome {
  return { kind: 'notSent', code: end.code, detail: end.detail, scope: 'connection', isPermanent: end.isPermanent };
}

/** Media types the service answers with. */
export const mediaTypes = {
  xml: 'text/xml',
  json: 'application/json',
  pdf: 'application/pdf',
  jpg: 'image/jpeg',
} as const;
